"""An answer that was a mistake: corrected, with a reason, seen by the supervisor, and no way round a stop."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role, User
from assessment.errors import NotAllowed, RulesUnmet
from assessment.models import Decision, Stop, Task
from assessment.stops.corrections import correct_answer
from assessment.stops.services import close_task
from cases import services as case_services
from cases.dates import UncertainDate
from cases.models import Case, CaseFlag
from tests import factories
from tests.assessment import situations, stopping
from tests.assessment.situations import Situation, fill, main_of, sign, signed, started
from tests.review.samples import detail_url

WHY = "The interpreter's note belonged to another file."
ON_FLAGS = ("section_1367", "minor")


def correct(stop: Stop, user: User, reason: str = WHY) -> Stop:
    return correct_answer(actor=user.actor(), user=user, stop=stop, reason=reason)


def born(at: Situation, day: str) -> None:
    case = Case.objects.get(pk=at.case.pk)
    case_services.change_person(
        actor=at.officer.actor(),
        user=at.officer,
        case=case,
        version=case.person.version,
        family_name=case.person.family_name,
        given_name=case.person.given_name,
        birth=UncertainDate.parse(day),
    )


def again(stop: Stop) -> Stop:
    return Stop.objects.get(pk=stop.pk)


@pytest.mark.parametrize("kind", stopping.KINDS)
def test_the_answer_is_corrected_first(at: Situation, kind: str) -> None:
    stop = stopping.stop(at, kind)
    for who in (at.officer, factories.user(Role.SUPERVISOR)):
        with pytest.raises(NotAllowed, match="still shows"):
            correct(stop, who)
    assert again(stop).state == "open"


def test_an_officer_ends_it_with_a_reason_and_the_supervisor_sees_it(at: Situation, full: Decision) -> None:
    stop = stopping.stop(at, "fear_of_return")
    at.change_status()
    web = situations.client(at.officer)
    url = reverse("assessment:stop", args=[stop.pk])
    refused = web.post(url, {"settle": "correct", "reason": "  "})
    assert refused.status_code == 422
    assert "Say why the answer was a mistake" in main_of(refused)
    kept = web.post(url, {"settle": "correct", "reason": "x" * 401})
    assert "x" * 401 in main_of(kept)  # what was typed stays
    assert web.post(url, {"settle": "correct", "reason": WHY}).status_code == 302
    assert (again(stop).state, again(stop).reason) == ("corrected", WHY)
    assert situations.events(at.case, "assessment.stop.") == [
        "assessment.stop.opened",
        "assessment.stop.corrected",
    ]
    sign(full)
    boss = factories.user(Role.SUPERVISOR)
    seen = situations.client(boss)
    escaped = WHY.replace("'", "&#x27;")
    assert escaped in main_of(seen.get(detail_url(full)))
    assert escaped in main_of(seen.get(url))
    task = Task.objects.get(case=at.case, kind="answer_corrected")
    assert task.words in main_of(seen.get(reverse("home")))
    with pytest.raises(NotAllowed, match="supervisor"):
        close_task(actor=at.officer.actor(), user=at.officer, task=task)
    close_task(actor=boss.actor(), user=boss, task=task)
    # The flag that the answer had set is not gone with it: two people clear it.
    assert CaseFlag.objects.get(case=at.case).clear_reason == WHY


@pytest.mark.parametrize("kind", ON_FLAGS)
def test_where_a_flag_stands_the_stop_ends_when_two_people_cleared_it(
    at: Situation, full: Decision, kind: str
) -> None:
    stop = stopping.stop(at, kind)
    at.change_status()
    assert correct(stop, at.officer).state == "open"
    flag = CaseFlag.objects.get(case=at.case)
    assert (flag.clear_asked_by, flag.clear_reason, flag.cleared_at) == (at.officer, WHY, None)
    with pytest.raises(RulesUnmet):
        sign(full)
    boss = factories.user(Role.SUPERVISOR)
    case_services.confirm_clearing(actor=boss.actor(), user=boss, case=at.case, flag=flag.pk)
    assert (again(stop).state, again(stop).reason, again(stop).settled_by) == ("corrected", WHY, boss)
    sign(full)


def test_a_flag_that_is_cleared_ends_no_stop_that_the_record_still_shows(at: Situation) -> None:
    stop = stopping.stop(at, "minor")
    at.change_status()
    flag = CaseFlag.objects.get(case=at.case)
    asker, boss = factories.user(Role.SUPERVISOR), factories.user(Role.SUPERVISOR)
    case_services.ask_to_clear(
        actor=asker.actor(), user=asker, case=at.case, flag=flag.pk, reason="A mistake."
    )
    born(at, "2010-01-01")
    case_services.confirm_clearing(actor=boss.actor(), user=boss, case=at.case, flag=flag.pk)
    assert again(stop).state == "open"


def test_the_same_answer_again_opens_a_new_stop(at: Situation) -> None:
    stop = stopping.stop(at, "fear_of_return")
    at.change_status()
    correct(stop, at.officer)
    assert stopping.stop(at, "fear_of_return").pk != stop.pk


def test_citizenship_needs_a_supervisor_who_did_not_write_the_answer(at: Situation, full: Decision) -> None:
    stop = stopping.stop(at, "citizenship")
    at.change_status()
    with pytest.raises(NotAllowed, match="needs a supervisor"):
        correct(stop, at.officer)
    page = main_of(situations.client(at.officer).get(reverse("assessment:stop", args=[stop.pk])))
    assert "End the stop" not in page
    assert "a supervisor, who did not write the answer" in page
    boss = factories.user(Role.SUPERVISOR)
    at.case.status.__class__.objects.filter(case=at.case).update(
        saved_by=boss, version=at.case.status.version + 1
    )
    with pytest.raises(NotAllowed, match="wrote the answer yourself"):
        correct(stop, boss)
    far = factories.user(Role.SUPERVISOR, at=situations.second_office())
    with pytest.raises(NotAllowed, match="office"):
        correct(stop, far)
    correct(stop, factories.user(Role.SUPERVISOR))
    assert again(stop).state == "corrected"
    sign(full)


@pytest.mark.django_db
def test_another_date_of_birth_is_no_answer_that_an_officer_corrects() -> None:
    at = situations.ready(birth="2010-01-01")
    stop = Stop.objects.filter(case=at.case, kind="minor").first()
    if stop is None:
        at.change_status()
        stop = Stop.objects.get(case=at.case, kind="minor")
    born(at, "1990-01-01")
    with pytest.raises(NotAllowed, match="needs a supervisor"):
        correct(again(stop), at.officer)


def test_the_database_asks_for_the_reason_too(at: Situation) -> None:
    stop = stopping.stop(at, "fear_of_return")
    with pytest.raises(IntegrityError), transaction.atomic():
        Stop.objects.filter(pk=stop.pk).update(state="corrected", reason="")


# A detainer that is to be lifted


def lift_task(at: Situation) -> Task:
    decision = signed(at)
    stopping.approve(decision)
    stopping.stop(at, "citizenship")
    return Task.objects.get(case=at.case, kind="lift_detainer")


def is_open(task: Task) -> bool:
    return Task.objects.get(pk=task.pk).done_at is None


def test_a_task_to_lift_is_not_closed_by_seeing_it(at: Situation) -> None:
    task = lift_task(at)
    boss = factories.user(Role.SUPERVISOR)
    for who in (at.officer, boss):
        web = situations.client(who)
        answer = web.post(reverse("assessment:task-done", args=[task.pk]), follow=True)
        assert "not closed by seeing it" in answer.content.decode()
        assert is_open(task)
        assert "Seen and done" not in main_of(web.get(reverse("home")))


def test_it_closes_when_the_question_is_settled(at: Situation) -> None:
    task = lift_task(at)
    stop = Stop.objects.get(case=at.case, kind="citizenship")
    stopping.settle(stop, stopping.evidence(at, stopping.LIFTS["citizenship"]))
    assert not is_open(task)


def test_it_stays_when_citizenship_is_confirmed(at: Situation) -> None:
    task = lift_task(at)
    stop = Stop.objects.get(case=at.case, kind="citizenship")
    stopping.settle(stop, stopping.evidence(at, stopping.LIFTS["citizenship"]), confirm=True)
    assert is_open(task)


def test_keeping_it_does_not_close_it_while_the_question_is_open(at: Situation) -> None:
    task = lift_task(at)
    kept = fill(at, started(at, "detainer", "undo"), outcome="decline")
    sign(kept)
    stopping.approve(Decision.objects.get(pk=kept.pk))
    assert is_open(task)
