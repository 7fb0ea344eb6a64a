"""Dates that are not known to the day: an interval, how precise, how certain, and the source's own words.

A year-only birth date is an interval of a year; "about November 2020" is November with certainty `about`.
Nothing here ever narrows an interval.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


class Certainty(StrEnum):
    STATED = "stated"
    ABOUT = "about"


HOW_TO_WRITE = (
    "Write 2021-11-29, 2021-11 or 2021; put 'about' before it when the source is not "
    "sure; a range is '2019 to 2021'."
)

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """The interval `[earliest, latest]`, both days included."""

    earliest: datetime.date
    latest: datetime.date
    precision: Precision
    certainty: Certainty
    words: str

    def __str__(self) -> str:
        if self.precision == Precision.DAY:
            text = self.earliest.isoformat()
        elif self.precision == Precision.MONTH:
            text = f"{self.earliest:%Y-%m}"
        elif self.precision == Precision.YEAR:
            text = f"{self.earliest.year:04d}"
        else:
            text = f"{self.earliest.isoformat()} to {self.latest.isoformat()}"
        return f"about {text}" if self.certainty == Certainty.ABOUT else text

    @classmethod
    def day(cls, day: datetime.date) -> UncertainDate:
        return cls(day, day, Precision.DAY, Certainty.STATED, day.isoformat())

    @classmethod
    def year(cls, year: int) -> UncertainDate:
        return cls(
            datetime.date(year, 1, 1),
            datetime.date(year, 12, 31),
            Precision.YEAR,
            Certainty.STATED,
            f"{year:04d}",
        )

    @classmethod
    def parse(cls, text: str) -> UncertainDate:
        """Read a date as an officer types it. Raises `ValidationError` with a text for the person."""
        words = " ".join(text.split())
        lowered = words.lower()
        certainty = Certainty.STATED
        for prefix in ("about ", "around ", "circa ", "ca. ", "approximately "):
            if lowered.startswith(prefix):
                certainty, lowered = Certainty.ABOUT, lowered[len(prefix) :]
        first, separator, second = lowered.partition(" to ")
        low, high, precision = _interval(first, words)
        if separator:
            _, high, _ = _interval(second, words)
            precision = Precision.RANGE
        if high < low:
            raise ValidationError(f"'{words}' ends before it begins. {HOW_TO_WRITE}", code="order")
        return cls(low, high, precision, certainty, words)


def _interval(text: str, words: str) -> tuple[datetime.date, datetime.date, Precision]:
    text = text.strip().rstrip(".,")
    try:
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
            day = datetime.date(int(match[1]), int(match[2]), int(match[3]))
            return day, day, Precision.DAY
        if match := re.fullmatch(r"(\d{1,2}) ?[/-] ?(\d{1,2}) ?[/-] ?(\d{4})", text):
            day = _month_first(int(match[1]), int(match[2]), int(match[3]), words)
            return day, day, Precision.DAY
        if (match := re.fullmatch(r"([a-z]+)\.? (\d{1,2}),? (\d{4})", text)) and match[1] in MONTHS:
            day = datetime.date(int(match[3]), MONTHS[match[1]], int(match[2]))
            return day, day, Precision.DAY
        if (match := re.fullmatch(r"(\d{1,2}) ([a-z]+)\.?,? (\d{4})", text)) and match[2] in MONTHS:
            day = datetime.date(int(match[3]), MONTHS[match[2]], int(match[1]))
            return day, day, Precision.DAY
        if match := re.fullmatch(r"(\d{1,2}) ?[/-] ?(\d{4})", text):
            return _month(int(match[2]), int(match[1]))
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
            return _month(int(match[1]), int(match[2]))
        if (match := re.fullmatch(r"([a-z]+)\.? (\d{4})", text)) and match[1] in MONTHS:
            return _month(int(match[2]), MONTHS[match[1]])
        if re.fullmatch(r"\d{4}", text):
            year = int(text)
            return datetime.date(year, 1, 1), datetime.date(year, 12, 31), Precision.YEAR
    except ValueError as error:
        raise ValidationError(
            f"'{words}' is not a day of the calendar. {HOW_TO_WRITE}", code="day"
        ) from error
    raise ValidationError(f"'{words}' could not be read as a date. {HOW_TO_WRITE}", code="form")


def _month_first(month: int, day: int, year: int, words: str) -> datetime.date:
    """A day written with slashes, month first. Raises `ValidationError` where the day may stand first as well."""
    read = datetime.date(year, month, day)
    if month != day and day <= 12:
        other = datetime.date(year, day, month)
        raise ValidationError(
            f"'{words}' can be read as {in_full(read)} or as {in_full(other)}. Write {read} or {other}.",
            code="two readings",
        )
    return read


def in_full(day: datetime.date) -> str:
    """A day in full words: December 5, 2024."""
    return f"{calendar.month_name[day.month]} {day.day}, {day.year}"


def _month(year: int, month: int) -> tuple[datetime.date, datetime.date, Precision]:
    first = datetime.date(year, month, 1)
    return first, datetime.date(year, month, calendar.monthrange(year, month)[1]), Precision.MONTH


@dataclass(frozen=True, slots=True)
class Age:
    """An age in whole years on a day, as an interval: `low` = `high` only when the birth date is known well
    enough."""

    low: int
    high: int

    @property
    def straddles_18(self) -> bool:
        return self.low < 18 <= self.high

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low} or {self.high}"


def age_on(earliest: datetime.date, latest: datetime.date, day: datetime.date) -> Age:
    """The age on `day` of somebody born between `earliest` and `latest`, both included."""
    return Age(_years(latest, day), _years(earliest, day))


def _years(born: datetime.date, day: datetime.date) -> int:
    return max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day)))
