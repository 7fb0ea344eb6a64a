"""What other rooms show on an assessment's page. `review` registers returns and lines; this room may not import it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from assessment.models import Decision


@dataclass(frozen=True, slots=True)
class ReturnPoint:
    """One point of a return: the section it speaks of (empty for the whole) and the supervisor's words."""

    ordinal: int
    about: str
    about_label: str
    text: str


@dataclass(frozen=True, slots=True)
class Return:
    """One return of a decision, newest last."""

    reviewer: str
    at: str
    number: int
    reason: str
    points: list[ReturnPoint]


@dataclass(frozen=True, slots=True)
class Line:
    """What another room says beside a decision; `url` leads to where something can be done, empty for nowhere."""

    title: str
    text: str
    url: str = ""
    link: str = ""


_lines: list[Callable[[User, Decision], list[Line]]] = []
_build: list[Callable[[Decision], list[Return]]] = []


def register_returns(build: Callable[[Decision], list[Return]]) -> None:
    """Called once by the room that reviews."""
    _build.append(build)


def returns_of(decision: Decision) -> list[Return]:
    """Every return of a decision, oldest first."""
    return [one for build in _build for one in build(decision)]


def last_return(decision: Decision) -> Return | None:
    """The return of the version that was signed last; None when that version was not returned."""
    found = [one for one in returns_of(decision) if one.number == decision.signed_number]
    return found[-1] if found else None


def register_lines(build: Callable[[User, Decision], list[Line]]) -> None:
    """Called once by a room that has something to say beside a decision."""
    _lines.append(build)


def lines_of(user: User, decision: Decision) -> list[Line]:
    """What the rooms above say beside a decision to this person."""
    return [line for build in _lines for line in build(user, decision)]
