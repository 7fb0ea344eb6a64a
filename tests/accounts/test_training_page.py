"""The training page: what it refuses and where it says so; and what a day in between two trainings says."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Training, User
from accounts.training import services
from accounts.training.selectors import training_current
from tests import factories

EDITION = "2021-09-30"
PAGE = "/accounts/training/"
HEADER = "username,course,edition,completed_on,expires_on\n"
ClientOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    return factories.user("officer", trained=False)


@pytest.fixture
def supervisor() -> User:
    return factories.user("supervisor")


def upload(client: Client, data: bytes) -> tuple[int, str]:
    answer = client.post(PAGE, {"what": "preview", "file": SimpleUploadedFile("t.csv", data)})
    return answer.status_code, answer.content.decode()


def test_a_training_that_lies_ahead_takes_nothing_from_the_one_that_stands(
    learner: User, supervisor: User
) -> None:
    for completed, expires in ((2023, 2026), (2025, 2027)):
        services.record_training(
            actor=supervisor.actor(),
            by=supervisor,
            user=learner,
            course="Course",
            edition_key=EDITION,
            completed_on=datetime.date(completed, 1, 1),
            expires_on=datetime.date(expires, 1, 1),
        )
    assert training_current(learner, EDITION, datetime.date(2024, 12, 10)).expires_on == datetime.date(
        2026, 1, 1
    )
    assert training_current(learner, EDITION, datetime.date(2025, 12, 10)).expires_on == datetime.date(
        2027, 1, 1
    )
    assert not training_current(learner, EDITION, datetime.date(2022, 12, 31)).current


def test_an_officer_who_sends_something_is_refused_and_told(learner: User, client_of: ClientOf) -> None:
    answer = client_of(learner).post(PAGE, {"what": "one", "username": learner.username})
    assert answer.status_code == 403
    assert "Only a supervisor records training" in answer.content.decode()


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(
    learner: User, supervisor: User, client_of: ClientOf
) -> None:
    fields = {"what": "one", "username": learner.username, "course": "Weighing"}
    answer = client_of(supervisor).post(
        PAGE, fields | {"completed_on": "2024-01-01", "expires_on": "2023-01-01"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_expires_on"' in shown
    assert 'value="Weighing"' in shown
    assert not Training.objects.filter(user=learner).exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEADER.encode(), "holds no line"),
        (b"", "empty"),
        (HEADER.encode() + "x,Café,2021-09-30,2023-01-01,2026-01-01".encode("latin-1"), "UTF-8"),
        (b"a" * (services.LARGEST_FILE + 1), "larger than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(
    supervisor: User, client_of: ClientOf, data: bytes, said: str
) -> None:
    status, shown = upload(client_of(supervisor), data)
    assert status == 422
    assert said in shown


def test_the_preview_tells_new_known_and_bad_lines_apart(
    learner: User, supervisor: User, client_of: ClientOf
) -> None:
    known = f"{learner.username},Course,{EDITION},2021-01-01,2023-01-01\n"
    services.import_training_csv(actor=supervisor.actor(), by=supervisor, file=(HEADER + known).encode())
    client = client_of(supervisor)
    status, shown = upload(client, (HEADER + known).encode())
    assert (status, "No line can be recorded" in shown) == (200, True)
    new = f"{learner.username},Course,{EDITION},2023-01-01,2026-01-01\n"
    other = f"{learner.username},Course,2021-02-18,2023-01-01,2026-01-01\n"
    _, shown = upload(
        client, (HEADER + known + new + other + "nobody,C,2021-09-30,2023-01-01,2026-01-01").encode()
    )
    for words in ("Recorded already", "for another edition than", "There is no officer", "usable lines (2)"):
        assert words in shown


def test_nobody_of_another_office_is_shown_or_can_be_chosen(
    learner: User, supervisor: User, client_of: ClientOf
) -> None:
    stranger = factories.user("officer", at=factories.office("el-paso", "El Paso"), trained=False)
    client = client_of(supervisor)
    shown = client.get(PAGE).content.decode()
    assert learner.full_name in shown
    assert stranger.full_name not in shown
    days = {"completed_on": "2024-01-01", "expires_on": "2026-01-01"}
    answer = client.post(PAGE, {"what": "one", "username": stranger.username, "course": "C"} | days)
    assert answer.status_code == 422
    assert not Training.objects.filter(user=stranger).exists()
