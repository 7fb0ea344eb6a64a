"""A row of the calendar as somebody puts it forward. Plain Python; the log and the table keep it in this shape.

It has no `recorded`: that is the day on which a second person activates it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict

from policy.calendar import MEMORANDUM, Calendar, Component, Event, Row
from policy.editions.base import Certainty

RETRACTED: Final = "retracted"
LONGEST: Final = {"track": 100, "authority": 400, "scope": 600, "certainty_note": 600}
LONGEST_SOURCE: Final = 200
LONGEST_STATUTE: Final = 60

EVENT_WORDS: Final[dict[str, str]] = {
    "signed": "Signed, starts later",
    "in_force": "Takes effect",
    "superseded": "Superseded",
    "rescinded": "Rescinded",
    "enjoined": "Enjoined",
    "partly_enjoined": "Enjoined in part",
    "vacated": "Vacated",
    "lifted": "Order ends: lifted, stayed or run out",
    "reinstated": "Reinstated",
    RETRACTED: "Taken back: it was recorded in error",
}


class ProposedRow(BaseModel):
    """The fields mean what they mean in `policy.calendar.Row`; `since` is written as 2021-11-29."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    key: str
    edition: str
    component: Component
    event: Event
    since: str
    authority: str
    track: str = MEMORANDUM
    bodies: list[str] = []
    scope: str = ""
    decision_types: list[str] = []
    statutes: list[str] = []
    certainty: Certainty
    certainty_note: str = ""
    sources: list[str] = []
    replaces: str = ""

    def recorded_on(self, day: date) -> Row:
        """The row of the calendar that it becomes when it is activated on a day."""
        return Row(
            key=self.key,
            edition=self.edition,
            component=self.component,
            event=self.event,
            since=date.fromisoformat(self.since),
            recorded=day,
            authority=self.authority,
            track=self.track,
            bodies=tuple(self.bodies),
            scope=self.scope,
            decision_types=tuple(self.decision_types),
            statutes=tuple(self.statutes),
            certainty=self.certainty,
            certainty_note=self.certainty_note,
            sources=tuple(self.sources),
            replaces=self.replaces,
        )


def proposed(stored: object) -> tuple[ProposedRow, ...]:
    """The rows of a change as the table keeps them."""
    if not isinstance(stored, list):
        raise TypeError("the rows of a change of the calendar are a list")
    return tuple(ProposedRow.model_validate(one) for one in stored)


def with_rows(calendar: Calendar, rows: Iterable[ProposedRow], day: date) -> Calendar:
    """The calendar as it is once these rows are activated on a day."""
    return Calendar([*calendar.rows, *(row.recorded_on(day) for row in rows)])


def free_key(calendar: Calendar, edition: str, event: str, since: date) -> str:
    """A key that no row of the calendar has; it says what the row is."""
    taken = {row.key for row in calendar.rows}
    plain = f"{edition}-{event.replace('_', '-')}-from-{since.isoformat()}"
    key, number = plain, 1
    while key in taken:
        number += 1
        key = f"{plain}-{number}"
    return key
