"""Training: who records it, what counts as current, CSV, and the co-signature that lapsed training asks for."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Training, User
from accounts.training import services
from accounts.training.selectors import training_current, training_of_office
from ledger.models import Entry
from tests import factories

DAY = datetime.date(2024, 12, 10)
EDITION = "2021-09-30"
pytestmark = [pytest.mark.django_db, pytest.mark.clause("V.A#22")]


def record(by: User, user: User, expires_on: datetime.date, course: str = "Course") -> Training:
    return services.record_training(
        actor=by.actor(),
        by=by,
        user=user,
        course=course,
        edition_key=EDITION,
        completed_on=datetime.date(2023, 1, 1),
        expires_on=expires_on,
    )


@pytest.fixture
def officer() -> User:
    return factories.user("officer", trained=False)


@pytest.fixture
def supervisor() -> User:
    return factories.user("supervisor")


def test_nobody_without_a_row_is_current(officer: User) -> None:
    assert not training_current(officer, EDITION, DAY).current


@pytest.mark.parametrize(("expires_on", "current"), [("2024-12-10", False), ("2024-12-11", True)])
def test_the_day_of_expiry_counts_as_lapsed(
    officer: User, supervisor: User, expires_on: str, current: bool
) -> None:
    record(supervisor, officer, datetime.date.fromisoformat(expires_on))
    state = training_current(officer, EDITION, DAY)
    assert (state.current, state.expires_on) == (current, datetime.date.fromisoformat(expires_on))


def test_a_newer_row_corrects_an_older_one(officer: User, supervisor: User) -> None:
    record(supervisor, officer, datetime.date(2030, 1, 1))
    record(supervisor, officer, datetime.date(2024, 1, 1))
    assert not training_current(officer, EDITION, DAY).current


def test_it_leaves_one_entry_and_the_same_again_none(officer: User, supervisor: User) -> None:
    for _ in range(2):
        record(supervisor, officer, datetime.date(2030, 1, 1))
    assert Entry.objects.filter(event="accounts.training.recorded").count() == 1


def test_who_may_not_record(officer: User, supervisor: User) -> None:
    elsewhere = factories.user("supervisor", at=factories.office("el-paso", "El Paso"))
    for by, user in ((officer, officer), (supervisor, supervisor), (elsewhere, officer)):
        with pytest.raises(services.TrainingRefused):
            record(by, user, datetime.date(2030, 1, 1))
    assert not Training.objects.filter(user=officer).exists()


def test_a_bad_line_never_stops_the_rest(officer: User, supervisor: User, client: Client) -> None:
    text = (
        "username,course,edition,completed_on,expires_on\n"
        f"{officer.username},Course,{EDITION},2024-01-01,2026-01-01\n"
        "nobody,Course,2021-09-30,2024-01-01,2026-01-01\n"
        f"{officer.username},Course,{EDITION},31/01/2024,2026-01-01\n"
        f"{officer.username},Course,{EDITION},2024-01-01,2023-01-01\n"
    )
    rows = services.read_csv(by=supervisor, data=text.encode())
    assert [bool(row.error) for row in rows] == [False, True, True, True]
    assert not Training.objects.filter(user=officer).exists()
    for done in (services.Imported(1, 0, 3), services.Imported(0, 1, 3)):
        assert (
            services.import_training_csv(actor=supervisor.actor(), by=supervisor, file=text.encode()) == done
        )


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"\xff\xfe\x00", b"x" * (services.LARGEST_FILE + 1)])
def test_a_file_that_is_no_such_csv(supervisor: User, data: bytes) -> None:
    with pytest.raises(services.TrainingRefused):
        services.read_csv(by=supervisor, data=data)


def test_the_page_shows_a_preview_before_it_records(officer: User, supervisor: User, client: Client) -> None:
    client.post("/accounts/login/", {"username": supervisor.username, "password": factories.PASSWORD})
    text = f"username,course,edition,completed_on,expires_on\n{officer.username},C,{EDITION},2024-01-01,2026-01-01\n"
    shown = client.post(
        "/accounts/training/", {"what": "preview", "file": SimpleUploadedFile("t.csv", text.encode())}
    )
    assert b"Record the usable lines" in shown.content
    assert not Training.objects.filter(user=officer).exists()
    client.post("/accounts/training/", {"what": "confirm", "csv_text": text})
    assert Training.objects.filter(user=officer).exists()


def test_an_officer_sees_only_themselves(officer: User, supervisor: User) -> None:
    factories.user("officer")
    assert [row.user for row in training_of_office(officer, EDITION, DAY)] == [officer]
    assert len(training_of_office(supervisor, EDITION, DAY)) == 2
