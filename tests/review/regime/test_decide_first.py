"""Decide first: the view on the facts alone is kept, then the comparison; a changed view says why."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import User
from assessment import workflow
from assessment.models import Decision
from ledger.models import Entry
from review.errors import Refused
from review.models import Review, SupervisorView
from review.regime.decide_first import SecondLook
from review.regime.draws import Draws
from review.regime.viewing import record_view
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.regime.drawing import sign_drawn
from tests.review.samples import PAGE, approve, detail_url, send_back

pytestmark = [pytest.mark.django_db, pytest.mark.decide_first, pytest.mark.clause("V.B#23")]

SAME = SecondLook("act", "")


def first(one: Draws) -> bool:
    return one.decide_first < 100


@pytest.fixture
def waiting(at: Situation) -> Decision:
    decision, selection = sign_drawn(at, first, kind="notice_to_appear")
    assert selection.decide_first
    return decision


def view(boss: User, decision: Decision, **changes: Any) -> SupervisorView:
    given: dict[str, Any] = {"number": 1, "view": "act", "reason": "The conduct is of this spring."} | changes
    return record_view(actor=boss.actor(), user=boss, decision=decision, **given)


def test_the_facts_come_first_and_the_rest_after_the_view(waiting: Decision, boss: User) -> None:
    web = situations.client(boss)
    before = situations.main_of(web.get(detail_url(waiting)))
    assert "Drove at twice the limit" in before
    assert "Loses work and home." in before
    for hidden in ("Drove drunk and hit a car.", "Fifteen years here", "Outcome: ", 'name="verdict"'):
        assert hidden not in before
    sent = {"number": "1", "view_outcome": "decline", "view_reason": "He has been here long."}
    answer = web.post(reverse("review:view", args=[waiting.pk]), sent, follow=True)
    after = situations.main_of(answer)
    for shown in (
        "Drove drunk and hit a car.",
        "Fifteen years here",
        "He has been here long.",
        'name="view_now"',
    ):
        assert shown in after
    kept = SupervisorView.objects.get()
    assert (kept.view, kept.moment, kept.reviewer) == ("decline", "before", boss)
    told = situations.told(Entry.objects.get(event="review.view.recorded"))
    assert (told["view"], told["reason"], told["moment"]) == ("decline", "He has been here long.", "before")


@pytest.mark.parametrize("verb", [approve, lambda who, one, **more: send_back(who, one, "A point.", **more)])
def test_no_verdict_without_a_view_first(waiting: Decision, boss: User, verb: Any) -> None:
    with pytest.raises(Refused, match="Record your own view first"):
        verb(boss, waiting, look=SAME)
    view(boss, waiting)
    with pytest.raises(Refused) as refused:
        verb(boss, waiting)
    assert set(refused.value.errors) == {"view_now"}
    verb(boss, waiting, look=SAME)
    assert [one.moment for one in SupervisorView.objects.order_by("at")] == ["before", "after"]


@pytest.mark.parametrize("verb", [approve, lambda who, one, **more: send_back(who, one, "A point.", **more)])
def test_a_changed_view_needs_a_reason_and_both_are_kept(waiting: Decision, boss: User, verb: Any) -> None:
    view(boss, waiting, view="decline")
    with pytest.raises(Refused) as refused:
        verb(boss, waiting, look=SAME)
    assert set(refused.value.errors) == {"view_changed_reason"}
    verb(boss, waiting, look=SecondLook("act", "I had not seen the second report."))
    before, after = SupervisorView.objects.order_by("at")
    assert (before.view, after.view, after.reason) == ("decline", "act", "I had not seen the second report.")
    entry = Entry.objects.filter(event="review.view.recorded").order_by("id").last()
    assert entry is not None
    assert situations.told(entry)["changed"] is True


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"view": ""}, "view_outcome"), ({"view": "maybe"}, "view_outcome"), ({"reason": " "}, "view_reason")],
)
def test_a_view_is_whole(waiting: Decision, boss: User, changes: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        view(boss, waiting, **changes)
    assert set(refused.value.errors) == {field}
    assert Decision.objects.get(pk=waiting.pk).state == workflow.SUBMITTED


def test_protected_words_in_a_view_are_refused(waiting: Decision, boss: User) -> None:
    with pytest.raises(Refused) as refused:
        view(boss, waiting, reason="He is a Catholic and cannot be trusted.")
    assert set(refused.value.errors) == {"view_reason"}
    assert not SupervisorView.objects.exists()


def test_what_was_typed_stays_in_the_page(waiting: Decision, boss: User) -> None:
    web = situations.client(boss)
    sent = {"number": "1", "view_outcome": "", "view_reason": "A thought & more"}
    answer = web.post(reverse("review:view", args=[waiting.pk]), sent)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "A thought &amp; more" in body
    assert "Say what you would decide on these facts" in body


def test_a_verdict_sent_too_early_shows_nothing(waiting: Decision, boss: User) -> None:
    answer = situations.client(boss).post(detail_url(waiting), PAGE | {"number": 1, "verdict": "approve"})
    assert answer.status_code == 422
    assert "Drove drunk and hit a car." not in answer.content.decode()
    assert not Review.objects.exists()


def test_the_view_of_one_opens_nothing_for_another(waiting: Decision, boss: User, other_boss: User) -> None:
    view(boss, waiting)
    page = situations.main_of(situations.client(other_boss).get(detail_url(waiting)))
    assert "Drove drunk and hit a car." not in page
    assert f"{boss.full_name} has it." in page


def test_once_it_is_decided_everybody_reads_it(waiting: Decision, boss: User, other_boss: User) -> None:
    view(boss, waiting)
    approve(boss, waiting, look=SAME)
    page = situations.main_of(situations.client(other_boss).get(detail_url(waiting)))
    assert "Drove drunk and hit a car." in page


def test_a_view_is_recorded_once_and_stays(waiting: Decision, boss: User) -> None:
    view(boss, waiting)
    with pytest.raises(Exception, match="was faster"):
        view(boss, waiting, view="decline")
    with pytest.raises(DatabaseError), transaction.atomic():
        SupervisorView.objects.update(view="decline")


@pytest.mark.parametrize("kind", ["detainer", "custody"])
def test_never_an_urgent_one(at: Situation, kind: str) -> None:
    _, selection = sign_drawn(at, first, kind=kind)
    assert not selection.decide_first


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_never_where_the_kind_of_review_tells_the_outcome(at: Situation, outcome: str) -> None:
    changes: dict[str, Any] = {
        "public_safety_finding": "not_found",
        "public_safety_last_conduct": None,
        "public_safety_why_current": None,
        "no_priority_ground": "A carrier asked twice." if outcome == "act" else None,
    }
    _, selection = sign_drawn(at, first, kind="notice_to_appear", outcome=outcome, **changes)
    assert not selection.decide_first


def test_at_most_one_in_ten(at: Situation) -> None:
    _, selection = sign_drawn(at, lambda one: one.decide_first == 100, kind="notice_to_appear")
    assert not selection.decide_first


def test_elsewhere_nothing_is_withheld(at: Situation, boss: User) -> None:
    decision, _ = sign_drawn(at, lambda one: one.decide_first >= 100, kind="notice_to_appear")
    page = situations.main_of(situations.client(boss).get(detail_url(decision)))
    assert "Drove drunk and hit a car." in page
    assert 'name="view_now"' not in page
    approve(boss, decision)


def test_both_verdicts_have_the_same_fields(waiting: Decision, boss: User) -> None:
    view(boss, waiting)
    page = situations.main_of(situations.client(boss).get(detail_url(waiting)))
    assert page.count('name="view_now"') == 3
    assert page.count('name="view_changed_reason"') == 1
    assert situations.chosen(situations.client(boss).get(detail_url(waiting))) == []
