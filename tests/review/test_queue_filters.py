"""The filters of the queue: in the address, in one sentence, each served by an index, none about the person."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from accounts.models import Role, User
from assessment.carried_codes import NOTICES
from assessment.models import Decision
from ledger.models import Entry
from review import selectors, services
from review.desk import filters, queue
from review.desk.filters import QueueFilter
from review.regime.viewing import record_view
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.regime.drawing import sign_drawn
from tests.review.samples import approve, detail_url, many

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 12, 10)


def ids(user: User, **chosen: Any) -> list[uuid.UUID]:
    return [row.id for row in queue.queue(user, QueueFilter(**chosen))[0]]


@pytest.fixture
def mixed(at: Situation, waiting: Decision) -> dict[str, Decision]:
    """One decision for each thing to filter by, and one plain."""
    made = {}
    kinds: dict[str, dict[str, Any]] = {
        "plain": {},
        "urgent": {"urgency": "imminent_removal"},
        "undo": {"direction": "undo"},
        "notice": {"type": "notice_to_appear"},
        **{code: {"notices": [code]} for code in NOTICES},
        "both": {"notices": ["overlay", "dispute"]},
    }
    for days, (name, changes) in enumerate(kinds.items()):
        (one,) = many(at, [DAY + datetime.timedelta(days=days - 1)], waiting)
        Decision.objects.filter(pk=one.pk).update(**({"urgency": "", "notices": []} | changes))
        made[name] = one
    Decision.objects.filter(pk=waiting.pk).update(
        urgency="", notices=[], due_on=DAY + datetime.timedelta(days=90)
    )
    return made


def test_each_filter_lists_its_own(mixed: dict[str, Decision], boss: User) -> None:
    assert ids(boss, urgency="imminent_removal") == [mixed["urgent"].pk]
    assert ids(boss, direction="undo") == [mixed["undo"].pk]
    assert ids(boss, decision_type="notice_to_appear") == [mixed["notice"].pk]
    for code in NOTICES:
        others = [mixed["both"].pk] if code in ("overlay", "dispute") else []
        assert ids(boss, notices=(code,)) == [mixed[code].pk, *others], code
    assert ids(boss, notices=("overlay", "dispute")) == [mixed["both"].pk]
    assert ids(boss, due="overdue") == [mixed["plain"].pk]
    assert ids(boss, due="today") == [mixed["urgent"].pk]
    assert len(ids(boss, due="soon")) == 7


def test_who_wrote_it_and_who_has_it(at: Situation, waiting: Decision, boss: User, other_boss: User) -> None:
    services.claim(actor=other_boss.actor(), user=other_boss, decision=waiting)
    assert ids(boss, officer=at.officer.pk) == [waiting.pk]
    assert ids(boss, officer=boss.pk) == []
    assert ids(boss, taken_by=other_boss.pk, state="taken") == [waiting.pk]
    assert ids(boss, taken_by=boss.pk) == []


def test_the_address_gives_the_filter_back() -> None:
    chosen = QueueFilter(
        state="waiting",
        decision_type="detainer",
        direction="do",
        urgency="detained",
        due="soon",
        officer=uuid.uuid4(),
        taken_by=uuid.uuid4(),
        notices=("records_missing", "dispute"),
    )
    assert filters.read(QueryDict(chosen.address())) == chosen
    assert filters.read(QueryDict("")) == QueueFilter()
    assert filters.read(QueryDict("officer=x&notice=y&due=never&urgency=%00&type=gone")) == QueueFilter()


def test_the_filter_is_one_sentence_on_the_page_and_in_the_log(
    at: Situation, waiting: Decision, boss: User
) -> None:
    query = f"state=waiting&urgency=detained&type=detainer&officer={at.officer.pk}&notice=dispute&due=soon"
    page = situations.main_of(situations.client(boss).get(f"{reverse('review:queue')}?{query}"))
    sentence = (
        "Waiting and not taken, detained, about detainer, due within five days, "
        f"written by {at.officer.full_name}, with: labor or housing dispute"
    )
    assert sentence in page
    assert "Nothing in review meets these filters" in page
    assert situations.told(Entry.objects.get(event="review.queue.listed"))["filter"] == sentence


def test_gaps_are_told_in_words_and_the_link_keeps_the_filter(mixed: dict[str, Decision], boss: User) -> None:
    page = situations.main_of(situations.client(boss).get(reverse("review:queue") + "?notice=overlay"))
    assert "Court order over the guidance" in page
    assert "Labor or housing dispute; Court order over the guidance" in page
    assert f"{detail_url(mixed['both'])}?notice=overlay&amp;queue=1" in page


def test_a_name_cannot_bring_markup_into_a_row(at: Situation, waiting: Decision, boss: User) -> None:
    person = at.case.person
    type(person).objects.filter(pk=person.pk).update(family_name="<b>Quill", version=person.version + 1)
    page = situations.main_of(situations.client(boss).get(reverse("review:queue")))
    assert "&lt;b&gt;Quill" in page
    assert "<b>Quill" not in page


def test_what_is_overdue_says_so(at: Situation, waiting: Decision, boss: User) -> None:
    many(at, [DAY - datetime.timedelta(days=1)], waiting)
    page = situations.main_of(situations.client(boss).get(reverse("review:queue")))
    assert page.count('<span class="tot-tag tot-tag--work">Overdue</span>') == 1


def test_a_long_queue_is_counted_up_to_a_limit(at: Situation, waiting: Decision, boss: User) -> None:
    many(at, [DAY] * 4, waiting)
    assert str(queue.count(boss, QueueFilter())) == "5"
    assert str(queue.count(boss, QueueFilter(), most=3)) == "3+"
    assert str(queue.Count(1001)) == "1,000+"


def test_neighbours_keep_the_filter_and_its_order(mixed: dict[str, Decision], boss: User) -> None:
    chosen = QueueFilter(notices=("overlay",))
    first, last = Decision.objects.get(pk=mixed["overlay"].pk), Decision.objects.get(pk=mixed["both"].pk)
    assert queue.neighbours(boss, chosen, first) == queue.Neighbours(None, last.pk)
    assert queue.neighbours(boss, chosen, last) == queue.Neighbours(first.pk, None)
    middle = Decision.objects.get(pk=mixed["mandate_lane"].pk)
    assert queue.neighbours(boss, chosen, middle) == queue.Neighbours(first.pk, last.pk)


def test_walking_from_one_to_the_next_sees_the_whole_queue(
    at: Situation, waiting: Decision, boss: User
) -> None:
    many(at, [DAY, DAY, DAY, DAY + datetime.timedelta(days=3), DAY - datetime.timedelta(days=2)], waiting)
    order = ids(boss)
    walked = [order[0]]
    while (
        following := queue.neighbours(boss, QueueFilter(), Decision.objects.get(pk=walked[-1])).after
    ) is not None:
        walked.append(following)
    assert walked == order


def test_the_queue_lists_what_may_be_reviewed_and_nothing_else(
    at: Situation, waiting: Decision, boss: User, other_boss: User, far_boss: User
) -> None:
    """The written SQL and the rule that one decision is asked by say the same, for everybody."""
    one, two, three, far = many(at, [DAY] * 4, waiting)
    Decision.objects.filter(pk=one.pk).update(created_by=boss, signed_by=boss)
    Decision.objects.filter(pk=two.pk).update(state="claimed", claimed_by=other_boss)
    Decision.objects.filter(pk=three.pk).update(escalated_by=boss)
    Decision.objects.filter(pk=far.pk).update(assigned_to=far_boss)
    approve(boss, waiting)
    for restricted in (False, True):
        type(at.case).objects.filter(pk=at.case.pk).update(restricted=restricted, version=at.case.version + 1)
        at.case.refresh_from_db()
        for who in (boss, other_boss, far_boss, at.officer, factories.user(Role.AUDITOR)):
            allowed = selectors.reviewable_by(who).filter(state__in=["submitted", "claimed", "escalated"])
            assert set(ids(who)) == set(allowed.values_list("pk", flat=True)), (who, restricted)


def test_the_review_page_leads_back_with_the_filter(
    mixed: dict[str, Decision], waiting: Decision, boss: User
) -> None:
    web, kept = situations.client(boss), "?notice=overlay&amp;queue=1"
    page = situations.main_of(web.get(detail_url(waiting) + "?notice=overlay&queue=1"))
    assert f'<a href="{detail_url(mixed["both"])}{kept}">Previous in the queue</a>' in page
    assert "Next in the queue" not in page
    assert f'href="/review/{kept}"' in page
    assert "in the queue</a>" not in situations.main_of(web.get(detail_url(waiting)))


def test_after_the_verdict_the_filter_is_still_there(waiting: Decision, boss: User) -> None:
    answer = situations.client(boss).post(
        detail_url(waiting) + "?state=waiting&queue=1",
        {
            "number": "1",
            "verdict": "approve",
            "review_overriding_answer": "found",
            "review_reason": "The conduct is recent.",
        },
    )
    assert answer["Location"] == "/review/?state=waiting&queue=1"


@pytest.mark.decide_first
def test_whoever_decides_first_is_not_told_what_the_reasons_brought_about(at: Situation, boss: User) -> None:
    """Until a view is recorded, neither the row nor the filter tells of contested or rewritten words."""
    decision, _ = sign_drawn(at, lambda one: one.decide_first < 100, kind="notice_to_appear")
    Decision.objects.filter(pk=decision.pk).update(notices=["contested_text", "dispute", "rewritten"])
    (row,) = queue.queue(boss, QueueFilter())[0]
    assert row.notices == ("dispute",)
    assert ids(boss, notices=("rewritten",)) == []
    record_view(
        actor=boss.actor(),
        user=boss,
        decision=decision,
        number=1,
        view="act",
        reason="The conduct is recent.",
    )
    (row,) = queue.queue(boss, QueueFilter())[0]
    assert row.notices == ("contested_text", "dispute", "rewritten")
    assert ids(boss, notices=("rewritten",)) == [decision.pk]


SINGLE: dict[str, dict[str, Any]] = {
    "decision_queue": {},
    "decision_queue_waiting": {"state": "waiting"},
    "decision_queue_type": {"decision_type": "parole"},
    "decision_queue_officer": {"officer": uuid.UUID(int=7)},
    "decision_queue_urgency": {"urgency": "imminent_removal"},
    **{f"decision_{code}": {"notices": (code,)} for code in NOTICES},
}


@pytest.mark.parametrize(("index", "chosen"), SINGLE.items())
def test_an_index_serves_each_single_filter_in_the_order_of_the_page(
    boss: User, owner: Any, index: str, chosen: dict[str, Any]
) -> None:
    """The planner is asked without its cheaper ways for an empty table and without the indexes of the other filters,
    between which it chooses by chance while there are no rows; what it then picks must need no sort.
    """
    asked, values = QueueFilter(**chosen).condition(DAY)
    known: dict[str, Any] = {
        "user": str(boss.pk),
        "office": boss.office_id,
        "unassigned": "unassigned",
        "most": 51,
    }
    sql = queue._scoped(boss, asked, order="ORDER BY d.due_on, d.id").split(" UNION ALL ")[0]
    others = ", ".join(one for one in SINGLE if one != index)
    owner.execute(f"BEGIN; SET LOCAL lock_timeout = '20s'; DROP INDEX {others}")
    owner.execute(
        "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
    )
    owner.execute(f"EXPLAIN {sql}", known | values)
    plan = "\n".join(line for (line,) in owner.fetchall())
    owner.execute("ROLLBACK")
    assert index in plan, plan
    assert "Sort" not in plan, plan
