"""Federal holidays as data: fixed days with their observed day, and numbered weekdays of a month (5 U.S.C. 6103).

A fixed day that falls on a Saturday is observed on the Friday before, one on a Sunday on the Monday after (6103(b) and
Executive Order 11582). Days that the President closes offices for once, and days of one region (Inauguration Day, a
State's own), are not holidays of this list: a deadline is then sooner than it could be, never later.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
LAST: Final = -1


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same date every year; `first` is the year in which it was a holiday first."""

    name: str
    month: int
    day: int
    first: int = 0

    def observed(self, year: int) -> datetime.date:
        day = datetime.date(year, self.month, self.day)
        shift = {SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0)
        return day + datetime.timedelta(days=shift)


@dataclass(frozen=True, slots=True)
class Numbered:
    """The `number`-th such weekday of the month, or the last one."""

    name: str
    month: int
    weekday: int
    number: int
    first: int = 0

    def observed(self, year: int) -> datetime.date:
        if self.number == LAST:
            # No month of this list is December, so the month after is of the same year.
            day = datetime.date(year, self.month + 1, 1) - datetime.timedelta(days=1)
            return day - datetime.timedelta(days=(day.weekday() - self.weekday) % 7)
        day = datetime.date(year, self.month, 1)
        ahead = (self.weekday - day.weekday()) % 7
        return day + datetime.timedelta(days=ahead + 7 * (self.number - 1))


# 5 U.S.C. 6103(a), as amended by Pub. L. 117-17 (Juneteenth, from 2021-06-17).
HOLIDAYS: Final[tuple[Fixed | Numbered, ...]] = (
    Fixed("New Year's Day", 1, 1),
    Numbered("Birthday of Martin Luther King, Jr.", 1, MONDAY, 3),
    Numbered("Washington's Birthday", 2, MONDAY, 3),
    Numbered("Memorial Day", 5, MONDAY, LAST),
    Fixed("Juneteenth National Independence Day", 6, 19, first=2021),
    Fixed("Independence Day", 7, 4),
    Numbered("Labor Day", 9, MONDAY, 1),
    Numbered("Columbus Day", 10, MONDAY, 2),
    Fixed("Veterans Day", 11, 11),
    Numbered("Thanksgiving Day", 11, THURSDAY, 4),
    Fixed("Christmas Day", 12, 25),
)


@lru_cache(maxsize=64)
def holidays_of(year: int) -> dict[datetime.date, str]:
    """Days of a year on which offices are closed, with their names. New Year's Day may be observed the year before."""
    found = {one.observed(at): one.name for at in (year, year + 1) for one in HOLIDAYS if at >= one.first}
    return {day: name for day, name in sorted(found.items()) if day.year == year}


def is_working_day(day: datetime.date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays_of(day.year)
