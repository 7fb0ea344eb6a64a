"""A review: one's own answer and reason either way, never of one's own decision, once."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Role, User
from assessment import workflow
from assessment.models import Decision
from ledger.clock import now
from ledger.ids import new_id
from ledger.models import Entry
from review import services
from review.errors import Refused, Taken
from review.models import ReturnPoint, Review
from tests import factories
from tests.assessment import situations
from tests.assessment.drafts import FAMILY
from tests.assessment.situations import Situation
from tests.review.samples import PAGE, approve, detail_url, send_back

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V.B#23", "II.B#12")]


def again(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


def last(code: str) -> Entry:
    entry = Entry.objects.filter(event=code).order_by("id").last()
    assert entry is not None
    return entry


# Approve and return


def test_approving_closes_the_decision_with_one_entry(at: Situation, waiting: Decision, boss: User) -> None:
    review = approve(boss, waiting)
    stored = again(waiting)
    assert (stored.state, stored.claimed_by) == (workflow.APPROVED, boss)
    assert stored.closed_at == review.at
    assert situations.events(at.case, "review.") == [
        "review.decision.drawn",
        "review.decision.claimed",
        "review.decision.approved",
    ]
    entry = last("review.decision.approved")
    assert review.entry_id == entry.pk
    assert b"The conduct is recent" not in bytes(entry.bytes)
    told = situations.told(entry)
    assert (told["number"], told["overriding_answer"], told["reason"]) == (
        1,
        "found",
        "The conduct is recent.",
    )


def test_returning_opens_it_for_the_officer_with_its_points(
    at: Situation, waiting: Decision, boss: User
) -> None:
    review = send_back(boss, waiting, "Ask about the children.", "Say what the work is.")
    stored = again(waiting)
    assert stored.state == workflow.RETURNED
    assert stored.closed_at is None
    points = [point.text for point in review.points.order_by("ordinal")]
    assert points == ["Ask about the children.", "Say what the work is."]
    entry = last("review.decision.returned")
    assert b"children" not in bytes(entry.bytes)
    assert situations.told(entry)["points"] == points
    web = situations.client(at.officer)
    body = situations.main_of(web.get(situations.tasks_url(waiting)))
    for words in (*points, "The file says nothing of the family.", boss.full_name):
        assert words in body


@pytest.mark.parametrize(
    "verb", [approve, lambda boss, one, **more: send_back(boss, one, "A point.", **more)]
)
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"answer": ""}, "review_overriding_answer"),
        ({"reason": ""}, "review_reason"),
        ({"reason": " \n "}, "review_reason"),
        ({"reason": "x" * 20_001}, "review_reason"),
    ],
)
def test_both_need_the_same(
    waiting: Decision, boss: User, verb: Any, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        verb(boss, waiting, **changes)
    assert set(refused.value.errors) == {field}
    assert again(waiting).state == workflow.SUBMITTED
    assert not Review.objects.exists()


def test_a_return_needs_a_point_and_an_approval_takes_none(waiting: Decision, boss: User) -> None:
    with pytest.raises(Refused) as refused:
        send_back(boss, waiting)
    assert set(refused.value.errors) == {"point_1"}
    web = situations.client(boss)
    answer = web.post(detail_url(waiting), PAGE | {"number": 1, "verdict": "approve", "point_1": "But ask."})
    assert answer.status_code == 422
    assert "Return the decision with it, or remove it to approve" in answer.content.decode()
    assert "But ask." in answer.content.decode()
    assert again(waiting).state == workflow.SUBMITTED


@pytest.mark.parametrize("answer", ["maybe", "act", "\x00"])
def test_an_answer_outside_the_list_is_none(waiting: Decision, boss: User, answer: str) -> None:
    web = situations.client(boss)
    sent = PAGE | {"number": 1, "verdict": "approve", "review_overriding_answer": answer}
    assert web.post(detail_url(waiting), sent).status_code == 422
    assert again(waiting).state == workflow.SUBMITTED
    with pytest.raises(Refused):
        approve(boss, waiting, answer=answer)


def test_a_dispute_is_acknowledged(at: Situation, boss: User) -> None:
    family = at.facts["presence"]
    answers: dict[str, Any] = {
        "dispute": "yes",
        "dispute_kind": ["labor"],
        "factor_workplace_or_tenant_rights_presence": "present",
        "factor_workplace_or_tenant_rights_subtype": ["wage_complaint"],
        "factor_workplace_or_tenant_rights_weight": "material",
        "factor_workplace_or_tenant_rights_pins": [family],
    }
    assert FAMILY.ref not in answers.values()
    decision = situations.signed(at, **answers)
    for verb in (approve, lambda who, one: send_back(who, one, "A point.")):
        with pytest.raises(Refused) as refused:
            verb(boss, decision)
        assert set(refused.value.errors) == {"dispute_acknowledged"}
    web = situations.client(boss)
    body = web.get(detail_url(decision)).content.decode()
    assert 'name="dispute_acknowledged"' in body
    answer = web.post(detail_url(decision), PAGE | {"number": 1, "verdict": "approve"})
    assert answer.status_code == 422
    assert "Say that you have weighed it" in answer.content.decode()
    sent = PAGE | {"number": 1, "verdict": "approve", "dispute_acknowledged": "yes"}
    assert web.post(detail_url(decision), sent).status_code == 302
    assert Review.objects.get().dispute_acknowledged
    assert situations.told(last("review.decision.approved"))["dispute_acknowledged"] is True


def test_without_a_dispute_there_is_nothing_to_acknowledge(waiting: Decision, boss: User) -> None:
    assert (
        'name="dispute_acknowledged"' not in situations.client(boss).get(detail_url(waiting)).content.decode()
    )
    assert not approve(boss, waiting, acknowledged=True).dispute_acknowledged


# Four eyes


@pytest.fixture
def promoted(at: Situation, waiting: Decision) -> User:
    """The author of `waiting`, a supervisor since."""
    author = at.officer
    author.role = Role.SUPERVISOR
    author.save()
    return author


def test_nobody_reviews_their_own_decision(waiting: Decision, promoted: User) -> None:
    for verb in (
        lambda: approve(promoted, waiting),
        lambda: send_back(promoted, waiting, "A point."),
        lambda: services.claim(actor=promoted.actor(), user=promoted, decision=waiting),
    ):
        with pytest.raises(Refused, match="Nobody reviews their own decision"):
            verb()
    assert again(waiting).state == workflow.SUBMITTED


def test_the_page_says_so_and_offers_nothing(waiting: Decision, promoted: User) -> None:
    web = situations.client(promoted)
    body = situations.main_of(web.get(detail_url(waiting)))
    assert "Another supervisor reviews this" in body
    assert "<form" not in body
    answer = web.post(detail_url(waiting), PAGE | {"number": 1, "verdict": "approve"})
    assert answer.status_code == 422
    assert "Nobody reviews their own decision" in answer.content.decode()
    assert again(waiting).state == workflow.SUBMITTED


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.ADMIN])
def test_only_supervisors_review(waiting: Decision, role: Role) -> None:
    who = factories.user(role)
    with pytest.raises(Decision.DoesNotExist):
        approve(who, waiting)
    assert again(waiting).state == workflow.SUBMITTED


def raw_review(decision: Decision, reviewer: User) -> Review:
    with transaction.atomic():
        return Review.objects.create(
            decision=decision,
            version_number=1,
            reviewer=reviewer,
            verdict="approved",
            overriding_answer="found",
            reason="x",
            entry_id=new_id(),
            at=now(),
        )


def test_the_database_refuses_a_review_by_the_author(waiting: Decision, promoted: User, boss: User) -> None:
    with pytest.raises(IntegrityError, match="four eyes"):
        raw_review(waiting, promoted)
    raw_review(waiting, boss)
    with pytest.raises(IntegrityError, match="one_review_per_level"):
        raw_review(waiting, boss)


@pytest.mark.parametrize("table", ["review_review", "review_returnpoint"])
def test_the_database_changes_and_deletes_no_review(waiting: Decision, boss: User, table: str) -> None:
    send_back(boss, waiting, "A point.")
    column = {"review_review": "reason", "review_returnpoint": "text"}[table]
    for sql in (f"UPDATE {table} SET {column} = 'other'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert Review.objects.get().reason == "The file says nothing of the family."
    assert ReturnPoint.objects.get().text == "A point."


# Two supervisors


def test_another_supervisors_claim_is_respected(waiting: Decision, boss: User, other_boss: User) -> None:
    services.claim(actor=boss.actor(), user=boss, decision=waiting)
    for verb in (
        lambda: services.claim(actor=other_boss.actor(), user=other_boss, decision=waiting),
        lambda: services.release(actor=other_boss.actor(), user=other_boss, decision=waiting),
        lambda: approve(other_boss, waiting),
        lambda: send_back(other_boss, waiting, "A point."),
    ):
        with pytest.raises(Taken, match=boss.full_name):
            verb()
    assert again(waiting).claimed_by == boss


def test_claiming_twice_is_one_entry(at: Situation, waiting: Decision, boss: User) -> None:
    for _ in range(2):
        services.claim(actor=boss.actor(), user=boss, decision=waiting)
    assert situations.events(at.case, "review.decision.claimed") == ["review.decision.claimed"]


def test_release_puts_it_back(at: Situation, waiting: Decision, boss: User, other_boss: User) -> None:
    services.claim(actor=boss.actor(), user=boss, decision=waiting)
    web = situations.client(boss)
    assert web.post(reverse("review:release", args=[waiting.pk])).status_code == 302
    stored = again(waiting)
    assert (stored.state, stored.claimed_by, stored.claimed_at) == (workflow.SUBMITTED, None, None)
    assert situations.events(at.case, "review.decision.released") == ["review.decision.released"]
    approve(other_boss, stored)


@pytest.mark.parametrize("verdict", ["approve", "return"])
def test_when_another_was_faster_the_text_stays_in_the_page(
    waiting: Decision, boss: User, other_boss: User, verdict: str
) -> None:
    web = situations.client(boss)
    web.get(detail_url(waiting))
    approve(other_boss, waiting)
    text = "My own reason & <view>,\nin two lines."
    sent = {"number": 1, "verdict": verdict, "review_overriding_answer": "not_found", "review_reason": text}
    if verdict == "return":
        sent |= {"point_1": "My own point.", "point_about_1": "consequences"}
    answer = web.post(detail_url(waiting), sent)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "was faster" in html.unescape(body)
    assert text in html.unescape(body)
    if verdict == "return":
        assert "My own point." in body
    assert Review.objects.count() == 1


def test_a_verdict_on_a_version_that_was_signed_again_is_refused(
    at: Situation, waiting: Decision, boss: User, other_boss: User
) -> None:
    send_back(other_boss, waiting, "A point.")
    situations.answer_points(again(waiting), 1)
    situations.sign(situations.fill(at, again(waiting), rationale="Another reason."))
    with pytest.raises(Taken):
        approve(boss, again(waiting), number=1)
    assert again(waiting).state in (workflow.SUBMITTED, workflow.CLAIMED)
    approve(boss, again(waiting), number=2)
    assert [one.version_number for one in Review.objects.order_by("at")] == [1, 2]


@pytest.mark.parametrize("number", ["", "x", "0", "7", "99999999999999999999", "²"])
def test_an_odd_version_number_decides_nothing(waiting: Decision, boss: User, number: str) -> None:
    web = situations.client(boss)
    answer = web.post(detail_url(waiting), PAGE | {"number": number, "verdict": "approve"})
    assert answer.status_code == 422
    assert again(waiting).state in (workflow.SUBMITTED, workflow.CLAIMED)


def test_what_is_decided_is_not_decided_again(waiting: Decision, boss: User, other_boss: User) -> None:
    approve(boss, waiting)
    for who in (boss, other_boss):
        with pytest.raises(Taken):
            send_back(who, waiting, "A point.")
    with pytest.raises((Taken, workflow.NotPossible)):
        services.claim(actor=other_boss.actor(), user=other_boss, decision=waiting)


@pytest.mark.resilience
@pytest.mark.django_db(transaction=True)
def test_two_supervisors_who_decide_at_once_make_one_review() -> None:
    at = situations.ready()
    decision = situations.signed(at)
    bosses = [factories.user(Role.SUPERVISOR) for _ in range(2)]

    def work(place: int) -> None:
        if place:
            send_back(bosses[1], decision, "A point.")
        else:
            approve(bosses[0], decision)

    failed = situations.together(2, work)
    assert [type(error) for error in failed] == [Taken]
    assert Review.objects.count() == 1


def test_a_failing_log_decides_nothing(
    waiting: Decision, boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.claim(actor=boss.actor(), user=boss, decision=waiting)

    def fails(*entries: Any) -> Any:
        raise RuntimeError("no log")

    monkeypatch.setattr(services, "append", fails)
    with pytest.raises(RuntimeError):
        approve(boss, waiting)
    assert again(waiting).state == workflow.CLAIMED
    assert not Review.objects.exists()


# The page


def test_nothing_is_chosen_beforehand_and_both_buttons_look_the_same(waiting: Decision, boss: User) -> None:
    answer = situations.client(boss).get(detail_url(waiting))
    assert [one for one in situations.chosen(answer) if 'value=""' not in one] == []
    buttons = re.findall(r'<button[^>]*class="([^"]*)"[^>]*name="verdict"', situations.main_of(answer))
    assert len(buttons) == 2
    assert buttons[0] == buttons[1]


def test_the_page_shows_the_version_as_signed_and_not_the_record(
    at: Situation, waiting: Decision, boss: User
) -> None:
    web = situations.client(boss)
    at.change_conduct("Something quite different")
    body = web.get(detail_url(waiting)).content.decode()
    signed, _, record = body.partition('id="whole-record"')
    assert "Drove at twice the limit" in signed
    assert "Something quite different" not in signed
    assert "Something quite different" in record, "what the record says now stands apart"


def test_an_incomplete_review_keeps_what_was_typed(waiting: Decision, boss: User) -> None:
    text = "A & <reason>,\nin two lines."
    answer = situations.client(boss).post(
        detail_url(waiting),
        {"number": 1, "verdict": "return", "review_reason": text, "point_about_2": "factors", "point_3": ""},
    )
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "Give your own answer to the overriding question" in body
    assert "Write at least one point" in body
    assert text in html.unescape(body)
    assert 'href="#id_review_overriding_answer_0"' in body
    assert 'id="id_review_overriding_answer_0"' in " ".join(body.split())


def test_a_reason_that_is_too_long_stays_in_the_page(waiting: Decision, boss: User) -> None:
    text = "x" * 20_001
    answer = situations.client(boss).post(
        detail_url(waiting), PAGE | {"number": 1, "verdict": "approve", "review_reason": text}
    )
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert "20,001 characters" in answer.content.decode()


def test_a_point_that_is_too_long_is_refused_and_not_cut(waiting: Decision, boss: User) -> None:
    text = "y" * 20_001
    answer = situations.client(boss).post(
        detail_url(waiting), PAGE | {"number": 1, "verdict": "return", "point_1": text}
    )
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert not Review.objects.exists()


def test_nul_is_taken_out(waiting: Decision, boss: User) -> None:
    answer = situations.client(boss).post(
        detail_url(waiting),
        PAGE | {"number": 1, "verdict": "return", "review_reason": "a\x00b", "point_1": "c\x00d"},
    )
    assert answer.status_code == 302
    assert Review.objects.get().reason == "ab"
    assert ReturnPoint.objects.get().text == "cd"


def test_no_verdict_is_none(waiting: Decision, boss: User) -> None:
    answer = situations.client(boss).post(detail_url(waiting), PAGE | {"number": 1})
    assert answer.status_code == 422
    assert "Choose to approve or to return" in answer.content.decode()


def test_opening_is_one_entry(at: Situation, waiting: Decision, boss: User) -> None:
    before = Entry.objects.count()
    situations.client(boss).get(detail_url(waiting))
    assert Entry.objects.count() == before + 1
    assert last("review.decision.opened").case_id == at.case.pk


def test_an_ended_session_keeps_the_reason(waiting: Decision, boss: User) -> None:
    web = situations.client(boss)
    web.logout()
    answer = web.post(detail_url(waiting), PAGE | {"number": 1, "verdict": "approve"})
    assert answer.status_code == 401
    assert "The conduct is recent." in html.unescape(answer.content.decode())
    assert again(waiting).state == workflow.SUBMITTED


def test_a_draft_is_nothing_to_review(at: Situation, boss: User) -> None:
    draft = situations.started(at)
    web = situations.client(boss)
    assert web.get(detail_url(draft)).status_code == 404
    assert web.post(detail_url(draft), PAGE | {"verdict": "approve"}).status_code == 404
