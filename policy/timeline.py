"""The timeline picture: every edition as a lane, every status as a stretch of it, on a scale of days. Plain Python.

It decides places, never words of its own: the table below the picture says the same with numbers. Patterns are told
apart without color; a stretch that is too narrow for its number keeps its place and its entry in the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from policy.calendar import Interval

WIDTH: Final = 960
LEFT: Final = 132
RIGHT: Final = 14
TOP: Final = 40
LANE: Final = 34
BAR: Final = 20
NARROWEST: Final = 1.5
"""A stretch of one day is still drawn."""
FOR_NUMBER: Final = 17
"""Room that a number needs."""
FOR_YEAR: Final = 34
FIRST: Final = date(2014, 1, 1)
CLOSE: Final = (date(2021, 1, 1), date(2022, 10, 1))
"""The two years in which memoranda and orders follow each other within days, drawn again at a larger scale."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a status is drawn: a class of the style sheet, and the pattern that fills it, if one does."""

    style: str
    fill: str = ""


DRAWN: Final = {
    "issued": Look("tot-time--signed"),
    "in_force": Look("tot-time--in-force"),
    "partly_enjoined": Look("tot-time--order", "part"),
    "enjoined": Look("tot-time--order", "enjoined"),
    "vacated": Look("tot-time--order", "vacated"),
}
"""What is superseded or rescinded ends its lane; nothing is drawn for it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One interval as a bar. `number` is its number in the table, `shown` whether there is room for it."""

    x: float
    width: float
    look: Look
    number: int
    shown: bool
    title: str

    tag_width = 15

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def tag_x(self) -> float:
        return round(self.middle - self.tag_width / 2, 1)


@dataclass(frozen=True, slots=True)
class Lane:
    """One edition. `end` is where it was superseded or rescinded, None while it was not."""

    edition: str
    component: str
    y: int
    stretches: tuple[Stretch, ...]
    end: float | None

    @property
    def bar(self) -> int:
        return self.y + (LANE - BAR) // 2

    @property
    def tag(self) -> int:
        return self.y + LANE // 2 - 7

    @property
    def text(self) -> int:
        return self.y + LANE // 2 + 5


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A timeline from one day to another. `mark` is the place of the day that is asked about, where it lies inside."""

    key: str
    title: str
    first: date
    last: date
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    mark: float | None
    mark_label: str

    width = WIDTH
    left = LEFT
    top = TOP
    bar = BAR

    @property
    def right(self) -> int:
        return WIDTH - RIGHT

    @property
    def bottom(self) -> int:
        return TOP + LANE * len(self.lanes)

    @property
    def height(self) -> int:
        return self.bottom + 12

    @property
    def mark_anchor(self) -> str:
        return "end" if self.mark is not None and self.mark > WIDTH - 120 else "start"


@dataclass(frozen=True, slots=True)
class Numbered:
    """An interval as the table lists it, with its number."""

    number: int
    interval: Interval
    name: str
    status: str


def pictures(lines: Sequence[Numbered], day: date, today: date) -> tuple[Picture, Picture]:
    """The whole time up to the end of this year, and its crowded part again. `day` is marked where it lies inside."""
    last = max([today, day, *(line.interval.since for line in lines)])
    whole = picture_of(lines, "whole", "From 2014 to today", FIRST, date(last.year + 1, 1, 1), day)
    close = picture_of(lines, "close", "2021 and 2022 at a larger scale", *CLOSE, day)
    return whole, close


def picture_of(
    lines: Sequence[Numbered], key: str, title: str, first: date, last: date, day: date
) -> Picture:
    """One picture. Lanes stand in the order of the lines; an edition with nothing to draw has none."""
    scale = _Scale(first, last)
    editions = list(dict.fromkeys((line.interval.component, line.interval.edition) for line in lines))
    lanes: list[Lane] = []
    for _, edition in editions:
        of_it = [line for line in lines if line.interval.edition == edition]
        lane = _lane(of_it, scale, TOP + LANE * len(lanes))
        if lane.stretches:
            lanes.append(lane)
    inside = first <= day < last
    return Picture(
        key=key,
        title=title,
        first=first,
        last=last,
        lanes=tuple(lanes),
        ticks=_ticks(scale),
        mark=scale.place(day) if inside else None,
        mark_label=day.isoformat(),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    @property
    def per_day(self) -> float:
        return (WIDTH - LEFT - RIGHT) / (self.last - self.first).days

    def place(self, day: date) -> float:
        inside = min(max(day, self.first), self.last)
        return round(LEFT + (inside - self.first).days * self.per_day, 1)


def _lane(lines: Sequence[Numbered], scale: _Scale, y: int) -> Lane:
    stretches = []
    end = None
    for line in lines:
        one = line.interval
        if one.status not in DRAWN:
            ends_inside = scale.first <= one.since < scale.last
            end = scale.place(one.since) if ends_inside and end is None else end
            continue
        until = one.until or scale.last
        if until <= scale.first or one.since >= scale.last:
            continue
        x = scale.place(one.since)
        width = max(round(scale.place(until) - x, 1), NARROWEST)
        stretches.append(
            Stretch(
                x=x,
                width=width,
                look=DRAWN[one.status],
                number=line.number,
                shown=width >= FOR_NUMBER,
                title=f"{line.number}. {line.name}: {line.status}, {one.since} to {one.until or 'further notice'}",
            )
        )
    first = lines[0].interval
    return Lane(first.edition, first.component, y, tuple(stretches), end)


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    """Years; within a short time also the quarters between them."""
    months = (1, 4, 7, 10) if scale.per_day * 90 >= FOR_YEAR else (1,)
    found = []
    for year in range(scale.first.year, scale.last.year + 1):
        for month in months:
            day = date(year, month, 1)
            if scale.first <= day <= scale.last:
                # The last line of the scale closes it and needs no name.
                label = "" if day == scale.last else str(year) if month == 1 else f"{day:%b}"
                found.append(Tick(scale.place(day), label))
    return tuple(found)
