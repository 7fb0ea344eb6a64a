"""What halts now: open stops, signs that no stop covers, and checks that nobody made."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from accounts.models import Role, User
from assessment.models import Stop, StopState, Task
from assessment.stops.halt import Halt
from assessment.stops.ways_out import WAYS_OUT
from cases.models import Case, Evidence, StatusRecord
from cases.selectors import StopSign, stop_signs, visible_cases
from ledger.clock import policy_date
from policy.services import current

CHECK = "Answer it on the status page of the case."
OFFICER = "Officer"


def halts(case: Case, day: datetime.date, status: StatusRecord | None) -> list[Halt]:
    """Everything that halts an adverse step of this case on `day`."""
    signs = stop_signs(case, day, status=status)
    return halts_of(signs, list(case.stops.order_by("id")))


def halts_of(signs: Sequence[StopSign], stops: Sequence[Stop]) -> list[Halt]:
    """The halts of these signs, given the stops of the case. A lifted stop covers its own basis and no other."""
    found = []
    open_kinds = {stop.kind: stop for stop in stops if stop.state == StopState.OPEN}
    settled = {(stop.kind, stop.basis) for stop in stops if stop.state == StopState.LIFTED}
    by_key = {sign.key: sign for sign in signs}
    for key, way_out in WAYS_OUT.items():
        sign, stop = by_key.get(key), open_kinds.get(key)
        if stop is not None:
            found.append(
                Halt(
                    key=key,
                    title=way_out.title,
                    words=stop.words,
                    clause=sign.clause if sign else "",
                    way_out=way_out.words,
                    owner=way_out.owner,
                    stop_id=stop.pk,
                    due_on=stop.due_on,
                    late=stop.due_on < policy_date(),
                )
            )
        elif sign is not None and sign.check_missing:
            found.append(
                Halt(
                    key=key,
                    title=way_out.title,
                    words=sign.words,
                    clause=sign.clause,
                    way_out=CHECK,
                    owner=OFFICER,
                )
            )
        elif sign is not None and (key, sign.basis[:400]) not in settled:
            found.append(
                Halt(
                    key=key,
                    title=way_out.title,
                    words=sign.words,
                    clause=sign.clause,
                    way_out=way_out.words,
                    owner=way_out.owner,
                )
            )
    return found


def visible_stops(user: User) -> QuerySet[Stop]:
    """Stops of the cases of the person's office."""
    return Stop.objects.filter(case__in=visible_cases(user), case__office=user.office_id)


def stop_for(user: User, stop_id: uuid.UUID) -> Stop:
    """Raises `Stop.DoesNotExist` for one that may not be seen."""
    return (
        visible_stops(user)
        .select_related("case__person", "case__office", "opened_by", "evidence", "settled_by")
        .get(pk=stop_id)
    )


def evidence_that_lifts(stop: Stop) -> list[Evidence]:
    """Evidence of the case that may lift this stop: the named kind, or any that no barred source gave."""
    wanted = WAYS_OUT[stop.kind].evidence
    rows = stop.case.evidence.select_related("obtained_by").order_by("id")
    if wanted:
        return list(rows.filter(kind=wanted))
    edition, _ = current()
    barred = {relation.key for relation in edition.source_relations if relation.prohibited_1367}
    return list(rows.exclude(source_relation__in=barred))


def open_stops_of_office(user: User) -> list[Stop]:
    """Open stops that a supervisor owns, by due date."""
    if user.role != Role.SUPERVISOR:
        return []
    return list(
        visible_stops(user)
        .filter(state=StopState.OPEN, case__state="open")
        .select_related("case__person")
        .order_by("due_on", "id")[:50]
    )


def open_tasks(user: User) -> list[Task]:
    """Open tasks: an officer's own decisions' tasks, a supervisor's office's."""
    rows = Task.objects.filter(
        case__in=visible_cases(user), office=user.office_id, done_at__isnull=True
    ).select_related("case__person", "decision__assessment")
    if user.role == Role.OFFICER:
        rows = rows.filter(decision__created_by=user)
    return list(rows.order_by("due_on", "id")[:50])
