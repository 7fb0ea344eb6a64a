"""Which open drafts a change of the calendar reaches. This room knows no drafts: a room above registers how they count.

A count names offices and no case: whoever changes the calendar sees none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policy.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Reached:
    """Open drafts of one office: all of them, and those whose author has to re-affirm."""

    office: str
    open: int
    reached: int


Count = Callable[[Calendar], Sequence[Reached]]
_counts: list[Count] = []


def register(count: Count) -> None:
    """Register in an AppConfig's `ready()`. `count` judges every open draft by a calendar on the day of today."""
    if count not in _counts:
        _counts.append(count)


def reached_by(calendar: Calendar) -> list[Reached]:
    """Offices with open drafts, and how many would have to be re-affirmed under this calendar."""
    return [one for count in _counts for one in count(calendar)]
