"""Everything that the pages of one assessment show, read once, and the document that is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assessment.demo_rows import own_document, pattern_of
from assessment.document import Document, Subject, build, opened
from assessment.draft import Draft
from assessment.held_records import HeldRecord, held_records
from assessment.models import Assessment, Decision, DecisionVersion, ReturnAnswers, StepAnswers
from assessment.reading import is_label_only
from assessment.words_of import contested, rewritten
from cases import selectors as cases
from cases.models import RequestState
from ledger.models import Entry
from ledger.selectors import entry_opened
from policy.footing import Footing


@dataclass(frozen=True, kw_only=True, slots=True)
class Working:
    """Everything that the pages of one assessment show, read once."""

    assessment: Assessment
    decision: Decision | None
    steps: dict[str, StepAnswers]
    draft: Draft
    record: cases.CaseRecord
    # What the guidance is today for this decision type, and what it was when the author last affirmed it.
    footing: Footing
    affirmed: Footing | None
    # Of a returned decision: its answers to the points so far; None before the first save.
    return_row: ReturnAnswers | None = None

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
        footing=work.footing,
        label_only=is_label_only(work.draft.text("rationale"), _offenses(work)),
        copied_from=work.assessment.copied_from,
        training_lapsed=training_lapsed,
        rewritten=rewritten(refused_in(work), work.draft),
        contested=contested(work.draft),
    )


def refused_in(work: Working) -> list[tuple[str, str, str]]:
    """Field, attribute and key of what was refused when signing this decision was tried."""
    if work.decision is None:
        return []
    rows = getattr(work.assessment, "rows_of_refused", None)
    if rows is None:
        return list(work.decision.refused_texts.order_by("id").values_list("field", "attribute", "key"))
    own = str(work.decision.pk)
    return [(row["field"], row["attribute"], row["key"]) for row in rows if row["decision"] == own]


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


def plain_document(document: Document) -> dict[str, Any]:
    """The document as pages render it."""
    plain: dict[str, Any] = opened(document)
    return plain


@dataclass(frozen=True, slots=True)
class SignedPage:
    """A decision as it stood at signing, rendered from the entry's bytes and disclosures."""

    version: DecisionVersion
    # None for a demonstration row, which has no entry.
    entry: Entry | None
    document: dict[str, Any]


def signed_page(version: DecisionVersion) -> SignedPage:
    try:
        entry, opened_payload = entry_opened(version.entry_id)
    except Entry.DoesNotExist:
        return SignedPage(version, None, own_document(version, signed_page(pattern_of(version)).document))
    payload: Any = opened_payload
    return SignedPage(version, entry, payload["document"])


def returned_document(decision: Decision) -> dict[str, Any]:
    """The document of the version that was signed last."""
    return signed_page(decision.versions.get(number=decision.signed_number)).document
