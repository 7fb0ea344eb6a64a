"""What cannot stand in a calendar: overlaps, gaps, an end without a beginning, an order that says not what it takes.

Plain Python. Each check names the field to correct and the row that it collides with. What is asked here of a change
is what `calendar_file` asks of the file that the product begins with, and more: nobody reviews a change like code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from policy.calendar import COMPONENTS, MEMORANDUM, OF_MEMORANDUM, OF_ORDER, Calendar, Row
from policy.calendar_changes.rows import RETRACTED

BODIES: Final = ("ERO", "HSI")
BEGINNINGS: Final = ("signed", "in_force")


@dataclass(frozen=True, slots=True)
class Mistake:
    """`field` is the one to correct; empty when it is the change as a whole."""

    field: str
    what: str


def mistake_in(calendar: Calendar, rows: Sequence[Row], owners: dict[str, str]) -> Mistake | None:
    """The first thing that keeps `rows` out of a calendar, or None. `owners` tells whose guidance an edition is."""
    if not rows:
        return Mistake("", "Nothing is put forward. Fill in a row.")
    for row in rows:
        for check in (_is_known, _says_what_it_takes, _corrects_what_stands):
            found = check(row, calendar, owners)
            if found:
                return found
    after = Calendar([*calendar.rows, *rows])
    for edition in dict.fromkeys(row.edition for row in rows):
        found = _of_edition([row for row in after.known_at(None) if row.edition == edition], rows)
        if found:
            return found
    return None


def _is_known(row: Row, calendar: Calendar, owners: dict[str, str]) -> Mistake | None:
    if row.edition not in owners:
        return Mistake("edition", "Choose an edition. A new one comes with the files of a release first.")
    if row.component != owners[row.edition] or row.component not in COMPONENTS:
        return Mistake(
            "edition", f"This edition is guidance of {owners[row.edition]}, not of {row.component}."
        )
    if row.bodies and (row.component != "ICE" or not set(row.bodies) <= set(BODIES)):
        return Mistake("bodies", "Only guidance of ICE is divided, and only into ERO and HSI.")
    if any(one.key == row.key for one in calendar.rows):
        return Mistake("", f"There is a row “{row.key}” already. Open the form again.")
    return None


def _says_what_it_takes(row: Row, calendar: Calendar, owners: dict[str, str]) -> Mistake | None:
    if row.event == RETRACTED:
        return None if row.replaces else Mistake("event", "Choose the row that was recorded in error first.")
    own = row.track == MEMORANDUM
    if row.event not in (OF_MEMORANDUM if own else OF_ORDER):
        if own:
            return Mistake(
                "track", "Name the proceeding: this is what a court or an office did to the edition."
            )
        return Mistake("track", "Leave the proceeding empty: this is what became of the edition itself.")
    if not row.authority:
        return Mistake("authority", "Name the order or memorandum, with its day.")
    if row.event == "partly_enjoined" and not row.decision_types:
        return Mistake("decision_types", "An order in part reaches some decisions only. Choose which.")
    if row.event == "partly_enjoined" and not row.scope:
        return Mistake("scope", "Say what an order in part takes out, in a sentence.")
    if not row.sources:
        return Mistake("sources", "Name at least one source, so that others can read it.")
    return None


def _corrects_what_stands(row: Row, calendar: Calendar, owners: dict[str, str]) -> Mistake | None:
    if not row.replaces:
        return None
    standing = {one.key: one for one in calendar.known_at(None)}
    wrong = standing.get(row.replaces)
    if wrong is None:
        return Mistake(
            "", f"The row “{row.replaces}” does not stand any more: it was corrected or taken back before."
        )
    if wrong.edition != row.edition:
        return Mistake("edition", f"A correction stays with its edition, {wrong.edition}.")
    if replace(row, key=wrong.key, recorded=wrong.recorded, replaces=wrong.replaces) == wrong:
        return Mistake("", f"This says the same as the row “{wrong.key}”. Change what is wrong in it.")
    return None


def _of_edition(standing: Sequence[Row], new: Sequence[Row]) -> Mistake | None:
    """What is wrong with the rows of one edition together, as they would stand."""
    checks: tuple[Callable[[Sequence[Row], Sequence[Row]], Iterator[Mistake]], ...] = (
        _overlaps,
        _gaps,
        _ends_without_beginning,
    )
    for check in checks:
        for found in check(standing, new):
            return found
    return None


def _track(standing: Sequence[Row], track: str) -> list[Row]:
    return sorted((row for row in standing if row.track == track), key=lambda row: (row.since, row.recorded))


def _overlaps(standing: Sequence[Row], new: Sequence[Row]) -> Iterator[Mistake]:
    ours = {row.key for row in new}
    seen: dict[tuple[str, date], Row] = {}
    for row in sorted(standing, key=lambda row: row.key in ours):
        place = (row.track, row.since)
        if place in seen:
            yield Mistake(
                "since",
                f"The row “{seen[place].key}” says something for the same day, {row.since}: the two overlap. "
                "Correct that row, or choose another day.",
            )
        seen[place] = row
    for before, after in pairwise(_track(standing, MEMORANDUM)):
        if before.event == after.event and ours & {before.key, after.key}:
            other = before if after.key in ours else after
            yield Mistake(
                "event",
                f"The row “{other.key}” of {other.since} says this already: the two overlap. Correct that row.",
            )


def _gaps(standing: Sequence[Row], new: Sequence[Row]) -> Iterator[Mistake]:
    own = _track(standing, MEMORANDUM)
    orders = [row for row in standing if row.track != MEMORANDUM]
    if not own and orders:
        yield Mistake(
            "event", f"The row “{orders[0].key}” would stand on nothing: there would be a gap under it."
        )
    if not own:
        return
    if own[0].event not in BEGINNINGS:
        yield Mistake(
            "since",
            f"The edition would begin with the row “{own[0].key}”, which ends it: before that there is a gap. "
            "An edition begins with its signature or with the day on which it takes effect.",
        )
    for row in own[1:]:
        if row.event == "signed":
            yield Mistake(
                "event", f"The row “{own[0].key}” of {own[0].since} begins the edition; it is signed once."
            )
    for row in orders:
        if row.since < own[0].since:
            yield Mistake(
                "since",
                f"The row “{row.key}” of {row.since} is before the row “{own[0].key}” of {own[0].since}, with which "
                "the edition begins: there is a gap between them.",
            )


def _ends_without_beginning(standing: Sequence[Row], new: Sequence[Row]) -> Iterator[Mistake]:
    for track in dict.fromkeys(row.track for row in standing if row.track != MEMORANDUM):
        held = False
        for row in _track(standing, track):
            if OF_ORDER[row.event] is None and not held:
                yield Mistake(
                    "track",
                    f"The row “{row.key}” of {row.since} ends an order, and none of “{track}” holds on that day. "
                    "Name the proceeding as the row of the order does.",
                )
            held = OF_ORDER[row.event] is not None
