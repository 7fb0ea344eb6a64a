"""How facts, evidence and record requests give their texts and take a changed one (see `cases.screening.doors`)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from cases.errors import Refused
from cases.models import Evidence, Fact, RecordRequest, Support
from cases.screening.doors import FreeText, Writing, register
from cases.services.evidence import change_evidence
from cases.services.facts import change_fact
from cases.services.requests import change_record_request

GONE = "The text was changed or taken out since you looked, so nothing was moved. Look again."


def _of_facts(case_id: uuid.UUID) -> Iterator[FreeText]:
    for fact in Fact.objects.filter(case=case_id, withdrawn=False).order_by("id"):
        for name, value in fact.details.items():
            if isinstance(value, str):
                yield FreeText("fact", fact.pk, name, value)


def _write_fact(one: Writing) -> None:
    fact = Fact.objects.select_related("case").filter(pk=one.row_id, case=one.case, withdrawn=False).first()
    if fact is None or not isinstance(fact.details.get(one.field), str):
        raise Refused(GONE)
    change_fact(
        actor=one.actor,
        user=one.user,
        fact=fact,
        version=fact.version,
        details=fact.details | {one.field: one.change(fact.details[one.field])},
        on=fact.on,
        evidence=list(Support.objects.filter(fact=fact).values_list("evidence_id", flat=True)),
    )


def _of_evidence(case_id: uuid.UUID) -> Iterator[FreeText]:
    for row in Evidence.objects.filter(case=case_id).order_by("id"):
        yield FreeText("evidence", row.pk, "source", row.source)
        yield FreeText("evidence", row.pk, "caption", row.caption)


def _write_evidence(one: Writing) -> None:
    row = Evidence.objects.select_related("case").filter(pk=one.row_id, case=one.case).first()
    if row is None or one.field not in ("source", "caption"):
        raise Refused(GONE)
    names = (
        "kind",
        "source",
        "source_relation",
        "caption",
        "picture",
        "information_date",
        "obtained_on",
        "reviewed_on",
    )
    content: dict[str, Any] = {name: getattr(row, name) for name in names}
    content[one.field] = one.change(content[one.field])
    change_evidence(actor=one.actor, user=one.user, evidence=row, version=row.version, **content)


def _of_requests(case_id: uuid.UUID) -> Iterator[FreeText]:
    for row in RecordRequest.objects.filter(case=case_id).order_by("id"):
        yield FreeText("record_request", row.pk, "asked_of", row.asked_of)
        yield FreeText("record_request", row.pk, "note", row.note)


def _write_request(one: Writing) -> None:
    row = RecordRequest.objects.select_related("case").filter(pk=one.row_id, case=one.case).first()
    if row is None or one.field not in ("asked_of", "note"):
        raise Refused(GONE)
    names = (
        "record_kind",
        "asked_of",
        "state",
        "requested_on",
        "answered_on",
        "reviewed_on",
        "unavailable_reason",
        "note",
    )
    content: dict[str, Any] = {name: getattr(row, name) for name in names}
    content[one.field] = one.change(content[one.field])
    change_record_request(actor=one.actor, user=one.user, request=row, version=row.version, **content)


def register_all() -> None:
    """Called once, at start-up."""
    register("fact", _of_facts, _write_fact)
    register("evidence", _of_evidence, _write_evidence)
    register("record_request", _of_requests, _write_request)
