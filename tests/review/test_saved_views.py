"""Kept filters of the queue: named, one's own, replaced by name, removed; nothing typed is lost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from assessment.models import Decision
from ledger.models import Entry
from review.desk import saved
from review.desk.filters import QueueFilter
from review.desk.queue import queue
from review.errors import Refused
from review.models import SavedView
from tests.assessment import situations

pytestmark = pytest.mark.django_db
URGENT = QueueFilter(urgency="imminent_removal")
SAVE = "review:save-view"


def keep(boss: User, name: str, chosen: QueueFilter = URGENT) -> SavedView:
    return saved.keep(actor=boss.actor(), user=boss, name=name, chosen=chosen)


def names(user: User) -> list[str]:
    return [one.name for one in saved.people_and_kept(user, URGENT)[1]]


def test_a_kept_filter_is_listed_above_the_queue_with_its_address(waiting: Decision, boss: User) -> None:
    web = situations.client(boss)
    address = URGENT.address()
    answer = web.post(reverse(SAVE), {"filter": address, "saved_name": "  Jail   door "}, follow=True)
    assert answer.redirect_chain == [(f"{reverse('review:queue')}?{address}", 302)]
    page = answer.content.decode()
    assert f'<a href="{reverse("review:queue")}?{address}" aria-current="page">Jail door</a>' in page
    entry = Entry.objects.get(event="review.saved_view.kept")
    told = situations.told(entry)
    assert told["filter"] == address
    assert told["replaced"] is False
    assert "Jail door" not in str(told), "a name is the person's own"
    assert "aria-current" not in _nav(web.get(reverse("review:queue")).content.decode())


def _nav(page: str) -> str:
    return page.partition('aria-label="Kept filters"')[2].partition("</nav>")[0]


def test_it_is_its_owners_alone(boss: User, other_boss: User) -> None:
    row = keep(boss, "Mine")
    assert names(boss) == ["Mine"]
    assert names(other_boss) == []
    with pytest.raises(SavedView.DoesNotExist):
        saved.remove(actor=other_boss.actor(), user=other_boss, view=row.pk)
    web = situations.client(other_boss)
    answer = web.post(reverse(SAVE), {"remove": str(row.pk)}, follow=True)
    assert "removed already" in answer.content.decode()
    assert names(boss) == ["Mine"]
    # The same name of another person is another filter.
    keep(other_boss, "Mine", QueueFilter(direction="undo"))
    assert SavedView.objects.get(user=boss).address == URGENT.address()


def test_a_name_used_again_stands_for_the_new_filter(boss: User) -> None:
    first = keep(boss, "Morning")
    second = keep(boss, "Morning", QueueFilter(due="today"))
    assert first.pk == second.pk
    assert [one.address for one in SavedView.objects.filter(user=boss)] == ["due=today"]
    replaced = [
        situations.told(one)["replaced"]
        for one in Entry.objects.filter(event="review.saved_view.kept").order_by("id")
    ]
    assert replaced == [False, True]


def test_it_is_removed_with_an_entry(boss: User) -> None:
    row = keep(boss, "Morning")
    web = situations.client(boss)
    data = {"remove": str(row.pk), "filter": URGENT.address()}
    assert "“Morning” is removed" in web.post(reverse(SAVE), data, follow=True).content.decode()
    assert names(boss) == []
    assert situations.told(Entry.objects.get(event="review.saved_view.removed")) == {"view": str(row.pk)}


@pytest.mark.parametrize(
    ("name", "address", "words"),
    [
        ("", "due=today", "Give the filter a name"),
        ("x" * 61, "due=today", "has 61 characters"),
        ("All", "", "Nothing is filtered"),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(
    boss: User, waiting: Decision, name: str, address: str, words: str
) -> None:
    answer = situations.client(boss).post(reverse(SAVE), {"filter": address, "saved_name": name})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert not address or (name in page and 'id="error-summary"' in page)
    assert not SavedView.objects.exists()


def test_a_person_keeps_twenty_and_may_still_replace_one(boss: User) -> None:
    for number in range(saved.MOST):
        keep(boss, f"View {number:02}")
    with pytest.raises(Refused, match="Remove one first"):
        keep(boss, "One more")
    keep(boss, "View 07", QueueFilter(due="soon"))
    assert len(names(boss)) == saved.MOST


def test_only_known_filters_are_kept(boss: User) -> None:
    """The address is read and written again, so that nothing but a filter is kept, whatever was posted."""
    posted: dict[str, Any] = {"filter": "due=today&note=<b>Ana</b>&after=x", "saved_name": "Today"}
    situations.client(boss).post(reverse(SAVE), posted)
    assert SavedView.objects.get().address == "due=today"


def test_those_that_waited_long(waiting: Decision, boss: User) -> None:
    moment = waiting.signed_at
    assert moment is not None
    listed = {}
    for days in (2, 3, 8):
        Decision.objects.filter(pk=waiting.pk).update(signed_at=moment - datetime.timedelta(days=days))
        listed[days] = {
            limit: bool(queue(boss, QueueFilter(waited=limit))[0]) for limit in ("3", "7", "14", "30")
        }
    assert listed == {
        2: {"3": False, "7": False, "14": False, "30": False},
        3: {"3": True, "7": False, "14": False, "30": False},
        8: {"3": True, "7": True, "14": False, "30": False},
    }
