"""The decision as a document: what is previewed, signed, reviewed and shown as signed is this one shape.

Words are part of it, so that a decision shows the words it was signed under. `document_parts` has the shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessment.criteria import answers_for
from assessment.document_footing import footing_line
from assessment.document_parts import (
    Contested,
    CriterionLine,
    Dispute,
    Document,
    FactHeld,
    FactorDetail,
    FactorLine,
    Finding,
    FindingDetail,
    Mandate,
    Pin,
    Reason,
    RecordLine,
    ReturnAnswer,
    Rewritten,
    Subject,
    opened,
)
from assessment.draft import Draft
from assessment.fields import factor_name
from assessment.returning import LABELS, PointAnswered
from cases.selectors import FactView
from ledger.events import Committed
from policy.criteria import Answer
from policy.footing import Footing
from policy.statutes import mandates_on

PIN_PLACES = {
    "consequences_pins": "Consequences",
    "opposite_pins": "Opposite case",
    "rationale_pins": "Reasons",
    "dispute_pins": "Labor or housing dispute",
    "mandate_predicate": "Mandated by statute",
}
PINS_OF_PRIORITY = {
    "national_security": "national_security_conduct",
    "public_safety": "public_safety_last_conduct",
    "border_security": "border_security_facts",
}


def _pin(fact: FactView) -> Pin:
    return Pin(
        ref=fact.ref,
        label=fact.label,
        summary=fact.summary,
        evidence=[
            f"{piece.kind_label}, {piece.source}" + ("" if piece.reviewed_on else " (not reviewed)")
            for piece in fact.evidence
        ],
    )


def _pins(draft: Draft, field: str) -> list[Pin]:
    return [_pin(fact) for fact in draft.pinned(field)]


def build(
    draft: Draft,
    *,
    subject: Subject,
    statements: list[str],
    would_change: dict[str, str],
    gaps: list[str],
    held: Mapping[str, Sequence[str]],
    footing: Footing,
    training_lapsed: bool = False,
    label_only: bool = False,
    copied_from: str = "",
    rewritten: list[Rewritten] | None = None,
    contested: list[Contested] | None = None,
) -> Document:
    """The document of a draft as it stands, complete or not. `would_change` gives the words of its options,
    `held` what the case says of each kind of record."""
    edition = draft.edition
    kind = edition.decision_type(draft.decision_type)
    outcome = draft.outcome
    return Document(
        decision_type=draft.decision_type,
        direction=draft.direction,
        title=kind.label(draft.direction),
        outcome=outcome,
        outcome_label=kind.outcome_label(draft.direction, outcome) if outcome in ("act", "decline") else "",
        day=draft.day.isoformat(),
        edition_title=edition.title,
        edition_words=footing.words,
        footing=footing_line(footing),
        overriding_question=edition.priority("public_safety").overriding_question,
        subject=Committed(subject),
        statements=Committed(statements),
        records=[
            _record(draft, record.key, record.label, held.get(record.key, ()))
            for record in edition.record_kinds
        ],
        findings=[_finding(draft, key) for key in draft.findings()],
        factors=[_factor(draft, factor.key) for factor in edition.factors],
        dispute=Committed(_dispute(draft)),
        consequences=Committed(
            Reason(text=draft.text("consequences"), pins=_pins(draft, "consequences_pins"))
        ),
        opposite_case=Committed(Reason(text=draft.text("opposite_case"), pins=_pins(draft, "opposite_pins"))),
        rationale=Committed(Reason(text=draft.text("rationale"), pins=_pins(draft, "rationale_pins"))),
        would_change=Committed([would_change.get(key, key) for key in draft.picked("would_change")]),
        gaps=Committed(gaps),
        place=_place(draft),
        no_priority_ground=Committed(draft.text("no_priority_ground") if draft.needs_second_review else ""),
        mandate=Committed(_mandate(draft)),
        facts_held=Committed(_facts_held(draft)),
        return_answers=Committed([_return_answer(point) for point in draft.return_points]),
        needs_second_review=draft.needs_second_review,
        training_lapsed=training_lapsed,
        label_only=label_only,
        copied_from=copied_from,
        rewritten=rewritten or [],
        contested=Committed(contested or []),
    )


def _facts_held(draft: Draft) -> list[FactHeld]:
    """Every fact of the record in its order, with where it is pinned. The order says nothing about weight."""
    used: dict[str, list[str]] = {}
    for field in draft.pin_fields():
        for fact in draft.pinned(field):
            used.setdefault(fact.ref, []).append(_field_words(draft, field))
    return [
        FactHeld(
            **_pin(fact).model_dump(), used_in=list(dict.fromkeys(used.get(ref, []))), why_not=fact.why_not
        )
        for ref, fact in draft.facts.items()
    ]


def _field_words(draft: Draft, field: str) -> str:
    """Where a pin stands, in words."""
    if field in PIN_PLACES:
        return PIN_PLACES[field]
    for priority, pins in PINS_OF_PRIORITY.items():
        if pins == field:
            return draft.edition.priority(priority).label
    return next((one.label for one in draft.edition.factors if factor_name(one.key, "pins") == field), field)


def _return_answer(point: PointAnswered) -> ReturnAnswer:
    return ReturnAnswer(
        ordinal=point.ordinal,
        about=point.about_label,
        text=point.text,
        answer_label=LABELS.get(point.answer, "Not answered"),
        why=point.why,
    )


def _place(draft: Draft) -> str:
    places = {place.key: place.label for place in draft.edition.action_places}
    kind = draft.edition.decision_type(draft.decision_type)
    return places.get(draft.text("action_place"), "") if kind.asks_place else ""


def _mandate(draft: Draft) -> Mandate | None:
    if not draft.mandated:
        return None
    statute = {one.key: one for one in mandates_on(draft.day)}.get(draft.text("mandate_statute"))
    counsel = draft.evidence.get(draft.text("mandate_counsel"))
    return Mandate(
        statute=statute.label if statute else "",
        citation=statute.citation if statute else "",
        pins=_pins(draft, "mandate_predicate"),
        release_date=draft.text("mandate_release_date"),
        counsel=f"{counsel.kind_label}, {counsel.source}" if counsel else "",
    )


def _option(draft: Draft, question: str, value: str) -> str:
    try:
        return draft.edition.option_label(question, value)
    except KeyError:
        return value


def _record(draft: Draft, key: str, label: str, held: Sequence[str]) -> RecordLine:
    prefix = f"record_{key}"
    state, reason = draft.text(f"{prefix}_state"), draft.text(f"{prefix}_reason")
    states = {one.key: one for one in draft.edition.record_states}
    needs = states.get(state)
    return RecordLine(
        kind=key,
        label=label,
        state=state,
        state_label=_option(draft, f"{prefix}_state", state) if state else "Not answered",
        on=draft.text(f"{prefix}_on") if needs and needs.needs_date else "",
        reason=_option(draft, f"{prefix}_reason", reason) if needs and needs.needs_reason and reason else "",
        case_says=Committed(list(held)),
    )


def _finding(draft: Draft, key: str) -> Finding:
    answer = draft.text(f"{key}_finding")
    found = answer == "found"
    security = found and key == "national_security"
    source = draft.evidence.get(draft.text("national_security_source")) if security else None
    grounds = draft.picked(f"{key}_ground") if found and draft.edition.priority(key).grounds else []
    return Finding(
        priority=key,
        label=draft.edition.priority(key).label,
        finding=answer,
        finding_label=_option(draft, f"{key}_finding", answer) if answer else "Not answered",
        grounds=[_option(draft, f"{key}_ground", ground) for ground in grounds],
        detail=Committed(
            FindingDetail(
                why_current=draft.text("public_safety_why_current")
                if found and key == "public_safety"
                else "",
                source=f"{source.kind_label}, {source.source}" if source else "",
                information_date=draft.text("national_security_information_date") if security else "",
                pins=_pins(draft, PINS_OF_PRIORITY[key]) if found else [],
                criteria=[_criterion(answer) for answer in answers_for(draft, key)],
            )
        ),
    )


def _criterion(answer: Answer) -> CriterionLine:
    return CriterionLine(
        key=answer.criterion.key,
        question=answer.criterion.question,
        answer=answer.words,
        trace=[f"{step.words}: {step.says}" if step.words else step.says for step in answer.steps],
        settles=list(answer.settles),
    )


def _factor(draft: Draft, key: str) -> FactorLine:
    factor = draft.edition.factor(key)

    def name(part: str) -> str:
        return factor_name(key, part)

    presence = draft.text(name("presence"))
    present = presence == "present"
    known = {term.key: term.label for term in factor.subtypes}
    weight = draft.text(name("weight")) if present else ""
    records = {kind.key: kind.label for kind in draft.edition.record_kinds}
    record = records.get(draft.text(name("record")), "") if presence == "looked_not_found" else ""
    return FactorLine(
        key=key,
        side=factor.side,
        label=factor.label,
        detail=Committed(
            FactorDetail(
                presence=presence,
                presence_label=_option(draft, "factor_presence", presence) if presence else "Not answered",
                subtypes=[known.get(one, one) for one in draft.picked(name("subtype"))] if present else [],
                weight=weight,
                weight_label=_option(draft, "factor_weight", weight) if weight else "",
                why=draft.text(name("why")) if present else "",
                record=record,
                pins=_pins(draft, name("pins")) if present else [],
            )
        ),
    )


def _dispute(draft: Draft) -> Dispute:
    answer = draft.text("dispute")
    yes = answer == "yes"
    return Dispute(
        answer=answer,
        answer_label=_option(draft, "dispute", answer) if answer else "Not answered",
        kinds=[_option(draft, "dispute_kind", kind) for kind in draft.picked("dispute_kind")] if yes else [],
        pins=_pins(draft, "dispute_pins") if yes else [],
    )


__all__ = ["Document", "Subject", "build", "opened"]
