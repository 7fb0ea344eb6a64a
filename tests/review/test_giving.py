"""Giving decisions, spreading them, absences: each with a result, nobody gets their own, no taking twice."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Role, User
from assessment.models import Decision
from ledger.models import Entry
from review import services
from review.clocks.pausing import pause_clock
from review.desk import giving, team
from review.desk.filters import QueueFilter
from review.desk.queue import queue
from review.errors import Refused
from review.models import Absence, Review
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.samples import approve, many

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 12, 10)


def again(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


def give(boss: User, to: User | None, *decisions: Decision, reason: str = "load") -> list[giving.Given]:
    return giving.give(
        actor=boss.actor(), user=boss, decisions=[one.pk for one in decisions], to=to, reason=reason
    )


def take(boss: User) -> Decision | None:
    return services.claim_next(actor=boss.actor(), user=boss)


def away(boss: User, person: User, cover: User | None = None, **days: int) -> Absence:
    return giving.record_absence(
        actor=boss.actor(),
        user=boss,
        person=person,
        cover=cover,
        starts=DAY + datetime.timedelta(days=days.get("starts", 0)),
        ends=DAY + datetime.timedelta(days=days.get("ends", 5)),
    )


def test_what_was_given_is_offered_to_nobody_else(
    at: Situation, waiting: Decision, boss: User, other_boss: User
) -> None:
    (second,) = many(at, [DAY + datetime.timedelta(days=20)], waiting)
    assert [one.done for one in give(boss, other_boss, waiting)] == [True]
    entry = Entry.objects.get(event="review.decision.given")
    assert situations.told(entry) | {"number": 1} == {
        "number": 1,
        "to": str(other_boss.pk),
        "was": "",
        "taken_from": "",
        "reason": "load",
    }
    assert take(boss) == second
    with pytest.raises(Refused, match="given to"):
        services.claim(actor=boss.actor(), user=boss, decision=again(waiting))
    with pytest.raises(Refused, match="given to"):
        approve(boss, again(waiting))
    assert [row.id for row in queue(other_boss, QueueFilter(state="given"))[0]] == [waiting.pk]
    assert take(other_boss) == waiting


def test_a_taken_one_changes_hands_and_the_first_cannot_decide(
    waiting: Decision, boss: User, other_boss: User
) -> None:
    services.claim(actor=other_boss.actor(), user=other_boss, decision=waiting)
    (result,) = give(boss, boss, waiting, reason="absence")
    assert result.done
    stored = again(waiting)
    assert (stored.state, stored.claimed_by, stored.assigned_to) == ("submitted", None, boss)
    with pytest.raises(Refused):
        approve(other_boss, stored)
    approve(boss, stored)
    assert Review.objects.get().reviewer == boss


def test_back_to_the_queue(waiting: Decision, boss: User, other_boss: User) -> None:
    give(boss, other_boss, waiting)
    assert [one.words for one in give(boss, None, waiting)] == ["Back in the queue."]
    assert [one.words for one in give(boss, None, waiting)] == ["It is in the queue already."]
    assert take(boss) == waiting


def test_many_at_once_get_a_result_each(
    at: Situation, waiting: Decision, boss: User, other_boss: User, far_boss: User
) -> None:
    free, written, decided = many(at, [DAY] * 3, waiting)
    Decision.objects.filter(pk=written.pk).update(created_by=other_boss, signed_by=other_boss)
    Decision.objects.filter(pk=decided.pk).update(state="claimed", claimed_by=boss)
    Decision.objects.filter(pk=decided.pk).update(state="approved")
    elsewhere = uuid.uuid4()
    results = giving.give(
        actor=boss.actor(),
        user=boss,
        decisions=[free.pk, written.pk, decided.pk, elsewhere],
        to=other_boss,
        reason="load",
    )
    assert [one.done for one in results] == [True, False, False, False]
    assert "Nobody reviews their own decision" in results[1].words
    assert results[2].words == "It is approved now."
    assert results[3].words == "It is not in your office's queue."
    assert again(written).assigned_to is None
    assert situations.events(prefix="review.decision.given") == ["review.decision.given"]
    outside = giving.give(
        actor=far_boss.actor(), user=far_boss, decisions=[free.pk], to=far_boss, reason="load"
    )
    assert [one.done for one in outside] == [False]


def test_nothing_is_given_without_a_reason_or_to_another_office(
    waiting: Decision, boss: User, far_boss: User, at: Situation
) -> None:
    with pytest.raises(Refused) as refused:
        give(boss, far_boss, reason="because")
    assert set(refused.value.errors) == {"decision", "give_reason", "give_to"}
    with pytest.raises(Refused):
        give(boss, at.officer, waiting)


def test_an_absence_sends_what_was_given_to_whoever_covers(
    at: Situation, waiting: Decision, boss: User, other_boss: User
) -> None:
    third = factories.user(Role.SUPERVISOR)
    give(boss, other_boss, waiting)
    assert take(third) is None
    row = away(boss, other_boss, third)
    assert take(boss) is None
    assert take(third) == waiting
    services.release(actor=third.actor(), user=third, decision=again(waiting))
    giving.end_absence(actor=boss.actor(), user=boss, absence=row.pk)
    assert take(third) is None


def test_without_cover_anybody_of_the_office_takes_it(
    waiting: Decision, boss: User, other_boss: User, far_boss: User
) -> None:
    give(boss, other_boss, waiting)
    away(boss, other_boss, starts=1)
    assert take(boss) is None
    away(boss, other_boss)
    assert take(far_boss) is None
    assert take(boss) == waiting


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": DAY - datetime.timedelta(days=1)}, "absent_until"),
        ({"starts": None}, "absent_from"),
        ({"cover": "self"}, "cover"),
        ({"person": "officer"}, "absent"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_by_field(
    at: Situation, boss: User, changes: dict[str, Any], field: str
) -> None:
    given: dict[str, Any] = {"person": boss, "cover": None, "starts": DAY, "ends": DAY}
    named = {"self": boss, "officer": at.officer}
    given |= {
        name: named.get(value, value) if isinstance(value, str) else value for name, value in changes.items()
    }
    with pytest.raises(Refused) as refused:
        giving.record_absence(actor=boss.actor(), user=boss, **given)
    assert list(refused.value.errors) == [field]
    assert not Absence.objects.exists()


def test_the_preview_evens_out_and_is_given_as_it_was_shown(
    at: Situation, waiting: Decision, boss: User, other_boss: User
) -> None:
    third = factories.user(Role.SUPERVISOR)
    rest = many(at, [DAY] * 6, waiting)
    give(boss, boss, rest[0], rest[1])
    away(boss, third)
    shares, plan = team.preview(boss, team.loads(boss))
    assert {one.person: one.then for one in shares} == {boss: 4, other_boss: 3} or {
        one.person: one.then for one in shares
    } == {boss: 3, other_boss: 4}
    services.claim(actor=other_boss.actor(), user=other_boss, decision=again(rest[5]))
    page = situations.client(boss).post(
        reverse("review:spread"), {"share": [f"{key} {person.pk}" for key, person in plan]}
    )
    assert page.status_code == 200
    assert third.full_name not in situations.main_of(page)
    given = Decision.objects.filter(assigned_to__isnull=False)
    assert {one.assigned_to for one in given} == {boss, other_boss}
    assert not Decision.objects.filter(state="approved").exists()


def test_the_spread_knows_nothing_of_what_a_decision_is_about(
    at: Situation, waiting: Decision, boss: User, other_boss: User
) -> None:
    many(at, [DAY] * 5, waiting)
    _, before = team.preview(boss, team.loads(boss))
    Decision.objects.update(type="parole", direction="undo", urgency="", notices=["dispute"])
    assert team.preview(boss, team.loads(boss))[1] == before


# The pages


def test_the_page_gives_and_tells(at: Situation, waiting: Decision, boss: User, other_boss: User) -> None:
    web = situations.client(boss)
    page = situations.main_of(web.get(reverse("review:queue")))
    assert f'name="decision" value="{waiting.pk}"' in " ".join(page.split())
    answer = web.post(
        reverse("review:give"),
        {
            "decision": str(waiting.pk),
            "give_to": str(other_boss.pk),
            "give_reason": "load",
            "filter": "due=soon",
        },
    )
    told = situations.main_of(answer)
    assert f"Given to {other_boss.full_name}." in told
    assert 'href="/review/?due=soon"' in told


def test_a_refusal_tells_all_that_is_wrong_and_keeps_marks_and_choices(
    at: Situation, waiting: Decision, boss: User, other_boss: User, far_boss: User
) -> None:
    web = situations.client(boss)
    marked = f'name="decision" value="{waiting.pk}"'

    def send(**given: str) -> str:
        wrong = web.post(reverse("review:give"), {"filter": "due=soon", **given})
        assert wrong.status_code == 422
        return " ".join(situations.main_of(wrong).split())

    told = send(decision=str(waiting.pk), give_to="", give_reason="")
    assert "Choose a supervisor of your office, or the queue." in told
    assert "Choose why they change hands." in told
    assert marked in told
    assert 'name="filter" value="due=soon"' in told
    told = send(decision=str(waiting.pk), give_to=str(far_boss.pk), give_reason="load")
    assert "Choose a supervisor of your office, or the queue." in told
    assert '<option value="load" selected>' in told
    told = send(give_to=str(other_boss.pk), give_reason="load")
    assert "Mark at least one decision." in told
    assert f'<option value="{other_boss.pk}" selected>' in told
    waiting.refresh_from_db()
    assert waiting.assigned_to is None


def test_the_team_page_counts_and_records_an_absence(
    at: Situation, waiting: Decision, boss: User, other_boss: User
) -> None:
    give(boss, other_boss, waiting)
    web = situations.client(boss)
    held = {one.person: (one.taken, one.given) for one in team.loads(boss)}
    assert held == {boss: (0, 0), other_boss: (0, 1)}
    day = {"absent": str(other_boss.pk), "cover": str(boss.pk), "absent_from": "2024-12-10"}
    wrong = web.post(reverse("review:absence"), day | {"absent_until": "soon"})
    assert wrong.status_code == 422
    assert 'value="2024-12-10"' in wrong.content.decode()
    web.post(reverse("review:absence"), day | {"absent_until": "2024-12-12"})
    page = situations.main_of(web.get(reverse("review:team")))
    assert f"{boss.full_name} covers" in page
    web.post(reverse("review:absence"), {"end": str(Absence.objects.get().pk)})
    assert "Nobody is away" in situations.main_of(web.get(reverse("review:team")))


def test_the_counts_of_the_team_are_exact(
    at: Situation, waiting: Decision, boss: User, other_boss: User, far_boss: User
) -> None:
    """One of each: overdue, today, later, paused, overdue when it was paused. Who pauses a clock has the decision."""
    dues = [DAY + datetime.timedelta(days=days) for days in (-2, 3, 1, -1)]
    late, later, *paused = many(at, dues, waiting)
    Decision.objects.filter(pk=waiting.pk).update(due_on=DAY)
    for one in paused:
        pause_clock(
            actor=boss.actor(),
            user=boss,
            decision=again(one),
            number=one.signed_number,
            reason="records",
            note="A disposition is awaited.",
        )
    give(boss, other_boss, later)
    give(boss, boss, late)
    services.claim(actor=boss.actor(), user=boss, decision=again(late))
    counted = {one.words: one.number for one in team.ageing(boss)}
    assert counted == {
        "Overdue": 2,
        "Due today": 1,
        "Due later": 1,
        "Paused, not due meanwhile": 1,
        "In nobody's hands": 1,
    }
    loads = {one.person: (one.taken, one.given, one.overdue) for one in team.loads(boss)}
    assert loads == {boss: (3, 0, 2), other_boss: (0, 1, 0)}
    assert [one.number for one in team.ageing(far_boss)] == [0, 0, 0, 0, 0]


@pytest.mark.resilience
@pytest.mark.django_db(transaction=True)
def test_one_that_is_given_and_taken_at_once_has_one_holder() -> None:
    at = situations.ready()
    first = situations.signed(at)
    rows = [first, *many(at, [DAY] * 9, first)]
    giver, taker, receiver = (factories.user(Role.SUPERVISOR) for _ in range(3))

    def work(place: int) -> None:
        if place:
            while take(taker) is not None:
                pass
        else:
            give(giver, receiver, *rows)

    assert situations.together(2, work) == []
    for one in Decision.objects.all():
        assert (one.claimed_by, one.assigned_to) in {(taker, None), (None, receiver)}
        moves = Entry.objects.filter(
            decision_id=one.pk, event__in=["review.decision.claimed", "review.decision.given"]
        )
        assert moves.count() >= 1
