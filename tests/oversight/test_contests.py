"""The guard's page shows what became of contests, and tells no small cell."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone

from accounts.models import Role, User
from cases import services
from cases.models import Case, ContestState, TextContest
from ledger.ids import new_id
from oversight import contests
from policy import guard_views
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return factories.user(Role.OFFICER)


@pytest.fixture
def case(officer: User) -> Case:
    return services.create_person_and_case(
        actor=officer.actor(), user=officer, family_name="Quillworth", given_name="Tamsin", identifiers=[]
    )


def _raised(case: Case, user: User, number: int, category: str, state: str) -> None:
    """Contests as they stand in the table after a ruling."""
    other = factories.user(Role.SUPERVISOR)
    now = timezone.now()
    ruled: dict[str, Any] = (
        {} if state == "open" else {"ruled_by": other, "ruled_at": now + datetime.timedelta(1)}
    )
    for _ in range(number):
        TextContest.objects.create(
            case=case, row_kind="fact", row_id=new_id(), field="what", key=str(new_id()), attribute="race",
            rule="word.ethnic", category=category, state=state, raised_by=user, raised_at=now, **ruled,
        )  # fmt: skip


def test_contests_are_counted_by_category_and_ruling_without_small_cells(case: Case, officer: User) -> None:
    _raised(case, officer, 12, "name", "upheld")
    _raised(case, officer, 11, "legal_term", "upheld")
    _raised(case, officer, 3, "victim_or_witness", "refused")
    panel = contests.panel()
    by_name = {line.name: dict(zip(ContestState.values, line.counts, strict=True)) for line in panel["lines"]}
    assert by_name["Name of a person, place or organization"]["upheld"] == 12
    assert by_name["Legal term"]["upheld"] == 11
    assert by_name["About a victim or witness"]["refused"] is None
    assert dict(zip(ContestState.values, panel["totals"], strict=True))["refused"] is None


def test_the_page_of_the_guard_has_the_table(rf: RequestFactory, officer: User, case: Case) -> None:
    _raised(case, officer, 12, "name", "upheld")
    page = guard_views.accuracy(rf.get("/policy/guard/")).content.decode()
    assert "What became of contests" in page
    assert "Contests by category and ruling" in page
    assert "12" in page


def test_without_a_contest_the_page_says_so(rf: RequestFactory) -> None:
    page = guard_views.accuracy(rf.get("/policy/guard/")).content.decode()
    assert "Nobody contested a finding yet." in page
