"""Verbs of the calendar: put forward, activate, decline. Two people, each verb one transaction with its entry.

Every verb holds one lock until commit, so that two changes never pass each other's checks; what is recorded is recorded
on the day of the activation, by the true clock.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from ledger.actors import Actor
from ledger.clock import now
from ledger.services import NewEntry, append
from policy import calendar_store
from policy.activation import LONGEST_REASON, MANAGER
from policy.calendar import Calendar, Row
from policy.calendar_changes.checks import Mistake, mistake_in
from policy.calendar_changes.rows import ProposedRow, proposed
from policy.calendar_file import seed
from policy.errors import NotPossible, NotThatPerson
from policy.events import CalendarActivated, CalendarProposed, CalendarSetAside
from policy.models import CalendarChange, CalendarRow, ChangeState

LOCK: Final = "totality.policy.calendar"


class RowRefused(NotPossible):
    """A row that cannot stand in the calendar. `field` is the one to correct, empty for the change as a whole."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.what)
        self.field = mistake.field


def check(calendar: Calendar, rows: Sequence[ProposedRow]) -> None:
    """Raises `RowRefused` when the rows cannot stand in this calendar today."""
    owners: dict[str, str] = {one.key: one.component for one in seed().editions}
    mistake = mistake_in(calendar, [row.recorded_on(now().date()) for row in rows], owners)
    if mistake:
        raise RowRefused(mistake)


def put_forward(*, actor: Actor, rows: Sequence[ProposedRow], reason: str) -> CalendarChange:
    """Propose rows. Nothing changes yet. Raises `RowRefused`, or `NotPossible` for what waits already."""
    _manager(actor)
    reason = _reason(reason, "reason", "Say in a sentence what happened and why the calendar has to say it.")
    with transaction.atomic():
        _one_at_a_time()
        check(calendar_store.read_now(), rows)
        kept = [row.model_dump(mode="json") for row in rows]
        waiting = CalendarChange.objects.filter(state=ChangeState.PROPOSED, rows=kept).first()
        if waiting:
            raise NotPossible(f"{waiting.proposed_name} put the same forward already. It waits below.")
        change = CalendarChange.objects.create(
            rows=kept,
            reason=reason,
            proposed_by=actor.id,
            proposed_name=actor.name,
            proposed_at=now(),
        )
        append(
            NewEntry(
                payload=CalendarProposed(change=str(change.pk), rows=list(rows), reason=reason), actor=actor
            )
        )
    return change


def activate(*, actor: Actor, change_id: uuid.UUID, seen: int) -> CalendarChange:
    """Put the rows of a change into the calendar, as a person other than the one who proposed them.

    `seen` is the version of the calendar (`calendar_store`) that the shown difference was made with. Raises
    `NotThatPerson`, `RowRefused` when the rows do not fit any more, and `NotPossible` when the change is settled or the
    calendar changed meanwhile.
    """
    _manager(actor)
    with transaction.atomic():
        _one_at_a_time()
        change = _open(change_id)
        if change.proposed_by == actor.id:
            raise NotThatPerson("You put this forward. A second policy manager activates it.")
        calendar = calendar_store.read_now()
        if len(calendar.rows) != seen:
            raise NotPossible(
                "The calendar changed since this page was opened, so nothing was activated. Look at the difference "
                "again: it is shown as it is now."
            )
        rows = proposed(change.rows)
        check(calendar, rows)
        _settle(change, ChangeState.ACTIVATED, actor)
        moment = now()
        CalendarRow.objects.bulk_create(_kept(row.recorded_on(moment.date()), change, moment) for row in rows)
        append(
            NewEntry(
                payload=CalendarActivated(
                    change=str(change.pk),
                    rows=list(rows),
                    reason=change.reason,
                    recorded=moment.date().isoformat(),
                    proposed_by=change.proposed_by,
                    proposed_name=change.proposed_name,
                ),
                actor=actor,
            )
        )
        transaction.on_commit(calendar_store.forget)
    return change


def decline(*, actor: Actor, change_id: uuid.UUID, reason: str) -> CalendarChange:
    """Close a change without it: the second person declines it, or whoever proposed it takes it back."""
    _manager(actor)
    reason = _reason(reason, "declined", "Say in a sentence why not; whoever put it forward reads it.")
    with transaction.atomic():
        _one_at_a_time()
        change = _open(change_id)
        change.settled_reason = reason
        _settle(change, ChangeState.DISCARDED, actor)
        append(
            NewEntry(
                payload=CalendarSetAside(
                    change=str(change.pk), rows=list(proposed(change.rows)), reason=reason
                ),
                actor=actor,
            )
        )
    return change


def _manager(actor: Actor) -> None:
    if actor.role != MANAGER:
        raise NotThatPerson("Only policy managers change the calendar.")


def _reason(text: str, field: str, missing: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise RowRefused(Mistake(field, f"The reason is missing. {missing}"))
    if len(reason) > LONGEST_REASON:
        raise RowRefused(
            Mistake(field, f"The reason has {len(reason)} characters; {LONGEST_REASON} fit. Shorten it.")
        )
    return reason


def _one_at_a_time() -> None:
    """Held until commit: two changes that are right alone may be wrong together, and each must see the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])


def _open(change_id: uuid.UUID) -> CalendarChange:
    change = CalendarChange.objects.select_for_update().filter(pk=change_id).first()
    if change is None:
        raise NotPossible("There is no such change of the calendar.")
    if change.state != ChangeState.PROPOSED:
        raise NotPossible(
            f"This change is settled: {change.get_state_display().lower()} by {change.settled_name}."
        )
    return change


def _settle(change: CalendarChange, state: ChangeState, actor: Actor) -> None:
    change.state = state
    change.settled_by = actor.id
    change.settled_name = actor.name
    change.settled_at = now()
    change.save(update_fields=["state", "settled_by", "settled_name", "settled_at", "settled_reason"])


def _kept(row: Row, change: CalendarChange, moment: datetime) -> CalendarRow:
    return CalendarRow(
        key=row.key,
        edition=row.edition,
        component=row.component,
        track=row.track,
        event=row.event,
        since=row.since,
        recorded=row.recorded,
        authority=row.authority,
        bodies=list(row.bodies),
        scope=row.scope,
        decision_types=list(row.decision_types),
        statutes=list(row.statutes),
        certainty=row.certainty,
        certainty_note=row.certainty_note,
        sources=list(row.sources),
        replaces_id=row.replaces or None,
        entered_at=moment,
        change=change,
    )
