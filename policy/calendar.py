"""What was in force on a day: the calendar of the department's guidelines. Plain Python over `calendar.yml`.

Invariants: the intervals follow each other without a gap or an overlap, ends are exclusive, and the last one
is open; anything else is a load error that names file and line. On a day without priorities in force the
answer says so and names no edition: that is a valid state of the law, not a failure.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError

from .editions.base import Certainty, Part, SourceKeys
from .editions.clauses import Citation
from .editions.reader import Source, read_file

Status = Literal["not_issued", "issued", "in_force", "partly_enjoined", "enjoined", "vacated", "rescinded"]
IN_FORCE: Final = frozenset({"in_force", "partly_enjoined"})
FILE = Path(__file__).with_name("calendar.yml")

_WORDS: Final[dict[str, str]] = {
    "not_issued": "not signed yet",
    "issued": "signed on {since}, start on {until}",
    "in_force": "in force since {since}",
    "partly_enjoined": "in force, partly enjoined since {since}",
    "enjoined": "enjoined since {since}",
    "vacated": "vacated since {since}",
    "rescinded": "rescinded since {since}",
}


class Interval(Part):
    """A time in which the guidelines had one status. `to` is exclusive; None means until further notice."""

    since: Annotated[date, Field(alias="from")]
    until: Annotated[date | None, Field(alias="to")] = None
    status: Literal["issued", "in_force", "partly_enjoined", "enjoined", "vacated", "rescinded"]
    scope: str = ""
    reinstated: bool = False
    authority: str
    certainty: Certainty
    certainty_note: str = ""
    sources: SourceKeys


class Calendar(Part):
    """The intervals of one edition, in order of time."""

    edition: str
    name: str
    intervals: Annotated[tuple[Interval, ...], Field(min_length=1)]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer for one day. `edition_key` is None when no department priorities are in force.

    `since` and `until` (exclusive) bound the time in which the answer stays the same; None is without bound.
    `scope` says what an order takes out of the guidelines. `words` is one line for the head of a page.
    """

    edition_key: str | None
    status: Status
    since: date | None
    until: date | None
    scope: str
    authority: str
    words: str

    @property
    def in_force(self) -> bool:
        """Whether priorities of the department are in force, wholly or in part."""
        return self.edition_key is not None


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The calendar of this product, read once."""
    return load_calendar(FILE)


def load_calendar(path: Path) -> Calendar:
    """Read a calendar. Raises EditionError with file and line for an unknown key, a gap or an overlap."""
    source = Source()
    read_file(path, source)
    try:
        loaded = Calendar.model_validate(source.data)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(step) for step in first["loc"])
        raise source.error(first["loc"], f"{name!r} cannot be used: {first['msg']}") from error
    known = {citation.key for citation in loaded.citations}
    last = len(loaded.intervals) - 1
    for index, interval in enumerate(loaded.intervals):
        where = ("intervals", index)
        for named in interval.sources:
            if named not in known:
                raise source.error((*where, "sources"), f"there is no citation {named!r} in this calendar")
        if interval.until is None:
            if index < last:
                raise source.error(where, "only the last interval may be open; give this one a day in 'to'")
            continue
        if interval.until <= interval.since:
            raise source.error(
                where, f"the interval ends on {interval.until}, not after its start {interval.since}"
            )
        if index == last:
            raise source.error(where, "the last interval must be open; leave out 'to'")
        following = loaded.intervals[index + 1].since
        if following > interval.until:
            raise source.error(
                ("intervals", index + 1), f"there is a gap from {interval.until} to {following}; close it"
            )
        if following < interval.until:
            raise source.error(
                ("intervals", index + 1),
                f"this interval starts on {following} before the last one ends, {interval.until}: an overlap",
            )
    return loaded


def standing(on: date) -> Standing:
    """What applied on a day, by what is known now. Never raises; every day has an answer."""
    return standing_in(calendar(), on)


def standing_in(kept: Calendar, on: date) -> Standing:
    """The same, in a given calendar."""
    index = bisect_right(kept.intervals, on, key=lambda interval: interval.since) - 1
    if index < 0:
        return Standing(
            edition_key=None,
            status="not_issued",
            since=None,
            until=kept.intervals[0].since,
            scope="",
            authority="",
            words=f"no department priorities in force in this calendar ({kept.name}: {_WORDS['not_issued']})",
        )
    found = kept.intervals[index]
    told = _WORDS[found.status].format(since=found.since, until=found.until)
    valid = found.status in IN_FORCE
    return Standing(
        edition_key=kept.edition if valid else None,
        status=found.status,
        since=found.since,
        until=found.until,
        scope=found.scope,
        authority=found.authority,
        words=f"{kept.name}, {told}" if valid else f"no department priorities in force ({kept.name}: {told})",
    )
