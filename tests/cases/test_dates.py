"""Dates that are not known to the day keep their interval, precision, certainty and words."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cases.dates import UncertainDate, age_on
from cases.fields import DayField

DAY = datetime.date(2024, 12, 10)


@pytest.mark.parametrize(
    ("typed", "earliest", "latest", "precision", "certainty", "shown"),
    [
        ("2021-11-29", "2021-11-29", "2021-11-29", "day", "stated", "2021-11-29"),
        ("11/29/2021", "2021-11-29", "2021-11-29", "day", "stated", "2021-11-29"),
        ("Nov 29, 2021", "2021-11-29", "2021-11-29", "day", "stated", "2021-11-29"),
        ("11 / 29 / 2021", "2021-11-29", "2021-11-29", "day", "stated", "2021-11-29"),
        ("11-29-2021", "2021-11-29", "2021-11-29", "day", "stated", "2021-11-29"),
        ("29 Nov. 2021", "2021-11-29", "2021-11-29", "day", "stated", "2021-11-29"),
        ("11/2021", "2021-11-01", "2021-11-30", "month", "stated", "2021-11"),
        ("about November 2020", "2020-11-01", "2020-11-30", "month", "about", "about 2020-11"),
        ("2020-02", "2020-02-01", "2020-02-29", "month", "stated", "2020-02"),
        ("1991", "1991-01-01", "1991-12-31", "year", "stated", "1991"),
        ("2019 to 2021", "2019-01-01", "2021-12-31", "range", "stated", "2019-01-01 to 2021-12-31"),
    ],
)
def test_reads_what_officers_type(
    typed: str, earliest: str, latest: str, precision: str, certainty: str, shown: str
) -> None:
    date = UncertainDate.parse(typed)
    assert (date.earliest.isoformat(), date.latest.isoformat()) == (earliest, latest)
    assert (date.precision, date.certainty, str(date)) == (precision, certainty, shown)
    assert date.words == typed


@pytest.mark.parametrize("typed", ["soon", "2021-02-30", "2021-13", "2021 to 2019", "29.11.2021", ""])
def test_says_how_to_write_what_it_cannot_read(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        UncertainDate.parse(typed)
    assert "Write 2021-11-29" in str(refused.value)


@pytest.mark.parametrize("typed", ["12/05/2024", "about 12/5/2024"])
def test_a_day_with_two_readings_is_refused_with_both(typed: str) -> None:
    for read in (lambda: UncertainDate.parse(typed), lambda: DayField().clean(typed.removeprefix("about "))):
        with pytest.raises(ValidationError) as refused:
            read()
        told = " ".join(refused.value.messages)
        assert "December 5, 2024 or as May 12, 2024. Write 2024-12-05 or 2024-05-12." in told


@pytest.mark.parametrize(("typed", "day"), [("12/25/2024", "2024-12-25"), ("5/5/2024", "2024-05-05")])
def test_a_day_with_one_reading_is_read(typed: str, day: str) -> None:
    assert UncertainDate.parse(typed).earliest.isoformat() == day
    assert DayField().clean(typed).isoformat() == day


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2024, 12, 10)), st.integers(0, 400))
def test_an_age_interval_holds_every_day_of_birth(born: datetime.date, days: int) -> None:
    latest = min(born + datetime.timedelta(days=days), DAY)
    age = age_on(born, latest, DAY)
    exact = age_on(born, born, DAY), age_on(latest, latest, DAY)
    assert age.low == exact[1].low
    assert age.high == exact[0].low
    assert age.low <= age.high


def test_a_year_only_birth_may_straddle_eighteen() -> None:
    age = age_on(datetime.date(2006, 1, 1), datetime.date(2006, 12, 31), DAY)
    assert (str(age), age.straddles_18) == ("17 or 18", True)
