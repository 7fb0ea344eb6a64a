"""The queue: one's own office, by due date and then by age, paged without gaps or doubles."""

from __future__ import annotations

import datetime
import random
import re
import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import Role, User
from assessment.models import Decision
from ledger.models import Entry
from review import services
from review.desk import queue as selectors
from review.desk.filters import QueueFilter
from review.desk.queue import PAGE
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.samples import approve, detail_url, many

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 12, 10)
URL = "/review/"


def dues(number: int) -> list[datetime.date]:
    """Many rows share a day, as they do in life."""
    lot = random.Random(7)
    return [DAY + datetime.timedelta(days=lot.randrange(-4, 5)) for _ in range(number)]


def test_only_ones_own_office(waiting: Decision, boss: User, far_boss: User) -> None:
    assert [row.id for row in selectors.queue(boss, QueueFilter())[0]] == [waiting.pk]
    assert selectors.queue(far_boss, QueueFilter())[0] == []
    assert services.claim_next(actor=far_boss.actor(), user=far_boss) is None
    web = situations.client(far_boss)
    assert web.get(detail_url(waiting)).status_code == 404
    for name in ("claim", "release", "detail"):
        assert web.post(reverse(f"review:{name}", args=[waiting.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.ADMIN])
def test_nobody_else_has_a_queue(waiting: Decision, role: Role) -> None:
    who = factories.user(role)
    assert selectors.queue(who, QueueFilter())[0] == []
    web = situations.client(who)
    assert web.get(reverse("review:queue")).status_code == 403
    assert web.post(reverse("review:next")).status_code == 403
    assert web.get(detail_url(waiting)).status_code == 403


def test_a_restricted_case_stays_with_its_office(at: Situation, waiting: Decision, boss: User) -> None:
    at.change_status(section_1367_check="yes")
    assert [row.id for row in selectors.queue(boss, QueueFilter())[0]] == [waiting.pk]


def test_by_due_date_then_by_age(at: Situation, waiting: Decision, boss: User) -> None:
    made = [waiting, *many(at, dues(30), waiting)]
    rows, after = selectors.queue(boss, QueueFilter())
    assert [row.id for row in rows] == [
        one.pk for one in sorted(made, key=lambda one: (one.due_on or DAY, one.pk))
    ]
    assert after is None
    assert [row.overdue for row in rows] == [row.due_on < DAY for row in rows]


def test_the_order_knows_nothing_of_the_person(at: Situation, waiting: Decision, boss: User) -> None:
    many(at, dues(10), waiting)
    before = [row.id for row in selectors.queue(boss, QueueFilter())[0]]
    person = at.case.person
    type(person).objects.filter(pk=person.pk).update(family_name="Aaronson", version=person.version + 1)
    assert [row.id for row in selectors.queue(boss, QueueFilter())[0]] == before


def test_120_rows_are_paged_without_gaps_or_doubles(at: Situation, waiting: Decision, boss: User) -> None:
    made = {waiting.pk, *(one.pk for one in many(at, dues(119), waiting))}
    web = situations.client(boss)
    url, seen, pages = reverse("review:queue"), [], 0
    while url:
        body = web.get(url).content.decode()
        seen += [uuid.UUID(one) for one in re.findall(r'href="/review/([0-9a-f-]{36})/\?', body)]
        more = re.search(r'href="(\?[^"]*after=[^"]+)"', body)
        url = reverse("review:queue") + more.group(1).replace("&amp;", "&") if more else ""
        pages += 1
    assert pages == 3
    assert len(seen) == 120
    assert set(seen) == made
    stored = {one.pk: (one.due_on, one.pk) for one in Decision.objects.all()}
    assert [stored[one] for one in seen] == sorted(
        stored.values(), key=lambda pair: (pair[0] or DAY, pair[1])
    )


def test_a_full_page_and_no_more_offers_no_next_page(at: Situation, waiting: Decision, boss: User) -> None:
    many(at, dues(PAGE - 1), waiting)
    rows, after = selectors.queue(boss, QueueFilter())
    assert len(rows) == PAGE
    assert after is None
    many(at, dues(1), waiting)
    rows, after = selectors.queue(boss, QueueFilter())
    assert len(rows) == PAGE
    assert after is not None
    rest, end = selectors.queue(boss, QueueFilter(), after)
    assert (len(rest), end) == (1, None)


def test_what_was_decided_between_two_pages_moves_nothing(
    at: Situation, waiting: Decision, boss: User
) -> None:
    many(at, dues(59), waiting)
    first, after = selectors.queue(boss, QueueFilter())
    expected = [row.id for row in selectors.queue(boss, QueueFilter(), after)[0]]
    Decision.objects.filter(pk=first[3].id).update(state="claimed", claimed_by=boss)
    Decision.objects.filter(pk=first[3].id).update(state="approved")
    assert [row.id for row in selectors.queue(boss, QueueFilter(), after)[0]] == expected


def test_the_filters(at: Situation, waiting: Decision, boss: User, other_boss: User) -> None:
    first, second, third = many(at, [DAY] * 3, waiting)
    services.claim(actor=boss.actor(), user=boss, decision=first)
    services.claim(actor=other_boss.actor(), user=other_boss, decision=second)

    def listed(**chosen: Any) -> set[uuid.UUID]:
        return {row.id for row in selectors.queue(boss, QueueFilter(**chosen))[0]}

    assert listed() == {waiting.pk, first.pk, second.pk, third.pk}
    assert listed(state="waiting") == {waiting.pk, third.pk}
    assert listed(state="mine") == {first.pk}
    assert listed(decision_type="detainer") == listed()
    assert listed(decision_type="parole") == set()


@pytest.mark.parametrize(
    "query", ["after=x", "after=2024-12-10_x", "state=all", "type=\x00", "type=" + "x" * 500]
)
def test_an_odd_address_is_the_queue(waiting: Decision, boss: User, query: str) -> None:
    assert situations.client(boss).get(reverse("review:queue") + "?" + query).status_code == 200


def test_looking_at_the_queue_is_one_entry_that_names_what_was_shown(waiting: Decision, boss: User) -> None:
    before = Entry.objects.count()
    situations.client(boss).get(reverse("review:queue"))
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.get(event="review.queue.listed")
    assert situations.told(entry)["shown"] == [str(waiting.pk)]


def test_ones_own_decision_is_not_listed_and_not_counted(at: Situation, waiting: Decision) -> None:
    author = at.officer
    author.role = Role.SUPERVISOR
    author.save()
    assert selectors.queue(author, QueueFilter())[0] == []
    assert selectors.waiting_count(author) == 0
    assert services.claim_next(actor=author.actor(), user=author) is None


def test_the_count_is_of_what_waits(at: Situation, waiting: Decision, boss: User, far_boss: User) -> None:
    many(at, dues(4), waiting)
    assert selectors.waiting_count(boss) == 5
    assert selectors.waiting_count(boss, most=3) == 3
    assert selectors.waiting_count(far_boss) == 0
    approve(boss, waiting)
    assert selectors.waiting_count(boss) == 4


def test_an_empty_queue_says_what_will_fill_it(boss: User) -> None:
    body = situations.main_of(situations.client(boss).get(reverse("review:queue")))
    assert "When an officer of your office signs a decision, it appears here" in body


# Taking the next one


def test_the_next_one_is_the_first_by_due_date(at: Situation, waiting: Decision, boss: User) -> None:
    late, early = many(at, [DAY + datetime.timedelta(days=9), DAY - datetime.timedelta(days=9)], waiting)
    order = [services.claim_next(actor=boss.actor(), user=boss) for _ in range(4)]
    assert order == [early, waiting, late, None]
    assert situations.events(at.case, "review.decision.claimed") == ["review.decision.claimed"] * 3


def test_the_button_leads_to_what_was_taken(waiting: Decision, boss: User) -> None:
    web = situations.client(boss)
    assert web.post(reverse("review:next"))["Location"] == detail_url(waiting)
    assert Decision.objects.get(pk=waiting.pk).claimed_by == boss
    answer = web.post(reverse("review:next"), follow=True)
    assert "Nothing is waiting that you could take" in answer.content.decode()


@pytest.mark.resilience
@pytest.mark.django_db(transaction=True)
def test_supervisors_who_take_the_next_one_at_once_never_take_the_same() -> None:
    at = situations.ready()
    first = situations.signed(at)
    many(at, dues(19), first)
    bosses = [factories.user(Role.SUPERVISOR) for _ in range(4)]
    taken: list[tuple[int, uuid.UUID]] = []

    def work(place: int) -> None:
        boss = bosses[place]
        while (one := services.claim_next(actor=boss.actor(), user=boss)) is not None:
            taken.append((place, one.pk))

    assert situations.together(4, work) == []
    assert len(taken) == len({one for _, one in taken})
    stored = {one.pk: one.claimed_by_id for one in Decision.objects.filter(state="claimed")}
    assert {one: bosses[place].pk for place, one in taken} == stored
    # Nobody walks away while something waits: what a race skipped is still there to take.
    while services.claim_next(actor=bosses[0].actor(), user=bosses[0]) is not None:
        pass
    assert Decision.objects.filter(state="claimed").count() == 20


@pytest.mark.resilience
@pytest.mark.django_db(transaction=True)
def test_taking_the_next_one_passes_by_what_somebody_is_taking_and_does_not_wait(owner: Any) -> None:
    at = situations.ready()
    first = situations.signed(at)
    (second,) = many(at, [DAY + datetime.timedelta(days=9)], first)
    boss = factories.user(Role.SUPERVISOR)
    owner.execute("BEGIN")
    owner.execute("SELECT id FROM assessment_decision WHERE id = %s FOR UPDATE", [str(first.pk)])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        assert services.claim_next(actor=boss.actor(), user=boss) == second
    owner.execute("ROLLBACK")
    assert services.claim_next(actor=boss.actor(), user=boss) == first
