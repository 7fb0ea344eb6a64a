"""Working days: Monday to Friday. Federal holidays are not known here, so no deadline is later than it should be."""

from __future__ import annotations

import datetime

REVIEW_WITHIN = 2
# A detained person, or a removal or its stay that is near.
URGENT_WITHIN = 1
# An oral approval is confirmed, or returned, by the supervisor who gave it.
CONFIRM_WITHIN = 1


def add_working_days(day: datetime.date, number: int) -> datetime.date:
    """The day that lies `number` working days after `day`."""
    while number > 0:
        day += datetime.timedelta(days=1)
        if day.weekday() < 5:
            number -= 1
    return day
