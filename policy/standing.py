"""What a day's calendar means for a decision and for the head of a page. Plain Python.

Officers apply the department's or ICE's own guidance; OPLA's binds its attorneys and never leads an officer's form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from policy.calendar import Calendar, Interval, Row
from policy.calendar_file import Seed

OF_OFFICERS: Final = frozenset({"DHS", "ICE"})
NONE: Final = "no department priorities in force"

_WORDS: Final[dict[str, str]] = {
    "issued": "signed, start on {until}",
    "in_force": "in force since {since}",
    "partly_enjoined": "in force, partly enjoined since {since}",
    "enjoined": "enjoined since {since}",
    "vacated": "vacated since {since}",
    "rescinded": "rescinded since {since}",
    "superseded": "superseded since {since}",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer of one day for one decision type (or for all of them).

    `edition_key` is None when no priorities bind officers; `named` is then the interval that the words speak of.
    `overlays` are the orders that hold; `all` is everything that the calendar says on the day.
    """

    day: date
    edition_key: str | None
    named: Interval | None
    overlays: tuple[Row, ...]
    all: tuple[Interval, ...]
    words: str

    @property
    def in_force(self) -> bool:
        """Whether priorities that bind officers are in force, wholly or in part."""
        return self.edition_key is not None

    @property
    def status(self) -> str:
        return self.named.status if self.named else "not_issued"

    @property
    def since(self) -> date | None:
        return self.named.since if self.named else None

    @property
    def until(self) -> date | None:
        return self.named.until if self.named else None

    @property
    def scope(self) -> str:
        return self.named.scope if self.named else ""

    @property
    def authority(self) -> str:
        return self.named.row.authority if self.named else ""

    def status_of(self, edition: str) -> str:
        """The status of one edition on the day; `not_issued` for one that was not signed yet."""
        return next((one.status for one in self.all if one.edition == edition), "not_issued")


def standing_in(
    calendar: Calendar, seed: Seed, day: date, decision: str = "", known_at: date | None = None
) -> Standing:
    """What applies on a day, by all that is known or by what was known on another. Every day has an answer."""
    said = calendar.on(day, known_at, decision)
    ours = [one for one in said if one.component in OF_OFFICERS]
    valid = [one for one in ours if one.in_force]
    # The newer edition leads where two bind at once; without one in force, the last thing that happened is told.
    named = max(valid or ours, key=lambda one: (one.since, one.edition), default=None)
    if named is None:
        words = f"{NONE} in this calendar"
        return Standing(day, None, None, (), said, words)
    told = _WORDS[named.status].format(since=named.since, until=named.until)
    name = seed.name(named.edition)
    return Standing(
        day=day,
        edition_key=named.edition if valid else None,
        named=named,
        overlays=named.overlays if valid else (),
        all=said,
        words=f"{name}, {told}" if valid else f"{NONE} ({name}: {told})",
    )
