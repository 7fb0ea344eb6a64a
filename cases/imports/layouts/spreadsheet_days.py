"""A day in every form that a release or a spreadsheet gives it. The time of day tells nothing and is dropped."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Final

from cases.dates import MONTHS
from cases.imports.errors import RowRefused

TIME: Final = r"(?:(?:T|,? )\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AP]\.?M\.?)?(?:Z| ?[+-]\d\d:?\d\d)?)?"
ISO: Final = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)" + TIME, re.ASCII | re.IGNORECASE)
US: Final = re.compile(r"(\d\d?)[/-](\d\d?)[/-](\d{4})" + TIME, re.ASCII | re.IGNORECASE)
DAY_FIRST: Final = re.compile(r"(\d\d?)[- ]?([a-z]{3,9})[- ]?(\d{4})" + TIME, re.ASCII | re.IGNORECASE)
MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})\.? (\d\d?),? (\d{4})" + TIME, re.ASCII | re.IGNORECASE)
# A spreadsheet counts days from the end of 1899. Four digits would be a year as likely.
SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
SERIAL_ZERO: Final = datetime.date(1899, 12, 30)
HOW: Final = "is not a date written as 12/31/2024 or 2024-12-31"


@lru_cache(maxsize=4096)
def day(heading: str, text: str) -> datetime.date | None:
    """None for an empty cell. Raises `RowRefused`; a year of two digits is refused, since it can be two years."""
    if not text:
        return None
    try:
        if found := ISO.fullmatch(text):
            return datetime.date(int(found[1]), int(found[2]), int(found[3]))
        if found := US.fullmatch(text):
            return datetime.date(int(found[3]), int(found[1]), int(found[2]))
        if (found := DAY_FIRST.fullmatch(text)) and found[2].lower() in MONTHS:
            return datetime.date(int(found[3]), MONTHS[found[2].lower()], int(found[1]))
        if (found := MONTH_FIRST.fullmatch(text)) and found[1].lower() in MONTHS:
            return datetime.date(int(found[3]), MONTHS[found[1].lower()], int(found[2]))
    except ValueError:
        raise RowRefused(heading, "is not a day of the calendar") from None
    if found := SERIAL.fullmatch(text):
        return SERIAL_ZERO + datetime.timedelta(days=int(found[1]))
    raise RowRefused(heading, HOW)
