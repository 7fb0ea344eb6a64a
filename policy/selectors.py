"""What the pages of the guidance show. Reads files alone; no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from policy import calendar
from policy.calendar import Interval, Standing
from policy.editions import Edition, available, load
from policy.editions.clauses import Clause, Heading

STATUS_WORDS = {
    "not_issued": "Not signed yet",
    "issued": "Signed, not in force",
    "in_force": "In force",
    "partly_enjoined": "In force, partly enjoined",
    "enjoined": "Enjoined",
    "vacated": "Vacated",
    "rescinded": "Rescinded",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One interval of the calendar as a page lists it."""

    interval: Interval
    status: str
    today: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an edition with its clauses."""

    heading: Heading
    clauses: Sequence[Clause]


def editions() -> list[Edition]:
    """All editions, newest first."""
    return [load(key) for key in reversed(available())]


def calendar_rows(day: date) -> list[Row]:
    """The calendar, oldest first, with the row that holds on a day marked."""
    found = calendar.standing(day)
    return [
        Row(interval, STATUS_WORDS[interval.status], interval.since == found.since)
        for interval in calendar.calendar().intervals
    ]


def status_words(standing: Standing) -> str:
    """The status of a day in words."""
    return STATUS_WORDS[standing.status]


def sections(edition: Edition) -> list[Section]:
    """The parts that have clauses, in order."""
    return [
        Section(heading, found) for heading in edition.parts if (found := edition.clauses_of(heading.key))
    ]
