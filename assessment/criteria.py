"""The record's facts as the criteria read them, and their answers for a step. The criteria themselves are in `policy`.

Facts that cannot be pinned on the day are left out, like everywhere in an assessment. On a day without department
priorities there is no criterion to answer.
"""

from __future__ import annotations

from typing import Final, TypedDict, cast

from assessment.draft import Draft
from cases.dates import Certainty, UncertainDate
from cases.selectors import FactView
from policy.criteria import Answer, Charge, Conviction, Entry, Facts, Presence, Span, answers
from policy.criteria.facts import ChargeEnd, Manner, OffenseClass

PRIORITY_OF_STEP: Final = {
    "national-security": "national_security",
    "public-safety": "public_safety",
    "border-security": "border_security",
}
_MANNERS: Final[dict[str, Manner]] = {"admitted_visa": "admitted"}
_CLASSES: Final[dict[str, OffenseClass]] = {
    "felony": "felony",
    "felony_of_status": "felony_of_status",
    "misdemeanor": "misdemeanor",
    "lesser": "lesser",
}
_RULINGS: Final = {"held": True, "held_not": False}
_ENDS: Final[dict[str, ChargeEnd]] = {"pending": "pending", "not_known": "not_known"}


def answers_for(draft: Draft, priority: str) -> list[Answer]:
    """The criteria of one priority on the facts as they stand."""
    return answers(draft.edition, priority, facts_of(draft)) if draft.priorities_in_force else []


def criteria_of_step(draft: Draft, step: str) -> list[Answer]:
    """The answers that a step's page shows beside its questions; most steps have none."""
    priority = PRIORITY_OF_STEP.get(step)
    return answers_for(draft, priority) if priority else []


def facts_of(draft: Draft) -> Facts:
    """The facts of the draft's case as plain inputs."""
    views = [fact for fact in draft.facts.values() if fact.pinnable]
    return Facts(
        entries=tuple(Entry(manner=_manner(fact), **_common(fact)) for fact in views if fact.kind == "entry"),
        presences=tuple(
            Presence(continuous=fact.details.get("continuous") == "yes", **_common(fact))
            for fact in views
            if fact.kind == "presence"
        ),
        convictions=tuple(
            Conviction(
                vacated=fact.vacated,
                offense_class=_CLASSES.get(str(fact.details.get("offense_class"))),
                aggravated=_RULINGS.get(str(fact.details.get("aggravated_ruling"))),
                **_common(fact),
            )
            for fact in views
            if fact.kind == "conviction"
        ),
        charges=tuple(
            Charge(end=_ENDS.get(str(fact.details.get("known_end")), "ended"), **_common(fact))
            for fact in views
            if fact.kind == "arrest"
        ),
        criminal_record_read={"criminal_record", "dispositions"} <= draft.reviewed_records(),
    )


def _manner(fact: FactView) -> Manner:
    stored = str(fact.details.get("manner", "not_known"))
    return _MANNERS.get(stored, cast(Manner, stored))


class _Common(TypedDict):
    ref: str
    words: str
    on: Span | None
    sources: tuple[str, ...]


def _common(fact: FactView) -> _Common:
    return {
        "ref": fact.ref,
        "words": fact.summary,
        "on": _span(fact.on),
        "sources": tuple(
            f"{piece.kind_label}, {piece.source}" + ("" if piece.reviewed_on else " (not reviewed)")
            for piece in fact.evidence
        ),
    }


def _span(on: UncertainDate | None) -> Span | None:
    return Span(on.earliest, on.latest, on.certainty == Certainty.ABOUT) if on else None
