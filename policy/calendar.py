"""What was in force on a day, as far as it was known on another. Plain Python: rows in, answers out.

Two time axes. `since` is the day from which a row applies, `recorded` the day on which it could be known: the day of
its order or memorandum. A row says what one event did to one edition: a memorandum is signed, takes effect, is
superseded or rescinded; an order enjoins or vacates it, and is lifted or ends in a reinstatement. Each order runs on a
track of its own, so that two orders over one edition do not end each other. What a later row says ends what an earlier
one of its track said; ends are exclusive. Nothing is ever changed in place: a correction is a later row that `replaces`
a wrong one.

Invariants: every day has an answer; several editions or none may be in force; an answer depends on the rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Final, Literal

Status = Literal["in_force", "partly_enjoined", "enjoined", "vacated", "rescinded", "issued", "superseded"]
Component = Literal["DHS", "ICE", "OPLA"]
Event = Literal[
    "signed",
    "in_force",
    "superseded",
    "rescinded",
    "enjoined",
    "partly_enjoined",
    "vacated",
    "lifted",
    "reinstated",
    "retracted",
]

IN_FORCE: Final = frozenset({"in_force", "partly_enjoined"})
COMPONENTS: Final[tuple[Component, ...]] = ("DHS", "ICE", "OPLA")
MEMORANDUM: Final = "memorandum"
"""The track of the edition itself; every other track is the name of a proceeding."""

OF_MEMORANDUM: Final[dict[str, Status]] = {
    "signed": "issued",
    "in_force": "in_force",
    "superseded": "superseded",
    "rescinded": "rescinded",
}
OF_ORDER: Final[dict[str, Status | None]] = {
    "vacated": "vacated",
    "enjoined": "enjoined",
    "partly_enjoined": "partly_enjoined",
    # The order does not bind any more. A reinstatement is this event, not a status.
    "lifted": None,
    "reinstated": None,
}
STRENGTH: Final = ("vacated", "enjoined", "partly_enjoined")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One event. `decision_types` limits an order to some decisions; empty means all. `bodies` are parts of ICE."""

    key: str
    edition: str
    component: Component
    event: Event
    since: date
    recorded: date
    authority: str
    track: str = MEMORANDUM
    bodies: tuple[str, ...] = ()
    scope: str = ""
    decision_types: tuple[str, ...] = ()
    statutes: tuple[str, ...] = ()
    certainty: str = "background"
    certainty_note: str = ""
    sources: tuple[str, ...] = ()
    replaces: str = ""

    def binds(self, decision: str) -> bool:
        """Whether the event reaches a decision type; an empty one stands for all of them."""
        return not decision or not self.decision_types or decision in self.decision_types


@dataclass(frozen=True, slots=True)
class Interval:
    """A time in which one edition had one status. `until` is exclusive; None is until further notice.

    `row` is the event that brought it about, `overlays` the orders that hold in it.
    """

    edition: str
    component: Component
    status: Status
    since: date
    until: date | None
    row: Row
    overlays: tuple[Row, ...]

    @property
    def in_force(self) -> bool:
        return self.status in IN_FORCE

    @property
    def scope(self) -> str:
        """What orders take out; where none does, the part of the component that the edition speaks to."""
        if self.overlays:
            return " ".join(row.scope for row in self.overlays if row.scope)
        return (self.row.scope if self.row.track == MEMORANDUM else "") or self.bodies

    @property
    def bodies(self) -> str:
        return ", ".join(self.row.bodies)

    @property
    def reinstated(self) -> bool:
        return self.row.event == "reinstated"

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class Calendar:
    """Rows, and the answers that they give. Immutable; two calendars of the same rows answer alike."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: tuple[Row, ...] = tuple(rows)
        self._intervals = lru_cache(maxsize=64)(self._work_out)

    def known_at(self, day: date | None) -> list[Row]:
        """The rows that stood on a day: recorded by then, and not replaced by one that was. None is now."""
        known = [row for row in self.rows if day is None or row.recorded <= day]
        replaced = {row.replaces for row in known if row.replaces}
        return [row for row in known if row.key not in replaced and row.event != "retracted"]

    def intervals(self, known_at: date | None = None, decision: str = "") -> tuple[Interval, ...]:
        """Every interval of every edition by component and key, in order of time within one."""
        return self._intervals(known_at, decision)

    def on(self, day: date, known_at: date | None = None, decision: str = "") -> tuple[Interval, ...]:
        """What is said of each edition on a day; an edition that was not signed yet is not among them."""
        return tuple(one for one in self.intervals(known_at, decision) if one.holds_on(day))

    def _work_out(self, known_at: date | None, decision: str) -> tuple[Interval, ...]:
        def place(row: Row) -> tuple[int, str]:
            return COMPONENTS.index(row.component), row.edition

        found: list[Interval] = []
        for _, rows in groupby(sorted(self.known_at(known_at), key=place), key=place):
            found += _of_edition(list(rows), decision)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _State:
    status: Status
    row: Row
    overlays: tuple[Row, ...]


def _of_edition(rows: Sequence[Row], decision: str) -> list[Interval]:
    """The intervals of one edition. Neighbours that say the same are one interval."""
    changes: list[tuple[date, _State]] = []
    for day in sorted({row.since for row in rows}):
        state = _state_on(rows, day, decision)
        if state is not None and (not changes or changes[-1][1] != state):
            changes.append((day, state))
    ends: list[date | None] = [day for day, _ in changes[1:]]
    return [
        Interval(state.row.edition, state.row.component, state.status, day, end, state.row, state.overlays)
        for (day, state), end in zip(changes, [*ends, None], strict=True)
    ]


def _state_on(rows: Sequence[Row], day: date, decision: str) -> _State | None:
    """What the tracks of one edition say together on a day; None before it was signed."""
    tracks: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row.since, row.recorded, row.key)):
        if row.since <= day:
            tracks.setdefault(row.track, []).append(row)
    if MEMORANDUM not in tracks:
        return None
    own = tracks.pop(MEMORANDUM)[-1]
    status = OF_MEMORANDUM[own.event]
    if status != "in_force":
        # What was replaced or has not begun is not brought to life, or killed again, by an order.
        return _State(status, own, ())
    holding: list[Row] = []
    ended: list[Row] = []
    for track in tracks.values():
        last = track[-1]
        if _holds(last, decision):
            holding.append(last)
        elif any(_holds(earlier, decision) for earlier in track):
            ended.append(last)
    for strength in STRENGTH:
        strongest = [row for row in holding if row.event == strength]
        if strongest:
            newest = max(strongest, key=lambda row: row.since)
            return _State(OF_ORDER[strength] or "in_force", newest, tuple(strongest))
    # After an order that held, its end is what the edition rests on again; an order that never held changes nothing.
    later = [row for row in ended if row.since >= own.since]
    return _State("in_force", max(later, key=lambda row: row.since) if later else own, ())


def _holds(row: Row, decision: str) -> bool:
    """Whether an order takes something from the edition for a decision type."""
    return OF_ORDER.get(row.event) is not None and row.binds(decision)
