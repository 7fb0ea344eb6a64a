"""What a criterion looks at: facts as plain typed inputs, each with its words, its sources and its date as an interval.

Nothing here knows a person, and nothing protected has a type. A date is an interval with both days included. One that
a source gives as "about" reaches further than it says, by its own length and by a month at least: that can only turn
an answer into "cannot tell", never into "met" or "not met".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

LEAST_MARGIN: Final = timedelta(days=30)

Manner = Literal["without_inspection", "attempted", "admitted", "paroled", "other", "not_known"]
"""`attempted`: stopped at the border or a port of entry, so that no entry was made."""
OffenseClass = Literal["felony", "felony_of_status", "misdemeanor", "lesser"]
"""`felony_of_status`: immigration status itself was an element, which the 2014 memorandum leaves out."""
ChargeEnd = Literal["pending", "ended", "not_known"]


@dataclass(frozen=True, slots=True)
class Span:
    """A day that is known to lie between two days, both included."""

    earliest: date
    latest: date
    about: bool = False

    @property
    def widest(self) -> tuple[date, date]:
        """First and last day that the source leaves open."""
        if not self.about:
            return self.earliest, self.latest
        margin = max(LEAST_MARGIN, self.latest - self.earliest + timedelta(days=1))
        return _shifted(self.earliest, -margin), _shifted(self.latest, margin)

    def reaches(self, first: date) -> bool | None:
        """Whether the day is `first` or later; None when the interval has days on both sides."""
        earliest, latest = self.widest
        if earliest >= first:
            return True
        return False if latest < first else None


def _shifted(day: date, by: timedelta) -> date:
    """A day moved, held within the calendar that Python knows."""
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta(0) else date.max


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One fact of the record. `sources` are the pieces of evidence under it, in words; there may be none."""

    ref: str
    words: str
    on: Span | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry(Fact):
    """An arrival, however it went."""

    manner: Manner


@dataclass(frozen=True, kw_only=True, slots=True)
class Presence(Fact):
    """Being in the country since a day; `continuous` only when the record says that there were no long absences."""

    continuous: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Conviction(Fact):
    """A judgment of a court. Its class is the one that it names itself; None is not on record.

    `aggravated` is what was ruled on whether it is an aggravated felony; None without a ruling.
    """

    vacated: bool
    offense_class: OffenseClass | None = None
    aggravated: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Charge(Fact):
    """An arrest or charge without a conviction."""

    end: ChargeEnd


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """Everything that a criterion may look at. `criminal_record_read` covers the record and its dispositions."""

    entries: tuple[Entry, ...] = ()
    presences: tuple[Presence, ...] = ()
    convictions: tuple[Conviction, ...] = ()
    charges: tuple[Charge, ...] = ()
    criminal_record_read: bool = False
