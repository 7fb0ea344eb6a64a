"""The pages of the guidance say what the files and the calendar say, and give every clause an anchor."""

from __future__ import annotations

import datetime
import subprocess
import sys

import pytest
from django.http import Http404
from django.test import RequestFactory
from pytest_django import Settings

from policy import views
from policy.editions import load
from policy.services import current

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def practice_day(settings: Settings) -> None:
    settings.PRACTICE_DATE = datetime.date(2024, 12, 10)


def _index(rf: RequestFactory, query: str = "") -> tuple[int, str]:
    response = views.index(rf.get("/policy/" + query))
    return response.status_code, response.content.decode()


def test_the_index_says_what_applies_and_lists_editions(rf: RequestFactory) -> None:
    status, page = _index(rf)
    assert status == 200
    assert "2023-07-30" in page
    assert 'href="/policy/2021-09-30/"' in page


def test_a_day_can_be_asked_for(rf: RequestFactory) -> None:
    response = views.index(rf.get("/policy/", {"on": "2022-03-22"}))
    assert (response.status_code, response["Location"]) == (302, "/policy/on/2022-03-22/")


@pytest.mark.parametrize("asked", ["tomorrow", "2022-02-30", "20220322"])
def test_what_is_no_day_is_said_at_the_field(rf: RequestFactory, asked: str) -> None:
    status, page = _index(rf, f"?on={asked}")
    assert status == 400
    assert f"“{asked}” is not a day" in page
    assert 'aria-invalid="true"' in page


def test_an_edition_shows_every_clause_factor_and_decision_type(rf: RequestFactory) -> None:
    edition = load("2021-09-30")
    page = views.edition(rf.get("/policy/2021-09-30/"), key="2021-09-30").content.decode()
    anchors = [clause.anchor for clause in edition.clauses]
    anchors += [f"factor-{factor.key}" for factor in edition.factors]
    anchors += [f"priority-{priority.key}" for priority in edition.priorities]
    anchors += [f"decision-{kind.key}" for kind in edition.decision_types]
    anchors += [f"question-{question.key}" for question in edition.questions]
    for anchor in anchors:
        assert page.count(f'id="{anchor}"') == 1, anchor
    assert edition.rules_digest in page
    assert edition.content_digest in page


def test_a_day_without_priorities_says_so(rf: RequestFactory) -> None:
    page = views.on(rf.get("/policy/on/2022-07-01/"), day="2022-07-01").content.decode()
    assert "None in force" in page
    assert "What it asks" not in page


def test_a_day_partly_enjoined_shows_the_scope(rf: RequestFactory) -> None:
    page = views.on(rf.get("/policy/on/2022-04-01/"), day="2022-04-01").content.decode()
    assert "In force, partly enjoined" in page
    assert "Part II only" in page


@pytest.mark.parametrize("day", ["2022-13-01", "today"])
def test_an_address_without_a_day_is_not_found(rf: RequestFactory, day: str) -> None:
    with pytest.raises(Http404):
        views.on(rf.get(f"/policy/on/{day}/"), day=day)


def test_an_unknown_edition_is_not_found(rf: RequestFactory) -> None:
    with pytest.raises(Http404):
        views.edition(rf.get("/policy/1999-01-01/"), key="1999-01-01")


@pytest.mark.parametrize(
    ("day", "status"),
    [(datetime.date(2024, 12, 10), "in_force"), (datetime.date(2022, 7, 1), "vacated")],
)
def test_the_edition_of_the_day_has_its_digests_and_status(
    settings: Settings, day: datetime.date, status: str
) -> None:
    settings.PRACTICE_DATE = day
    edition, reference = current()
    assert (reference.key, reference.status) == (edition.key, status)
    assert reference.rules_digest == edition.rules_digest
    assert reference.content_digest == edition.content_digest


def test_editions_and_calendar_need_no_django() -> None:
    code = (
        "import sys, policy.standing, policy.editions as e; e.load('2021-09-30'); "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
