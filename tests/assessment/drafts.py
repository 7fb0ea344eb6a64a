"""Drafts for the rules, without a database: one that meets every rule, and the pieces to spoil it with.

Every fact and answer here is invented. `complete(outcome="decline", rationale="")` gives the complete draft with those
answers changed; `None` takes an answer away.
"""

from __future__ import annotations

import dataclasses
import datetime
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from assessment.draft import Draft
from assessment.fields import factor_name
from assessment.rules import Unmet
from cases.dates import UncertainDate
from cases.selectors import EvidenceView, FactView
from policy.editions import load

DAY = datetime.date(2024, 12, 10)
EDITION = load("2021-09-30")


def _id(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


def evidence(number: int, kind: str = "court_record", *, alone_insufficient: bool = False) -> EvidenceView:
    return EvidenceView(
        id=_id(900 + number),
        kind=kind,
        kind_label=kind.replace("_", " "),
        source="Millbrook Superior Court",
        relation="court",
        relation_label="Court",
        caption="",
        information_date=None,
        obtained_on=datetime.date(2024, 12, 2),
        reviewed_on=datetime.date(2024, 12, 3),
        version=1,
        alone_insufficient=alone_insufficient,
    )


COURT_RECORD = evidence(1)
BARE_CONVICTION = evidence(2, "conviction_fact", alone_insufficient=True)
DATABASE_HIT = evidence(3, "database_hit", alone_insufficient=True)


def fact(kind: str, number: int, *support: EvidenceView, version: int = 1, **more: Any) -> FactView:
    return FactView(
        ref=f"{kind}:{_id(number)}:{version}",
        kind=kind,
        label=kind.title(),
        summary=f"{kind.title()} number {number}",
        on=UncertainDate.parse("2024-05-25"),
        version=version,
        evidence=support,
        **more,
    )


CONDUCT = fact("conduct", 1, COURT_RECORD)
CONVICTION = fact("conviction", 2, COURT_RECORD)
PRESENCE = fact("presence", 3, COURT_RECORD, presence_only=True)
ENTRY = fact("entry", 4, COURT_RECORD, presence_only=True)
ENCOUNTER = fact("encounter", 5)
FAMILY = fact("family", 6, COURT_RECORD)
FACTS = (CONDUCT, CONVICTION, PRESENCE, ENTRY, ENCOUNTER, FAMILY)

GRAVITY = "gravity_of_offense_and_sentence"
PRESENCE_FACTOR = "lengthy_presence"


def answers(**changes: Any) -> dict[str, Any]:
    """Answers that meet every rule, with `changes`; a change to `None` takes the answer away."""
    given: dict[str, Any] = {
        "national_security_finding": "not_found",
        "public_safety_finding": "found",
        "public_safety_last_conduct": [CONDUCT.ref],
        "public_safety_why_current": "The conduct is half a year old.",
        "border_security_finding": "not_found",
        "dispute": "no",
        "consequences": "Loses work and home.",
        "action_place": "residence",
        "outcome": "act",
        "opposite_case": "Fifteen years here and no other record.",
        "opposite_pins": [PRESENCE.ref],
        "rationale": "Drove drunk and hit a car.",
        "rationale_pins": [CONDUCT.ref],
    }
    for kind in EDITION.record_kinds:
        given[f"record_{kind.key}_state"] = "obtained_reviewed"
        given[f"record_{kind.key}_on"] = "2024-12-02"
    for factor in EDITION.factors:
        given[factor_name(factor.key, "presence")] = "did_not_look"
    given |= present(GRAVITY, CONVICTION) | present(PRESENCE_FACTOR, PRESENCE)
    return {name: value for name, value in (given | changes).items() if value is not None}


def present(factor: str, *pins: FactView) -> dict[str, Any]:
    """The answers that say that a factor is present, with pins."""
    return {
        factor_name(factor, "presence"): "present",
        factor_name(factor, "weight"): "material",
        factor_name(factor, "pins"): [pin.ref for pin in pins],
    }


def complete(**changes: Any) -> Draft:
    """A draft that meets every rule, with `changes`: fields of `Draft` by name, all other names are answers.

    `facts` and `supports` are given as sequences of views.
    """
    facts: Iterable[FactView] = changes.pop("facts", FACTS)
    supports: Iterable[EvidenceView] = changes.pop("supports", (COURT_RECORD, BARE_CONVICTION, DATABASE_HIT))
    own: dict[str, Any] = {
        "decision_type": "detainer",
        "direction": "do",
        "priorities_in_force": True,
        "status_complete": True,
        "dispute_source": False,
        "stop_signs": (),
        "protected_1367": False,
        "fear_voiced": False,
        "policy_moved": False,
    }
    own |= {name: changes.pop(name) for name in list(changes) if name in own}
    return Draft(
        edition=EDITION,
        day=DAY,
        answers=answers(**changes),
        facts={one.ref: one for one in facts},
        evidence={str(one.id): one for one in supports},
        **own,
    )


def empty(**more: Any) -> Draft:
    """A draft in which nobody has answered anything."""
    return dataclasses.replace(complete(status_complete=False, **more), answers={})


def only(rule: Callable[[Draft], list[Unmet]], draft: Draft) -> Unmet:
    """The one thing that the rule finds unmet."""
    missing = rule(draft)
    assert len(missing) == 1, missing
    return missing[0]


def asks(unmet: Unmet, *, step: str, field: str, clause: str, next_step: str) -> None:
    """The unmet rule names where, why, and what to do next."""
    assert (unmet.step, unmet.field, unmet.clause) == (step, field, clause)
    assert next_step in unmet.next
    assert EDITION.clause(unmet.clause).text
    assert "{" not in unmet.what + unmet.next
