"""What pages and forms ask of the guidance: the standing of a day, the calendar in rows, the parts of an edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from ledger import clock
from policy import calendar_store, contents
from policy.calendar import Calendar, Interval
from policy.calendar_file import seed
from policy.editions import Edition, available, load
from policy.editions.clauses import Clause, Heading
from policy.standing import Standing, standing_in
from policy.timeline import DRAWN, Numbered, pictures

STATUS_WORDS = {
    "not_issued": "Not signed yet",
    "issued": "Signed, not in force",
    "in_force": "In force",
    "partly_enjoined": "In force, partly enjoined",
    "enjoined": "Enjoined",
    "vacated": "Vacated",
    "rescinded": "Rescinded",
    "superseded": "Superseded",
}


def standing(day: date, decision: str = "", known_at: date | None = None) -> Standing:
    """What applies on a day, to one decision type or to all, by what was known on another day or by all that is known.

    Never raises; costs a query only after a change.
    """
    return standing_in(calendar_store.calendar(), seed(), day, decision, known_at)


def standing_now(day: date, decision: str = "") -> Standing:
    """The same as the current transaction sees it, for what is kept for good: never from what the process holds."""
    return standing_in(calendar_store.read_now(), seed(), day, decision)


def calendar() -> Calendar:
    """The whole calendar as it is known now."""
    return calendar_store.calendar()


def name_of(edition: str) -> str:
    """The short name of an edition, as the calendar gives it."""
    return seed().name(edition)


@dataclass(frozen=True, slots=True)
class Line(Numbered):
    """One interval of the calendar as a page lists it; `here` when it holds on the day that is asked about."""

    here: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an edition with its clauses."""

    heading: Heading
    clauses: Sequence[Clause]


def editions() -> list[Edition]:
    """All editions, newest first."""
    return [contents.shown(key) for key in reversed(contents.known_keys())]


def calendar_lines(day: date, known_at: date | None = None) -> list[Line]:
    """The whole calendar by component and edition, oldest first within one; what holds on a day is marked."""
    return [
        Line(
            number=number,
            interval=one,
            name=seed().name(one.edition),
            status=STATUS_WORDS[one.status],
            here=one.holds_on(day),
        )
        for number, one in enumerate(calendar().intervals(known_at), start=1)
    ]


def timeline(lines: Sequence[Line], day: date) -> dict[str, Any]:
    """What the template of the timeline needs: the pictures of these lines and the legend."""
    return {
        "pictures": pictures(lines, day, clock.now().date()),
        "legend": [(look, STATUS_WORDS[status]) for status, look in DRAWN.items()],
    }


def sections(edition: Edition) -> list[Section]:
    """The parts that have clauses, in order."""
    return [
        Section(heading, found) for heading in edition.parts if (found := edition.clauses_of(heading.key))
    ]


# One answer of `policy_in_force`; "from" is no name that a class could have.
Answer = TypedDict(
    "Answer",
    {
        "edition": str,
        "component": str,
        "status": str,
        "scope": str,
        "from": str,
        "to": str | None,
        "authority": str,
        "digest": str,
    },
)


class InForce(TypedDict):
    """The answer of `policy_in_force`, as `contracts` fixes it."""

    on: str
    known_at: str
    in_force: list[Answer]
    not_in_force: list[Answer]


def in_force(on: date, known_at: date | None = None, decision: str = "") -> InForce:
    """What was in force on a day, as far as it was known on another; without one, now."""
    said = calendar().on(on, known_at, decision)
    return {
        "on": on.isoformat(),
        "known_at": (known_at or clock.now().date()).isoformat(),
        "in_force": [_answer(one) for one in said if one.in_force],
        "not_in_force": [_answer(one) for one in said if not one.in_force],
    }


def _answer(one: Interval) -> Answer:
    return {
        "edition": one.edition,
        "component": one.component,
        "status": one.status,
        "scope": one.scope,
        "from": one.since.isoformat(),
        "to": one.until.isoformat() if one.until else None,
        "authority": one.row.authority,
        "digest": contents.shown(one.edition).rules_digest if one.edition in available() else "",
    }


def decision_type_keys() -> list[str]:
    """The codes of decision types in all editions."""
    found = {kind.key: None for key in available() for kind in load(key).decision_types}
    return list(found)
