"""The calendar as the database holds it, kept in the process and never stale for a page.

The rows only grow, so their count is their version. A request learns it with its session (`config.sessions`), in the
query that it makes anyway; where no session is read, the count is asked for after `SECONDS`. Signing asks neither: it
reads the rows inside its own transaction.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final, cast

from django.db.models import F, Func, IntegerField, Subquery

from policy.calendar import Calendar, Component, Event, Row
from policy.models import CalendarRow

SECONDS: Final = 1.0


@dataclass(slots=True)
class _Held:
    calendar: Calendar | None = None
    seen: int = -1
    seen_at: float = float("-inf")


_held = _Held()


def calendar() -> Calendar:
    """The rows as last committed, at most `SECONDS` old; without a query when nothing changed."""
    if time.monotonic() - _held.seen_at > SECONDS:
        note_version(CalendarRow.objects.count())
    held = _held.calendar
    if held is None or len(held.rows) != _held.seen:
        held = read_now()
        _held.calendar = held
        note_version(len(held.rows))
    return held


def version_beside() -> Subquery:
    """The version as a subquery, for whoever reads something else at the same time."""
    total = Func(F("key"), function="COUNT", output_field=IntegerField())
    return Subquery(CalendarRow.objects.order_by().annotate(total=total).values("total"))


def note_version(version: int) -> None:
    """The version that the database was just seen to have."""
    _held.seen, _held.seen_at = version, time.monotonic()


def version_held() -> int:
    """The version of the rows that this process keeps; -1 when it keeps none."""
    return len(_held.calendar.rows) if _held.calendar else -1


def forget() -> None:
    """Ask again at the next look-up."""
    _held.calendar, _held.seen, _held.seen_at = None, -1, float("-inf")


def read_now() -> Calendar:
    """The rows as the current transaction sees them."""
    return Calendar(plain(row) for row in CalendarRow.objects.order_by("entered_at", "key"))


def plain(row: CalendarRow) -> Row:
    """A row of the table as the calendar works with it."""
    return Row(
        key=row.key,
        edition=row.edition,
        component=cast(Component, row.component),
        event=cast(Event, row.event),
        since=row.since,
        recorded=row.recorded,
        authority=row.authority,
        track=row.track,
        bodies=tuple(row.bodies),
        scope=row.scope,
        decision_types=tuple(row.decision_types),
        statutes=tuple(row.statutes),
        certainty=row.certainty,
        certainty_note=row.certainty_note,
        sources=tuple(row.sources),
        replaces=row.replaces_id or "",
    )
