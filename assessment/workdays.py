"""Working days: Monday to Friday without federal holidays (`assessment.holidays`)."""

from __future__ import annotations

import datetime

from assessment.holidays import is_working_day

REVIEW_WITHIN = 2
# A detained person, or a removal or its stay that is near.
URGENT_WITHIN = 1


def add_working_days(day: datetime.date, number: int) -> datetime.date:
    """The day that lies `number` working days after `day`."""
    while number > 0:
        day += datetime.timedelta(days=1)
        if is_working_day(day):
            number -= 1
    return day


def working_days_between(first: datetime.date, last: datetime.date) -> int:
    """How many working days come after `first`, up to `last` itself; none where `last` is not later."""
    days = range(1, (last - first).days + 1)
    return sum(is_working_day(first + datetime.timedelta(days=one)) for one in days)
