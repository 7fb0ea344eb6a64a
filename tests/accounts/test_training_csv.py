"""Trainings from CSV: what a file may hold, that it only adds, and that one line never spoils another."""

from __future__ import annotations

import datetime

import pytest

from accounts.models import Training, User
from accounts.training import services
from accounts.training.selectors import training_current
from ledger.models import Entry
from tests import factories

DAY = datetime.date(2024, 12, 10)
EDITION = "2021-09-30"
HEADER = "username,course,edition,completed_on,expires_on"
OLD, RENEWED = ("2021-01-01", "2023-01-01"), ("2023-01-01", "2026-01-01")
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return factories.user("officer", trained=False)


@pytest.fixture
def supervisor() -> User:
    return factories.user("supervisor")


def text(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines]).encode()


def line(user: User, days: tuple[str, str], course: str = "Course") -> str:
    return f"{user.username},{course},{EDITION},{','.join(days)}"


def bring_in(by: User, data: bytes) -> services.Imported:
    return services.import_training_csv(actor=by.actor(), by=by, file=data)


@pytest.mark.parametrize("order", [(OLD, RENEWED), (RENEWED, OLD)])
def test_a_renewal_counts_in_any_order_and_the_file_may_come_again(
    officer: User, supervisor: User, order: tuple[tuple[str, str], ...]
) -> None:
    data = text(*(line(officer, days) for days in order))
    assert bring_in(supervisor, data) == services.Imported(2, 0, 0)
    assert bring_in(supervisor, data) == services.Imported(0, 2, 0)
    assert training_current(officer, EDITION, DAY).current
    assert Entry.objects.filter(event="accounts.training.recorded").count() == 2


def test_an_older_file_takes_nothing_from_a_renewal(officer: User, supervisor: User) -> None:
    for days in (OLD, RENEWED, OLD):
        bring_in(supervisor, text(line(officer, days)))
    assert Training.objects.filter(user=officer).count() == 2
    assert training_current(officer, EDITION, DAY).current


def test_a_line_older_than_the_newest_is_refused_with_the_way_on(officer: User, supervisor: User) -> None:
    bring_in(supervisor, text(line(officer, RENEWED)))
    (row,) = services.read_csv(by=supervisor, data=text(line(officer, OLD)))
    assert "2023-01-01" in row.error
    assert "by hand" in row.error
    assert bring_in(supervisor, text(line(officer, OLD))) == services.Imported(0, 0, 1)


def test_the_same_line_twice_in_a_file_is_recorded_once(officer: User, supervisor: User) -> None:
    assert bring_in(supervisor, text(*[line(officer, OLD)] * 2)) == services.Imported(1, 1, 0)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ('"{user},Course,2021-09-30,2021-01-01,2023-01-01', "quote"),
        ("{user},Course, advanced,2021-09-30,2021-01-01,2023-01-01", "6 values for 5 columns"),
        ("{user},Course,2021-09-30-x,2021-01-01,2023-01-01", "edition"),
        ("{user},Course,2021-09-30,20210101,2023-01-01", "completed_on is '20210101'"),
        ("{user},Course,2021-09-30,2021-01-01", "expires_on is ''"),
        ("{user},,2021-09-30,2021-01-01,2023-01-01", "course"),
        ("{user}," + "c" * 121 + ",2021-09-30,2021-01-01,2023-01-01", "longer than 120"),
        ("{user},Course,2021-09-30,2023-01-01,2023-01-01", "expires before"),
        ("c" * 140_000, "too long"),
    ],
)
def test_a_bad_line_says_why_and_spoils_only_itself(
    officer: User, supervisor: User, bad: str, said: str
) -> None:
    data = text(bad.format(user=officer.username), "", line(officer, RENEWED))
    rows = services.read_csv(by=supervisor, data=data)
    assert said in rows[0].error
    assert [row.line for row in rows] == [2, 4]
    assert bring_in(supervisor, data) == services.Imported(1, 0, 1)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_any_end_of_line(officer: User, supervisor: User, end: str) -> None:
    data = (
        b"\xef\xbb\xbf"
        + end.join([HEADER.upper(), f'{officer.username},"A, B",{EDITION},2023-01-01,2026-01-01']).encode()
    )
    assert bring_in(supervisor, data).recorded == 1
    assert Training.objects.get(user=officer).course == "A, B"


def test_people_of_elsewhere_and_people_who_left_are_not_found(supervisor: User) -> None:
    elsewhere = factories.user("officer", at=factories.office("el-paso", "El Paso"), trained=False)
    left = factories.user("officer", trained=False)
    left.is_active = False
    left.save()
    rows = services.read_csv(
        by=supervisor, data=text(line(elsewhere, OLD), line(left, OLD), line(supervisor, OLD))
    )
    assert all("no officer" in row.error for row in rows)


def test_only_a_supervisor_reads_or_records_a_file(officer: User) -> None:
    with pytest.raises(services.TrainingRefused):
        services.read_csv(by=officer, data=text(line(officer, OLD)))
    with pytest.raises(services.TrainingRefused):
        bring_in(officer, text(line(officer, OLD)))


@pytest.mark.parametrize("count", [0, services.MOST_LINES + 1])
def test_a_file_without_lines_or_with_too_many(officer: User, supervisor: User, count: int) -> None:
    with pytest.raises(services.TrainingRefused):
        services.read_csv(by=supervisor, data=text(*[line(officer, OLD)] * count))
