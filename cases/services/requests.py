"""Record requests: of whom, when, and what became of it. A record that could not be had says why."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from cases.errors import Conflict, Refused
from cases.models import Case, Encounter, RecordRequest, RequestState
from cases.screening.store import keep_row
from cases.services.common import note_change, require_own, write_version
from ledger.actors import Actor
from ledger.clock import now
from policy.services import current


def open_record_request(
    *,
    actor: Actor,
    user: User,
    case: Case,
    record_kind: str,
    asked_of: str = "",
    state: str = RequestState.OPEN,
    requested_on: datetime.date | None = None,
    answered_on: datetime.date | None = None,
    reviewed_on: datetime.date | None = None,
    unavailable_reason: str = "",
    note: str = "",
    encounter: Encounter | None = None,
) -> RecordRequest:
    """Write down a record that is needed. Kinds and reasons are keys of the edition; with `reviewed_on` the user is
    its reader. Raises `Refused`."""
    require_own(user, case)
    content = _checked(
        record_kind, asked_of, state, requested_on, answered_on, reviewed_on, unavailable_reason, note
    )
    with transaction.atomic():
        row = RecordRequest(case=case, encounter=encounter, recorded_at=now(), recorded_by=user, **content)
        row.reviewed_by = user if reviewed_on else None
        row.save(force_insert=True)
        keep_row(row, case_id=case.id)
        note_change(actor=actor, case=case, part="record_request", row=row.id, version=1, content=content)
    return row


def change_record_request(
    *,
    actor: Actor,
    user: User,
    request: RecordRequest,
    version: int,
    record_kind: str,
    asked_of: str = "",
    state: str,
    requested_on: datetime.date | None = None,
    answered_on: datetime.date | None = None,
    reviewed_on: datetime.date | None = None,
    unavailable_reason: str = "",
    note: str = "",
) -> RecordRequest:
    """Replace the content of a request that still has `version`. Raises `Conflict` or `Refused`."""
    require_own(user, request.case)
    content = _checked(
        record_kind, asked_of, state, requested_on, answered_on, reviewed_on, unavailable_reason, note
    )
    changes: dict[str, Any] = {**content, "recorded_by_id": user.id}
    if reviewed_on != request.reviewed_on:
        changes["reviewed_by_id"] = user.id if reviewed_on else None
    with transaction.atomic():
        if not write_version(request, version=version, changes=changes):
            stored = RecordRequest.objects.get(pk=request.pk)
            raise Conflict(
                what="The record request",
                stored=in_words(stored),
                yours=in_words(RecordRequest(**content)),
                version=stored.version,
            )
        keep_row(request, case_id=request.case_id)
        note_change(
            actor=actor,
            case=request.case,
            part="record_request",
            row=request.id,
            version=request.version,
            content=content,
            action="changed",
        )
    return request


def in_words(row: RecordRequest) -> str:
    """One line: record, state, of whom, days."""
    edition, _ = current()
    labels = {kind.key: kind.label for kind in edition.record_kinds}
    reasons = {reason.key: reason.label for reason in edition.unavailable_reasons}
    parts = [
        labels.get(row.record_kind, row.record_kind),
        RequestState(row.state).label,
        f"asked of {row.asked_of}" if row.asked_of else "",
        f"on {row.requested_on}" if row.requested_on else "",
        f"answered {row.answered_on}" if row.answered_on else "",
        f"read {row.reviewed_on}" if row.reviewed_on else "",
        reasons.get(row.unavailable_reason, row.unavailable_reason),
        row.note,
    ]
    return ", ".join(part for part in parts if part)


def _checked(
    record_kind: str,
    asked_of: str,
    state: str,
    requested_on: datetime.date | None,
    answered_on: datetime.date | None,
    reviewed_on: datetime.date | None,
    unavailable_reason: str,
    note: str,
) -> dict[str, Any]:
    edition, _ = current()
    if record_kind not in {kind.key for kind in edition.record_kinds}:
        raise Refused("Choose the record from the list.", field="record_kind")
    if state not in RequestState.values:
        raise Refused("Choose where the request stands.", field="state")
    if unavailable_reason not in {"", *(reason.key for reason in edition.unavailable_reasons)}:
        raise Refused("Choose the reason from the list.", field="unavailable_reason")
    if state == RequestState.UNAVAILABLE and not unavailable_reason:
        raise Refused(
            "Say why the record could not be had: a record that cannot be had is told apart from one "
            "nobody looked for.",
            field="unavailable_reason",
        )
    if state != RequestState.UNAVAILABLE and unavailable_reason:
        raise Refused(
            "A reason goes only with 'could not be had'. Change the state, or take the reason out.",
            field="unavailable_reason",
        )
    if state == RequestState.REQUESTED and not requested_on:
        raise Refused("Write the day on which it was asked for.", field="requested_on")
    if state == RequestState.OBTAINED and not answered_on:
        raise Refused("Write the day on which it came.", field="answered_on")
    if requested_on and answered_on and answered_on < requested_on:
        raise Refused(
            "The answer is earlier than the request. Correct one of the two days.", field="answered_on"
        )
    if reviewed_on and state != RequestState.OBTAINED:
        raise Refused(
            "Only a record that was obtained can have been read. Change the state, or take the day out.",
            field="reviewed_on",
        )
    if reviewed_on and answered_on and reviewed_on < answered_on:
        raise Refused("It was read before it came. Correct one of the two days.", field="reviewed_on")
    return {
        "record_kind": record_kind,
        "asked_of": " ".join(asked_of.split())[:200],
        "state": state,
        "requested_on": requested_on,
        "answered_on": answered_on,
        "reviewed_on": reviewed_on,
        "unavailable_reason": unavailable_reason,
        "note": " ".join(note.split())[:400],
    }
