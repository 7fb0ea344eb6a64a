"""What the API answers about assessments. Nothing here names an outcome that nobody chose; order is the stored one."""

from __future__ import annotations

import datetime
import uuid

from pydantic import BaseModel

from accounts.models import User
from assessment import pages, selectors, workflow
from assessment.fields import DECISION_STEP
from assessment.models import Assessment, Decision, DecisionVersion
from assessment.returning import RETURN_STEP
from assessment.rules import Unmet
from assessment.straddling import POLICY_STEP, Change
from policy.editions import Edition
from policy.footing import Footing

Answers = dict[str, str | list[str]]


class Begun(BaseModel):
    """A draft decision on an assessment."""

    assessment: uuid.UUID
    decision: uuid.UUID
    state: str


class StepSaved(BaseModel):
    """A page that was saved, and its version now."""

    step: str
    version: int


class UnmetShape(BaseModel):
    """A rule that is not met: where, why by which clause, and what to do next."""

    rule: str
    step: str
    field: str
    clause: str
    clause_words: str
    what: str
    next: str


class StepShape(BaseModel):
    """One page. `answers` is null for a person who does not write in the assessment."""

    step: str
    title: str
    state: str
    version: int
    answers: Answers | None


class ChoiceShape(BaseModel):
    value: str
    label: str


class DecisionShape(BaseModel):
    """One decision of the assessment. `outcomes` stand in the order that was drawn at the start; none is chosen by us.
    `answers` is null unless the person writes in a draft."""

    id: uuid.UUID
    decision_type: str
    direction: str
    title: str
    state: str
    state_words: str
    version: int
    signed_number: int
    due_on: datetime.date | None
    outcomes: list[ChoiceShape]
    answers: Answers | None


class ReturnPointShape(BaseModel):
    """A point of the last return. It is answered as `point_<ordinal>_answer` and `point_<ordinal>_why`."""

    ordinal: int
    about: str
    text: str
    answer: str
    why: str


class RecordHeld(BaseModel):
    """What the case says of a record; `answers` is what can be taken over as it is, else `why_not` says why."""

    record_kind: str
    lines: list[str]
    answers: Answers
    why_not: str


class AssessmentShape(BaseModel):
    """An assessment. `unmet`, the points of the last return and the states of `steps` speak of `decision`, the one
    chosen in the address or the newest draft."""

    id: uuid.UUID
    case: uuid.UUID
    state: str
    edition: str
    copied_from: str
    decision: uuid.UUID | None
    steps: list[StepShape]
    decisions: list[DecisionShape]
    records_held: list[RecordHeld]
    return_points: list[ReturnPointShape]
    return_version: int
    unmet: list[UnmetShape]


class SignedShape(BaseModel):
    """A decision as signed: `entry` is its entry in the log."""

    decision: uuid.UUID
    number: int
    entry: uuid.UUID
    state: str
    due_on: datetime.date | None


class DecisionStateShape(BaseModel):
    decision: uuid.UUID
    state: str
    state_words: str


def unmet_shape(edition: Edition, one: Unmet) -> UnmetShape:
    return UnmetShape(
        rule=one.rule,
        step=one.step,
        field=one.field,
        clause=edition.clause(one.clause).id,
        clause_words=edition.clause(one.clause).text,
        what=one.what,
        next=one.next,
    )


def assessment_shape(user: User, assessment: Assessment, decision: Decision | None) -> AssessmentShape:
    """What the task list shows, and the answers for the officer who writes them."""
    work = selectors.working(assessment, decision)
    unmet = pages.unmet_now(work)
    writes = selectors.may_write(user, assessment)
    steps = []
    for section in pages.sections(work, unmet):
        if section.key in (DECISION_STEP, RETURN_STEP, POLICY_STEP):
            continue
        row = work.steps[section.key]
        steps.append(
            StepShape(
                step=section.key,
                title=section.title,
                state=section.state,
                version=row.version,
                answers=row.answers if writes else None,
            )
        )
    return AssessmentShape(
        id=assessment.pk,
        case=assessment.case_id,
        state=assessment.state,
        edition=work.draft.edition.key,
        copied_from=assessment.copied_from,
        decision=decision.pk if decision else None,
        steps=steps,
        decisions=[_decision_shape(work, one, writes) for one in selectors.drafts_of(assessment)],
        records_held=[
            RecordHeld(record_kind=one.key, lines=list(one.lines), answers=one.answers, why_not=one.why_not)
            for one in work.held_records
        ],
        return_points=[
            ReturnPointShape(
                ordinal=one.ordinal, about=one.about, text=one.text, answer=one.answer, why=one.why
            )
            for one in work.draft.return_points
        ],
        return_version=work.return_row.version if work.return_row else 1,
        unmet=[unmet_shape(work.draft.edition, one) for one in unmet],
    )


def _decision_shape(work: selectors.Working, one: Decision, writes: bool) -> DecisionShape:
    kind = work.draft.edition.decision_type(one.type)
    return DecisionShape(
        id=one.pk,
        decision_type=one.type,
        direction=one.direction,
        title=kind.label(one.direction),
        state=one.state,
        state_words=one.state_words,
        version=one.version,
        signed_number=one.signed_number,
        due_on=one.due_on,
        outcomes=[
            ChoiceShape(value=key, label=kind.outcome_label(one.direction, key))
            for key in work.assessment.outcome_order
        ],
        answers=one.answers if writes and one.state in workflow.EDITABLE else None,
    )


def signed_shape(version: DecisionVersion) -> SignedShape:
    decision = version.decision
    return SignedShape(
        decision=decision.pk,
        number=version.number,
        entry=version.entry_id,
        state=decision.state,
        due_on=decision.due_on,
    )


def state_shape(decision: Decision) -> DecisionStateShape:
    return DecisionStateShape(decision=decision.pk, state=decision.state, state_words=decision.state_words)


class AffectedShape(BaseModel):
    """A question that the change reaches, and what became of its answer."""

    step: str
    field: str
    label: str
    what: str


class GuidanceShape(BaseModel):
    """What the guidance is today for a decision. `before` is what it was when the author last affirmed it, where that
    is another ground; `moved` asks to re-affirm, with `mark`, before signing. Every answer is kept."""

    decision: uuid.UUID
    moved: bool
    mark: str
    before: Footing | None
    today: Footing
    affected: list[AffectedShape]


def guidance_shape(work: selectors.Working, change: Change | None) -> GuidanceShape:
    decision = work.decision
    if decision is None:
        raise ValueError("guidance is told for a decision")
    return GuidanceShape(
        decision=decision.pk,
        moved=work.draft.policy_moved,
        mark=work.footing.mark,
        before=change.before if change else None,
        today=work.footing,
        affected=[
            AffectedShape(step=one.step, field=one.field, label=one.label, what=one.what)
            for one in (change.affected if change else ())
        ],
    )
