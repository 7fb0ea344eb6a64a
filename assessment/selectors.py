"""Reads of assessments: who may see one, the draft that the rules judge, the lists of an officer's work."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from accounts.models import Role, User
from assessment import workflow
from assessment.document import Document, Subject, build, opened
from assessment.draft import Draft
from assessment.fields import DECISION_STEP
from assessment.held_records import HeldRecord, held_records
from assessment.models import Assessment, Decision, DecisionVersion, Execution, StepAnswers, Stop
from assessment.reading import is_label_only
from assessment.stops.selectors import halts_of
from cases import selectors as cases
from cases.models import Case, CaseState, RequestState
from ledger.clock import policy_date
from ledger.models import Entry
from ledger.selectors import open_entry_payload
from policy.calendar import standing
from policy.editions import load


def _rows(queryset: QuerySet[Any], *names: str) -> ArraySubquery:
    """These columns of a related table as a list of objects, so that one query brings them along."""
    return ArraySubquery(queryset.order_by("id").values(row=JSONObject(**{name: name for name in names})))


ANSWERS = _rows(StepAnswers.objects.filter(assessment=OuterRef("pk")), "step", "answers", "version")
STOPS = _rows(Stop.objects.filter(case=OuterRef("case_id")), "id", "kind", "basis", "words", "state")


def visible_assessments(user: User) -> QuerySet[Assessment]:
    """Assessments of cases that the person may see, of the person's office."""
    if user.role not in (Role.OFFICER, Role.SUPERVISOR):
        return Assessment.objects.none()
    return Assessment.objects.filter(case__in=cases.visible_cases(user), office=user.office_id)


def assessment_for(user: User, assessment_id: uuid.UUID, *, to_read: bool = False) -> Assessment:
    """The assessment with its case and person. Raises `Assessment.DoesNotExist` for one that may not be seen.

    `to_read` brings its answers and stops along in the same query, for a page that changes none of them.
    """
    found = visible_assessments(user).select_related("case__person", "office", "started_by")
    if to_read:
        found = found.annotate(rows_of_steps=ANSWERS, rows_of_stops=STOPS)
    return found.get(pk=assessment_id)


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
    """Every decision of an assessment, oldest first, withdrawn ones included."""
    return list(assessment.decisions.select_related("signed_by", "claimed_by").order_by("id"))


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
    return [Stop(case=assessment.case, **row | {"id": uuid.UUID(row["id"])}) for row in rows]


@dataclass(frozen=True, kw_only=True, slots=True)
class Working:
    """Everything that the pages of one assessment show, read once."""

    assessment: Assessment
    decision: Decision | None
    steps: dict[str, StepAnswers]
    draft: Draft
    record: cases.CaseRecord
    edition_words: str

    @property
    def facts(self) -> list[cases.FactView]:
        return self.record.facts

    @property
    def evidence(self) -> list[cases.EvidenceView]:
        return self.record.evidence

    @property
    def held_records(self) -> list[HeldRecord]:
        """What the case holds of each record."""
        return held_records(self.draft.edition, self.record.requests, self.draft.day)

    @property
    def would_change(self) -> dict[str, str]:
        """What could change the view: records that are not read, and facts whose date is not sure."""
        options: dict[str, str] = {}
        reviewed = self.draft.reviewed_records()
        for kind in self.draft.edition.record_kinds:
            if kind.key not in reviewed and self.draft.text(f"record_{kind.key}_state") != "not_applicable":
                options[f"record:{kind.key}"] = f"{kind.label}, once it is read"
        for fact in self.facts:
            if fact.on is not None and (fact.on.earliest != fact.on.latest or fact.on.certainty == "about"):
                options[fact.ref] = f"The exact date of: {fact.summary}"
        return options


def working(assessment: Assessment, decision: Decision | None) -> Working:
    """Read the assessment, its case's record and the status for the rules and pages."""
    day = policy_date()
    today = standing(day)
    edition = load(today.edition_key or assessment.edition_key)
    steps = answers_of(assessment)
    answers: dict[str, Any] = {}
    for row in steps.values():
        answers |= row.answers
    if decision is not None:
        answers |= decision.answers
    record = cases.case_record(assessment.case, day)
    status = record.status
    disputes = {relation.key for relation in edition.source_relations if relation.dispute_source}
    sources = record.relations | {status.source_relation if status else ""}
    draft = Draft(
        edition=edition,
        priorities_in_force=today.in_force,
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
    )
    return Working(
        assessment=assessment,
        decision=decision,
        steps=steps,
        draft=draft,
        record=record,
        edition_words=today.words,
    )


def document_of(work: Working, *, training_lapsed: bool = False) -> Document:
    """The decision of `work` as a document, as the supervisor will see it."""
    case = work.assessment.case
    person = case.person
    age = cases.age_of(person, work.draft.day)
    return build(
        work.draft,
        subject=Subject(
            name=person.name,
            identifiers=[
                f"{identifier.get_kind_display()} {identifier}" for identifier in person.identifiers.all()
            ],
            age=str(age) if age else "cannot be told",
            office=work.assessment.office.name,
        ),
        statements=work.record.statements,
        would_change=work.would_change,
        gaps=gaps_of(work),
        held={one.key: one.lines for one in work.held_records},
        edition_words=work.edition_words,
        label_only=is_label_only(work.draft.text("rationale"), _offenses(work)),
        copied_from=work.assessment.copied_from,
        training_lapsed=training_lapsed,
    )


def _offenses(work: Working) -> list[str]:
    """What the record calls offenses: convictions and arrests, and the labels of sources."""
    named = [
        str(fact.details.get(name, ""))
        for fact in work.facts
        if fact.kind in ("conviction", "arrest")
        for name in ("description", "charge", "statute")
    ]
    return named + work.record.labels


def gaps_of(work: Working) -> list[str]:
    """What is not there, in words: records that were not read, facts without evidence."""
    gaps = []
    reviewed = work.draft.reviewed_records()
    for kind in work.draft.edition.record_kinds:
        state = work.draft.text(f"record_{kind.key}_state")
        if kind.key not in reviewed and state != "not_applicable":
            label = (
                work.draft.edition.option_label(f"record_{kind.key}_state", state)
                if state
                else "not answered"
            )
            gaps.append(f"{kind.label}: {label[:1].lower()}{label[1:]}")
    gaps += [
        f"No evidence under: {fact.summary}"
        for fact in work.facts
        if not fact.evidence and fact.kind != "encounter"
    ]
    gaps += [
        f"{RequestState(one.state).label}: {kind_label(work, one.record_kind)}"
        + (f", encounter of {one.encounter}" if one.encounter else "")
        for one in work.record.requests
        if one.state in (RequestState.OPEN, RequestState.REQUESTED)
    ]
    return gaps


def kind_label(work: Working, record_kind: str) -> str:
    """Words of a record kind; a kind that the edition does not know is shown by its key."""
    try:
        return work.draft.edition.record_kind(record_kind).label
    except KeyError:
        return record_kind


@dataclass(frozen=True, slots=True)
class SignedPage:
    """A decision as it stood at signing, rendered from the entry's bytes and disclosures."""

    version: DecisionVersion
    entry: Entry
    document: dict[str, Any]


def signed_page(version: DecisionVersion) -> SignedPage:
    entry = Entry.objects.get(pk=version.entry_id)
    payload: Any = open_entry_payload(entry)
    return SignedPage(version, entry, payload["document"])


def visible_versions(user: User) -> QuerySet[DecisionVersion]:
    """Signed versions. Auditors see every one; officers and supervisors those of their office."""
    versions = DecisionVersion.objects.select_related("decision__case__person", "signed_by")
    if user.role == Role.AUDITOR:
        return versions
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
    return Later(workflow.LABELS[decision.state], list(newer))


def execution_of(decision: Decision) -> Execution | None:
    return Execution.objects.filter(decision=decision).select_related("recorded_by").first()


def may_record_execution(user: User, decision: Decision | None) -> bool:
    """An approved decision to act, of the person's office, about which nothing is recorded yet."""
    return (
        decision is not None
        and decision.state == workflow.APPROVED
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


def plain_document(document: Document) -> dict[str, Any]:
    """The document as pages render it."""
    plain: dict[str, Any] = opened(document)
    return plain


def title_of(decision: Decision) -> str:
    """What is being considered, in the words of the assessment's edition."""
    edition = load(decision.assessment.edition_key)
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
    "signed_page",
    "title_of",
    "visible_assessments",
    "visible_versions",
    "work_of",
    "working",
]
