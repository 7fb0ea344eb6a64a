"""Reads the calendar that the product begins with. Plain Python over `calendar.yml`; wrong data names file and line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from policy.calendar import MEMORANDUM, OF_MEMORANDUM, OF_ORDER, Calendar, Component, Event, Row

from .editions.base import Certainty, Part, SourceKeys
from .editions.clauses import Citation
from .editions.reader import Source, read_file

FILE: Final = Path(__file__).with_name("calendar.yml")


class NamedEdition(Part):
    """An edition as the calendar names it: its key, its short name, and whose guidance it is."""

    key: str
    component: Component
    name: str


class RowInFile(Part):
    """One event as the file writes it. What it leaves out is empty; see `policy.calendar.Row`."""

    key: str
    edition: str
    event: Event
    since: Annotated[date, Field(alias="from")]
    recorded: date
    authority: Annotated[str, Field(min_length=1)]
    track: str = MEMORANDUM
    bodies: tuple[str, ...] = ()
    scope: str = ""
    decision_types: tuple[str, ...] = ()
    statutes: tuple[str, ...] = ()
    certainty: Certainty
    certainty_note: str = ""
    sources: SourceKeys
    replaces: str = ""


class CalendarFile(Part):
    editions: Annotated[tuple[NamedEdition, ...], Field(min_length=1)]
    rows: Annotated[tuple[RowInFile, ...], Field(min_length=1)]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Seed:
    """What the file says: the rows, the names of the editions, the titles of its sources."""

    calendar: Calendar
    editions: tuple[NamedEdition, ...]
    citations: tuple[Citation, ...]

    def name(self, edition: str) -> str:
        """The short name of an edition; the key itself for one that the file does not name."""
        return next((one.name for one in self.editions if one.key == edition), edition)

    def component(self, edition: str) -> Component:
        """Whose guidance an edition is. Raises KeyError for one that the file does not name."""
        for one in self.editions:
            if one.key == edition:
                return one.component
        raise KeyError(f"the calendar names no edition {edition!r}")


@lru_cache(maxsize=1)
def seed() -> Seed:
    """The calendar of this product as it begins, read once."""
    return load(FILE)


def load(path: Path) -> Seed:
    """Read a calendar. Raises EditionError with file and line of the first mistake."""
    source = Source()
    read_file(path, source)
    try:
        file = CalendarFile.model_validate(source.data)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(step) for step in first["loc"])
        raise source.error(first["loc"], f"{name!r} cannot be used: {first['msg']}") from error
    components = {one.key: one.component for one in file.editions}
    citations = {citation.key for citation in file.citations}
    seen: dict[object, str] = {}
    for index, row in enumerate(file.rows):
        wrong = _mistake(row, components, citations, seen)
        if wrong:
            field, what = wrong
            raise source.error(("rows", index, field), what)
    rows = [
        Row(
            component=components[row.edition], **{name: getattr(row, name) for name in RowInFile.model_fields}
        )
        for row in file.rows
    ]
    return Seed(Calendar(rows), file.editions, file.citations)


def _mistake(
    row: RowInFile, components: dict[str, Component], citations: set[str], seen: dict[object, str]
) -> tuple[str, str] | None:
    """The field that is wrong and what to change, or None. `seen` gathers what may stand only once."""
    if row.edition not in components:
        return "edition", f"there is no edition {row.edition!r} in this calendar"
    for named in row.sources:
        if named not in citations:
            return "sources", f"there is no citation {named!r} in this calendar"
    own = row.track == MEMORANDUM
    if row.event not in (OF_MEMORANDUM if own else OF_ORDER):
        return "event", f"the event {row.event!r} cannot stand on the track {row.track!r}"
    if row.event == "partly_enjoined" and not (row.decision_types and row.scope):
        return "event", "an order in part needs its 'decision_types' and its 'scope'"
    if row.key in seen:
        return "key", f"the key {row.key!r} stands twice"
    place = (row.edition, row.track, row.since, row.recorded)
    if place in seen:
        return "from", f"{seen[place]!r} says something for the same day; the two overlap"
    seen[row.key] = seen[place] = row.key
    first = (row.edition, "first")
    if own and first not in seen:
        seen[first] = row.key
        if row.event not in ("signed", "in_force"):
            return "event", "an edition begins with 'signed' or 'in_force'; before that there is a gap"
    elif not own and first not in seen:
        return "track", "an order comes after the edition that it is about"
    return None
