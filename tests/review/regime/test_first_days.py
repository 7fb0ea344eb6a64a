"""The page of the first days: counts by office, a picture and a table, and the order that adds review."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from accounts.models import Office
from ledger.models import Entry
from policy.services import current
from review.models import FullReview
from review.regime.progress import picture, progress
from tests import factories
from tests.assessment import situations
from tests.review.regime.drawing import ready, sampled_office, sign_drawn
from tests.review.samples import approve

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V.B#23")]

DAY = situations.DAY


@pytest.fixture
def begun(db: None) -> Office:
    """An office in the sixteenth of its ninety days."""
    office = Office.objects.create(key="newbold", name="Newbold")
    FullReview.objects.create(
        office=office,
        reason="new_office",
        starts=DAY - datetime.timedelta(days=15),
        ends=DAY + datetime.timedelta(days=75),
        recorded_at=datetime.datetime.now(datetime.UTC),
    )
    return office


def test_each_office_with_its_counts(begun: Office) -> None:
    first = situations.signed(ready(begun))
    situations.signed(ready(begun))
    approve(factories.user("supervisor", at=begun), first)
    situations.signed(ready(sampled_office()))
    edition, _ = current()
    lines = {line.office: line for line in progress(edition, DAY)}
    one = lines["Newbold"]
    assert (one.day, one.days, one.words) == (16, 90, "Everything, day 16 of 90")
    assert (one.signed, one.drawn, one.reviewed, one.waiting) == (2, 2, 1, 1)
    other = lines["Sampleton"]
    assert other.words == "A sample of 250 of a thousand, and the triggers"
    assert (other.signed, other.drawn, other.reviewed) == (1, other.waiting, 0)
    widths = {bar.label: bar.width for bar in picture(list(lines.values())).bars}
    assert widths == {"Newbold": 64, "Sampleton": 360}


@pytest.mark.parametrize("role", ["supervisor", "auditor", "policy"])
def test_the_page_says_the_same_in_picture_and_table(begun: Office, role: str) -> None:
    ready(begun)
    user = factories.user(role, at=begun)
    before = Entry.objects.count()
    page = situations.main_of(situations.client(user).get(reverse("review:first-days")))
    assert page.count("Everything, day 16 of 90") == 2
    assert "<svg" in page
    assert ("<form" in page) is (role == "policy")
    assert Entry.objects.count() == before


def test_a_policy_manager_orders_full_review(db: None) -> None:
    office = sampled_office()
    web = situations.client(factories.user("policy"))
    address = reverse("review:full-review")
    sent = {
        "full_review_office": office.pk,
        "full_review_reason": "ordered",
        "full_review_starts": "2024-12-10",
    }
    assert web.post(address, sent).status_code == 302
    row = FullReview.objects.get(office=office)
    assert (row.starts, row.ends) == (DAY, DAY + datetime.timedelta(days=90))
    told = situations.told(Entry.objects.get(event="review.regime.restarted"))
    assert told == {
        "office": office.pk,
        "reason": "ordered",
        "starts": "2024-12-10",
        "ends": "2025-03-10",
    }
    _, selection = sign_drawn(ready(office), lambda one: one.sample > 900)
    assert selection.full
    answer = web.post(address, sent | {"full_review_starts": "2024-12-01"})
    assert answer.status_code == 422
    assert "What was signed already is not drawn again" in answer.content.decode()
    assert web.post(address, {}).status_code == 422
    assert FullReview.objects.filter(office=office).count() == 1
