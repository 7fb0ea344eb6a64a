"""Reads of assessments: who may see one, the draft that the rules judge, the lists of an officer's work."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import JSONField, QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import Role, User
from assessment import panels, workflow
from assessment.differences import changed_sections
from assessment.draft import Draft
from assessment.fields import DECISION_STEP
from assessment.models import (
    Assessment,
    Decision,
    DecisionVersion,
    Execution,
    ReturnAnswers,
    StepAnswers,
    Stop,
)
from assessment.returning import PointAnswered, answered
from assessment.stops.selectors import halts_of
from assessment.straddling import Change, change_between
from assessment.withholding import withheld_from
from assessment.words_of import words_of, words_of_return
from assessment.working import (
    SignedPage,
    Working,
    document_of,
    gaps_of,
    plain_document,
    returned_document,
    signed_page,
)
from cases import selectors as cases
from cases.models import Case, CaseState
from ledger.clock import policy_date
from policy import contents
from policy.editions import Edition
from policy.footing import Footing, footing_of, kept
from policy.selectors import standing, standing_now
from policy.standing import Standing


def _rows(table: str, link: str, *columns: str, joined: str = "") -> RawSQL:
    """These columns of a related table as a list of objects, so that one query brings them along.

    In SQL of its own: composed anew for each page, the three of them took longer than the query itself. Only names of
    this file go in.
    """
    row = ", ".join(f"'{name.removesuffix('_id')}', r.{name}" for name in columns)
    rows = f"coalesce(jsonb_agg(jsonb_build_object({row}) ORDER BY r.id), '[]')"
    return RawSQL(f"(SELECT {rows} FROM {table} r {joined} WHERE {link})", (), JSONField())  # noqa: S611 - names alone


ANSWERS = _rows(
    "assessment_stepanswers",
    "r.assessment_id = assessment_assessment.id",
    "id",
    "step",
    "answers",
    "version",
)
STOPS = _rows(
    "assessment_stop",
    "r.case_id = assessment_assessment.case_id",
    "id",
    "kind",
    "basis",
    "words",
    "state",
    "due_on",
)
REFUSED = _rows(
    "assessment_refusedtext",
    "d.assessment_id = assessment_assessment.id",
    "decision_id",
    "field",
    "attribute",
    "key",
    joined="JOIN assessment_decision d ON d.id = r.decision_id",
)
DECISIONS = RawSQL(
    "(SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.id), '[]') FROM assessment_decision r"
    " WHERE r.assessment_id = assessment_assessment.id)",
    (),
    JSONField(),
)


def visible_assessments(user: User) -> QuerySet[Assessment]:
    """Assessments of cases that the person may see, of the person's office, without what is withheld for now."""
    if user.role not in (Role.OFFICER, Role.SUPERVISOR):
        return Assessment.objects.none()
    seen = Assessment.objects.filter(case__in=cases.visible_cases(user), office=user.office_id)
    if user.role == Role.SUPERVISOR:
        return seen.exclude(pk__in=withheld_from(user).values("assessment"))
    return seen


def assessment_for(user: User, assessment_id: uuid.UUID, *, to_read: bool = False) -> Assessment:
    """The assessment with its case and person. Raises `Assessment.DoesNotExist` for one that may not be seen.

    `to_read` brings its answers and stops along in the same query, for a page that changes none of them.
    """
    found = visible_assessments(user).select_related("case__person")
    if to_read:
        found = found.annotate(
            rows_of_steps=ANSWERS, rows_of_stops=STOPS, rows_of_refused=REFUSED, rows_of_decisions=DECISIONS
        )
    assessment = found.get(pk=assessment_id)
    # The own office came with the person; no join for it.
    if assessment.office_id == user.office_id:
        assessment.office = user.office
    return assessment


def is_withheld(user: User, **which: Any) -> bool:
    """Whether a decision that the person could see otherwise is withheld for now; `which` as in a filter."""
    return (
        withheld_from(user)
        .filter(case__in=cases.visible_cases(user), office=user.office_id, **which)
        .exists()
    )


def merge_veto(case: Case) -> str:
    """Why a case cannot be merged or separated now: an assessment of it is open. Empty when it can."""
    if Assessment.objects.filter(case=case, state="open").exists():
        return "An assessment of this case is open. Its decisions are settled or withdrawn first."
    return ""


def may_write(user: User, assessment: Assessment) -> bool:
    """Only the officer who began an assessment writes in it."""
    return user.role == Role.OFFICER and assessment.started_by_id == user.pk and assessment.state == "open"


def decision_for(user: User, decision_id: uuid.UUID) -> Decision:
    """A decision of the person's office on a visible case. Raises `Decision.DoesNotExist`."""
    return (
        Decision.objects.filter(case__in=cases.visible_cases(user), office=user.office_id)
        .select_related(
            "assessment__case__person", "assessment__started_by", "case", "created_by", "claimed_by"
        )
        .get(pk=decision_id)
    )


def drafts_of(assessment: Assessment) -> list[Decision]:
    """Every decision of an assessment, oldest first, withdrawn ones too; a verb that writes reads its row again."""
    rows = getattr(assessment, "rows_of_decisions", None)
    if rows is None:
        return list(assessment.decisions.order_by("id"))
    decisions = [cases.restored(Decision, row) for row in rows]
    for one in decisions:
        one.assessment = assessment
    return decisions


def answers_of(assessment: Assessment) -> dict[str, StepAnswers]:
    """The answers by step, to read: a verb that writes reads the row again and locks it."""
    rows = getattr(assessment, "rows_of_steps", None)
    if rows is None:
        return {row.step: row for row in assessment.steps.all()}
    return {row["step"]: StepAnswers(assessment=assessment, **row) for row in rows}


def stops_of(assessment: Assessment) -> list[Stop]:
    """The stops of the case, oldest first, with what tells whether they halt."""
    rows = getattr(assessment, "rows_of_stops", None)
    if rows is None:
        return list(assessment.case.stops.order_by("id"))
    return [
        Stop(
            case=assessment.case,
            **row | {"id": uuid.UUID(row["id"]), "due_on": datetime.date.fromisoformat(row["due_on"])},
        )
        for row in rows
    ]


def edition_on(day: datetime.date, assessment: Assessment) -> Edition:
    """The edition that an assessment is asked by on a day; without one in force, the one that it began with."""
    return _asked_by(standing(day), assessment)


def _asked_by(today: Standing, assessment: Assessment) -> Edition:
    key = today.edition_key
    return contents.in_force(key if key and contents.activated(key) else assessment.edition_key)


def all_answers(assessment: Assessment, decision: Decision) -> dict[str, Any]:
    """The answers of a draft by field name, those of its assessment included."""
    return _joined(answers_of(assessment), decision)


def _joined(steps: dict[str, StepAnswers], decision: Decision | None) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for row in steps.values():
        answers |= row.answers
    return answers | (decision.answers if decision is not None else {})


def change_of(work: Working) -> Change | None:
    """What changed under a draft since its author last affirmed it; None when nothing did."""
    if work.affirmed is None or not work.draft.policy_moved:
        return None
    return change_between(work.affirmed, work.footing, work.draft.answers)


def footing_today(assessment: Assessment, decision_type: str) -> Footing:
    """What the guidance is today for a decision on an assessment, as the current transaction sees it."""
    today = standing_now(policy_date(), decision_type)
    return footing_of(today, _asked_by(today, assessment))


def working(assessment: Assessment, decision: Decision | None, *, to_sign: bool = False) -> Working:
    """Read the assessment, its case's record and the status for the rules and pages.

    `to_sign` reads calendar and contents inside the transaction: what is kept for good is what stood at that moment.
    """
    day = policy_date()
    if to_sign:
        contents.read_now()
    today = (standing_now if to_sign else standing)(day, decision.type if decision else "")
    edition = _asked_by(today, assessment)
    footing = footing_of(today, edition)
    affirmed = kept(decision.footing) if decision is not None else None
    steps = answers_of(assessment)
    answers = _joined(steps, decision)
    record = cases.case_record(assessment.case, day)
    status = record.status
    disputes = {relation.key for relation in edition.source_relations if relation.dispute_source}
    sources = record.relations | {status.source_relation if status else ""}
    draft = Draft(
        edition=edition,
        priorities_in_force=footing.in_force,
        day=day,
        decision_type=decision.type if decision else "",
        direction=decision.direction if decision else "",
        answers=answers,
        facts={fact.ref: fact for fact in record.facts},
        evidence={str(piece.id): piece for piece in record.evidence},
        status_complete=bool(status and status.complete),
        dispute_source=not disputes.isdisjoint(sources),
        stop_signs=halts_of(record.signs, stops_of(assessment)),
        protected_1367=bool(status and status.section_1367_check == "yes"),
        fear_voiced=bool(status and status.fear_of_return == "yes"),
        words=words_of(edition.key, steps, decision, record),
        policy_moved=affirmed is not None
        and decision is not None
        and decision.state in workflow.EDITABLE
        and not affirmed.same_ground(footing),
    )
    work = Working(
        assessment=assessment,
        decision=decision,
        steps=steps,
        draft=draft,
        record=record,
        footing=footing,
        affirmed=affirmed,
    )
    return _with_return(work) if decision is not None and decision.state == workflow.RETURNED else work


def _with_return(work: Working) -> Working:
    """`work` of a returned decision, with the points, the answers to them, and what differs from what was returned."""
    decision = work.decision
    last = panels.last_return(decision) if decision is not None else None
    if decision is None or last is None:
        return work
    row = ReturnAnswers.objects.filter(decision=decision, number=last.number).first()
    points = [
        PointAnswered(
            ordinal=point.ordinal, about=point.about, about_label=point.about_label, text=point.text
        )
        for point in last.points
    ]
    now_says = plain_document(document_of(work))
    given = answered(points, row.answers if row else {})
    draft = replace(
        work.draft,
        return_points=given,
        words={**work.draft.words, **words_of_return(row, given, work.record)},
        changed_sections=changed_sections(returned_document(decision), now_says),
    )
    return replace(work, draft=draft, return_row=row)


def answers_to_returns(decision: Decision) -> dict[int, dict[str, Any]]:
    """What the officer answered to each return, by the number of the version that was returned; nothing unsigned."""
    if decision.signed_number < 2:
        return {}
    rows = ReturnAnswers.objects.filter(decision=decision, number__lt=decision.signed_number)
    return {row.number: row.answers for row in rows}


def visible_versions(user: User) -> QuerySet[DecisionVersion]:
    """Signed versions. Auditors see every one; officers and supervisors those of their office."""
    versions = DecisionVersion.objects.select_related("decision__case__person", "signed_by")
    if user.role == Role.AUDITOR:
        return versions
    if user.role == Role.SUPERVISOR:
        versions = versions.exclude(decision__in=withheld_from(user))
    return versions.filter(
        decision__in=Decision.objects.filter(case__in=cases.visible_cases(user), office=user.office_id)
    )


@dataclass(frozen=True, slots=True)
class Later:
    """What became of a decision after a version was signed; history, apart from the page as signed."""

    state: str
    versions: list[DecisionVersion]


def later_than(version: DecisionVersion) -> Later:
    decision = version.decision
    newer = decision.versions.filter(number__gt=version.number).order_by("number")
    return Later(decision.state_words, list(newer))


def execution_of(decision: Decision) -> Execution | None:
    return Execution.objects.filter(decision=decision).select_related("recorded_by").first()


def may_record_execution(user: User, decision: Decision | None) -> bool:
    """A decision to act that stands or was approved orally, of the person's office, with nothing recorded yet."""
    return (
        decision is not None
        and (decision.state in workflow.STANDING or decision.on_word_alone)
        and decision.office_id == user.office_id
        and decision.versions.filter(number=decision.signed_number, outcome="act").exists()
        and execution_of(decision) is None
    )


def work_of(user: User) -> dict[str, list[Decision]]:
    """An officer's decisions by what is to be done: returned, drafts, in review, decided lately."""
    mine = (
        Decision.objects.filter(created_by=user).select_related("assessment", "case__person").order_by("-id")
    )
    return {
        "returned": list(mine.filter(state=workflow.RETURNED)[:50]),
        "drafts": list(mine.filter(state=workflow.DRAFT)[:50]),
        "in_review": list(mine.filter(state__in=workflow.IN_REVIEW).order_by("due_on", "id")[:50]),
        "decided": list(mine.filter(state__in=workflow.FINAL).order_by("-closed_at")[:10]),
    }


def title_of(decision: Decision) -> str:
    """What is being considered, in the words of the assessment's edition."""
    edition = contents.in_force(decision.assessment.edition_key)
    return edition.decision_type(decision.type).label(decision.direction)


def case_is_open(assessment: Assessment) -> bool:
    return assessment.case.state == CaseState.OPEN


__all__ = [
    "DECISION_STEP",
    "SignedPage",
    "Working",
    "answers_of",
    "assessment_for",
    "decision_for",
    "document_of",
    "drafts_of",
    "gaps_of",
    "may_write",
    "merge_veto",
    "plain_document",
    "returned_document",
    "signed_page",
    "title_of",
    "visible_assessments",
    "visible_versions",
    "work_of",
    "working",
]
