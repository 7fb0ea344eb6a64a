"""Reads of the calendar as a table that two people change: its rows with their history, a change with what it moves.

No row is hidden: one that was corrected or taken back stays listed, with the row that stands in its place.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.clock import now
from policy import calendar_store
from policy.calendar import MEMORANDUM, Calendar, Interval, Row
from policy.calendar_changes.checks import Mistake
from policy.calendar_changes.difference import Moved, moved
from policy.calendar_changes.reach import Reached, reached_by
from policy.calendar_changes.rows import EVENT_WORDS, RETRACTED, ProposedRow, proposed, with_rows
from policy.calendar_changes.services import RowRefused, check
from policy.calendar_file import seed
from policy.editions import load
from policy.models import CalendarChange, CalendarRow, ChangeState
from policy.selectors import STATUS_WORDS, decision_type_keys
from policy.services import FORM_EDITION


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table. `replaced_by` is the row that stands in its place, empty while it stands itself."""

    row: Row
    name: str
    event: str
    standing: bool
    replaced_by: str
    change: CalendarChange | None
    sources: tuple[str, ...]
    decisions: str


@dataclass(frozen=True, slots=True)
class Value:
    """One field of a row, before and after."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Beside:
    """One row that a change brings, beside the one that it corrects, field by field."""

    row: ProposedRow
    wrong: Row | None
    values: tuple[Value, ...]

    @property
    def title(self) -> str:
        """What the row does, in words."""
        name = seed().name(self.row.edition)
        if self.row.event == RETRACTED:
            return f"Take back the row “{self.row.replaces}” of the {name}"
        return f"Correct the row “{self.row.replaces}”" if self.wrong else f"New row of the {name}"


@dataclass(frozen=True, slots=True)
class MovedLine:
    """An answer that moves, in words."""

    day: date
    name: str
    component: str
    decisions: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What rows would do to the calendar as it stands. `mistake` says why they cannot, as it is now."""

    rows: tuple[Beside, ...]
    moved: tuple[MovedLine, ...]
    reached: tuple[Reached, ...]
    seen: int
    mistake: Mistake | None

    @property
    def drafts(self) -> int:
        return sum(one.reached for one in self.reached)


def lines(*, standing_only: bool) -> list[Line]:
    """The rows of the table, newest day first; the standing ones alone, or with those that were corrected."""
    rows = list(
        CalendarRow.objects.select_related("change").order_by("-since", "edition", "track", "-entered_at")
    )
    replaced = {row.replaces_id: row.key for row in rows if row.replaces_id}
    found = [_line(row, replaced.get(row.key, "")) for row in rows]
    return [one for one in found if one.standing] if standing_only else found


def _line(kept: CalendarRow, replaced_by: str) -> Line:
    row = calendar_store.plain(kept)
    return Line(
        row=row,
        name=seed().name(row.edition),
        event=EVENT_WORDS[row.event],
        standing=not replaced_by and row.event != RETRACTED,
        replaced_by=replaced_by,
        change=kept.change,
        sources=tuple(title(source) for source in row.sources),
        decisions=decision_words(row.decision_types),
    )


def title(source: str) -> str:
    """A source in words: the title of a known citation, else as it was written."""
    return next((one.title for one in seed().citations if one.key == source), source)


def decision_words(keys: Sequence[str]) -> str:
    """Decision types in words; "all decisions" where none is named."""
    titles = {kind.key: kind.title for kind in load(FORM_EDITION).decision_types}
    return ", ".join(titles.get(key, key) for key in keys) or "All decisions"


def waiting() -> list[CalendarChange]:
    """Changes that wait for a second person, oldest first."""
    return list(CalendarChange.objects.filter(state=ChangeState.PROPOSED).order_by("id"))


def settled() -> list[CalendarChange]:
    """The last settled changes, newest first."""
    return list(CalendarChange.objects.exclude(state=ChangeState.PROPOSED).order_by("-id")[:25])


def change(change_id: uuid.UUID) -> CalendarChange | None:
    """One change, or None."""
    return CalendarChange.objects.filter(pk=change_id).first()


def effect_of(stored: CalendarChange) -> Effect:
    """What a change does: of an open one to the calendar as it stands, of a settled one as it was then."""
    rows = proposed(stored.rows)
    calendar = calendar_store.read_now()
    if stored.state != ChangeState.ACTIVATED:
        return effect(rows, calendar)
    # Whatever came in later is left out, so that the page goes on showing what the second person saw.
    keys = {row.key for row in rows}
    entered = CalendarRow.objects.filter(change=stored).values_list("entered_at", flat=True).first()
    earlier = set(CalendarRow.objects.filter(entered_at__lt=entered).values_list("key", flat=True)) - keys
    before = Calendar(row for row in calendar.rows if row.key in earlier)
    after = Calendar(row for row in calendar.rows if row.key in earlier | keys)
    return Effect(
        rows=tuple(_beside(row, before) for row in rows),
        moved=_moved(before, after),
        reached=tuple(reached_by(calendar)),
        seen=len(calendar.rows),
        mistake=None,
    )


def effect(rows: Sequence[ProposedRow], calendar: Calendar | None = None) -> Effect:
    """What rows would do to the calendar as it stands. Nothing is kept."""
    calendar = calendar or calendar_store.read_now()
    beside = tuple(_beside(row, calendar) for row in rows)
    try:
        check(calendar, rows)
    except RowRefused as refused:
        return Effect(beside, (), (), len(calendar.rows), Mistake(refused.field, str(refused)))
    after = with_rows(calendar, rows, now().date())
    return Effect(beside, _moved(calendar, after), tuple(reached_by(after)), len(calendar.rows), None)


def _beside(row: ProposedRow, calendar: Calendar) -> Beside:
    wrong = next((one for one in calendar.rows if one.key == row.replaces), None)
    was = _fields(wrong) if wrong else {}
    # A row that is taken back leaves nothing in its place.
    now_says = {} if row.event == RETRACTED else _fields(row.recorded_on(now().date()))
    names = [name for name in dict.fromkeys([*was, *now_says]) if was.get(name) or now_says.get(name)]
    return Beside(row, wrong, tuple(Value(name, was.get(name, ""), now_says.get(name, "")) for name in names))


def _fields(row: Row) -> dict[str, str]:
    """The fields of a row that a person reads; what is recorded when is told beside them."""
    return {
        "Edition": seed().name(row.edition),
        "Component": f"{row.component} ({', '.join(row.bodies)})" if row.bodies else row.component,
        "What happens": EVENT_WORDS[row.event],
        "Proceeding": "" if row.track == MEMORANDUM else row.track,
        "From": row.since.isoformat(),
        "Authority": row.authority,
        "Scope": row.scope,
        "Decisions": decision_words(row.decision_types),
        "Statutes": "; ".join(row.statutes),
        "Certainty": "Read in a source" if row.certainty == "confirmed" else "Not fully confirmed",
        "Note on certainty": row.certainty_note,
        "Sources": "; ".join(title(source) for source in row.sources),
    }


def _moved(before: Calendar, after: Calendar) -> tuple[MovedLine, ...]:
    return tuple(_in_words(one) for one in moved(before, after, decision_type_keys()))


def _in_words(one: Moved) -> MovedLine:
    return MovedLine(
        day=one.day,
        name=seed().name(one.edition),
        component=one.component,
        decisions=decision_words(one.decisions),
        before=said(one.before),
        after=said(one.after),
    )


def said(one: Interval | None) -> tuple[str, ...]:
    """The answer of a day for one edition: its status and since when, its scope, its authority."""
    if one is None:
        return ("Not signed yet",)
    words = [f"{STATUS_WORDS[one.status]}, since {one.since.isoformat()}", one.scope, one.row.authority]
    return tuple(word for word in words if word)
