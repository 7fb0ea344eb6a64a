"""Which answers of the calendar a change moves, and on which days. Plain Python: two calendars in, a list out.

A day is listed when its answer differs from the day before it or begins to; between two listed days the answer stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from policy.calendar import Calendar, Component, Interval


@dataclass(frozen=True, slots=True)
class Moved:
    """What is said of one edition from a day on, before and after. `decisions` is empty where all types read alike.

    None stands for nothing said: the edition was not signed yet.
    """

    day: date
    edition: str
    component: Component
    decisions: tuple[str, ...]
    before: Interval | None
    after: Interval | None


def moved(before: Calendar, after: Calendar, decisions: Sequence[str]) -> list[Moved]:
    """Every day on which an answer moves, oldest first; one line for the types of decision that read alike."""
    found: list[Moved] = []
    for edition in sorted({row.edition for row in after.rows} | {row.edition for row in before.rows}):
        days = sorted(_days(before, edition, decisions) | _days(after, edition, decisions))
        last: dict[str, tuple[object, object]] = {}
        for day in days:
            groups: dict[tuple[object, object], tuple[Interval | None, Interval | None, list[str]]] = {}
            for decision in decisions:
                was, now = (_of(one.on(day, None, decision), edition) for one in (before, after))
                said = (_said(was), _said(now))
                if said[0] != said[1] and last.get(decision) != said:
                    groups.setdefault(said, (was, now, []))[2].append(decision)
                last[decision] = said
            for was, now, types in groups.values():
                one = now or was
                if one is not None:
                    alike = () if len(types) == len(decisions) else tuple(types)
                    found.append(Moved(day, edition, one.component, alike, was, now))
    return sorted(found, key=lambda one: (one.day, one.edition, one.decisions))


def _days(calendar: Calendar, edition: str, decisions: Iterable[str]) -> set[date]:
    days: set[date] = set()
    for decision in decisions:
        for one in calendar.intervals(None, decision):
            if one.edition == edition:
                days |= {one.since, *([one.until] if one.until else [])}
    return days


def _of(said: Sequence[Interval], edition: str) -> Interval | None:
    return next((one for one in said if one.edition == edition), None)


def _said(one: Interval | None) -> object:
    """The answer of the day: its status, since when, by what, over what. Its end is told by the day that follows it."""
    if one is None:
        return None
    return (one.status, one.since, one.row.authority, one.scope, tuple(row.key for row in one.overlays))
