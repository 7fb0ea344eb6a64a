"""Figures of reviews: one's own for oneself, an office's only when they are not small, nobody by name."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Office, Role, User
from assessment.models import Decision
from ledger.clock import now
from ledger.ids import new_id
from review.desk import figures
from review.models import Review
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.samples import approve, detail_url, many, send_back

pytestmark = pytest.mark.django_db


def reviewed(decision: Decision, reviewer: User, verdict: str) -> None:
    Review.objects.create(
        decision=decision,
        version_number=1,
        reviewer=reviewer,
        verdict=verdict,
        overriding_answer="found",
        reason="Invented.",
        entry_id=new_id(),
        at=now(),
    )


def test_own_figures_count_what_one_decided(
    at: Situation, waiting: Decision, boss: User, other_boss: User
) -> None:
    (second,) = many(at, [situations.DAY], waiting)
    send_back(boss, waiting, "Say more of the family.")
    reviewed(second, other_boss, "approved")
    mine = figures.own_figures(boss)
    assert (mine.reviews, mine.approved) == ("1", "0 of 1")
    assert mine.points == [("Consequences", 1)]
    assert mine.minutes == "not known yet"


def test_time_runs_from_the_first_opening_to_the_verdict(waiting: Decision, boss: User) -> None:
    situations.client(boss).get(detail_url(waiting))
    approve(boss, waiting)
    assert figures.own_figures(boss).minutes == "less than a minute"


@pytest.mark.parametrize(("number", "people", "told"), [(9, 3, False), (12, 2, False), (20, 3, True)])
def test_an_office_is_told_only_what_is_not_small(
    at: Situation, waiting: Decision, number: int, people: int, told: bool
) -> None:
    bosses = [factories.user(Role.SUPERVISOR) for _ in range(people)]
    for index, one in enumerate(many(at, [situations.DAY] * number, waiting)):
        reviewed(one, bosses[index % people], "approved" if index % 2 else "returned")
    office = figures.office_figures(Office.objects.get(pk=bosses[0].office_id))
    assert (office.reviews == str(number)) is told
    assert (office.approved == "50 of 100") is told


def test_a_few_that_went_the_other_way_are_not_told(at: Situation, waiting: Decision) -> None:
    bosses = [factories.user(Role.SUPERVISOR) for _ in range(3)]
    for index, one in enumerate(many(at, [situations.DAY] * 30, waiting)):
        reviewed(one, bosses[index % 3], "returned" if index < 2 else "approved")
    office = figures.office_figures(Office.objects.get(pk=bosses[0].office_id))
    assert (office.reviews, office.approved) == ("30", figures.NOT_TOLD)


def test_nobody_sees_anothers_figures_and_an_auditor_sees_no_name(
    waiting: Decision, boss: User, other_boss: User
) -> None:
    approve(boss, waiting)
    page = situations.main_of(situations.client(other_boss).get(reverse("review:figures")))
    assert "none yet" in page
    auditor = situations.client(factories.user(Role.AUDITOR))
    told = situations.main_of(auditor.get(reverse("review:figures")))
    assert boss.full_name not in told
    assert "not told" in told
    assert situations.client(factories.user(Role.OFFICER)).get(reverse("review:figures")).status_code == 403


def test_an_office_whose_reviews_are_nearly_all_from_one_is_not_told(
    at: Situation, waiting: Decision
) -> None:
    bosses = [factories.user(Role.SUPERVISOR) for _ in range(3)]
    for index, one in enumerate(many(at, [situations.DAY] * 30, waiting)):
        reviewed(one, bosses[min(index, 2)], "approved" if index % 2 else "returned")
    office = figures.office_figures(Office.objects.get(pk=bosses[0].office_id))
    assert (office.reviews, office.approved) == (figures.NOT_TOLD, figures.NOT_TOLD)


def test_a_long_list_is_counted_up_to_a_limit_and_says_so(
    at: Situation, waiting: Decision, boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "COUNTED", 3)
    for one in many(at, [situations.DAY] * 4, waiting):
        reviewed(one, boss, "approved")
    mine = figures.own_figures(boss)
    assert (mine.reviews, mine.approved) == ("the latest 3", "3 of 3")
