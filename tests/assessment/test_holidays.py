"""Federal holidays by rule, against the observed days that were published, and the working days between them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.holidays import HOLIDAYS, holidays_of, is_working_day
from assessment.workdays import add_working_days

DAYS = st.dates(datetime.date(2021, 1, 1), datetime.date(2027, 12, 31))
# Observed days, year by year, as the government's own calendar of pay and leave lists them.
OBSERVED = {
    2021: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2022: "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    2023: "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    2024: "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2025: "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
}


@pytest.mark.parametrize("year", OBSERVED)
def test_the_observed_days_of_a_year(year: int) -> None:
    assert [day.isoformat()[5:] for day in holidays_of(year)] == OBSERVED[year].split()


def test_juneteenth_is_none_before_its_law() -> None:
    assert datetime.date(2020, 6, 19) not in holidays_of(2020)
    assert len(holidays_of(2019)) == len(HOLIDAYS) - 1


@given(DAYS)
def test_no_holiday_falls_on_a_weekend(day: datetime.date) -> None:
    assert all(one.weekday() < 5 for one in holidays_of(day.year))


@given(DAYS, st.integers(1, 30))
def test_working_days_are_counted_one_by_one(day: datetime.date, number: int) -> None:
    end = add_working_days(day, number)
    between = [day + datetime.timedelta(days=one) for one in range(1, (end - day).days + 1)]
    assert is_working_day(end)
    assert sum(is_working_day(one) for one in between) == number


def test_a_long_weekend_is_skipped() -> None:
    assert add_working_days(datetime.date(2024, 11, 27), 1) == datetime.date(2024, 11, 29)
    assert add_working_days(datetime.date(2021, 12, 30), 1) == datetime.date(2022, 1, 3)
