"""Stops: opened with the sign, lifted in one way by one who may, and never more than the sign that they rest on."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import Role
from assessment import services
from assessment.errors import NotAllowed, RulesUnmet
from assessment.models import Decision, DecisionVersion, Stop, Task
from assessment.stops import services as stop_services
from assessment.stops.selectors import halts
from cases import services as case_services
from cases.dates import UncertainDate
from cases.errors import Refused
from cases.models import Case, StatusRecord
from ledger.models import Entry
from tests import factories
from tests.assessment import situations, stopping
from tests.assessment.situations import DAY, Situation, events, fill, sign, started
from tests.assessment.stopping import KINDS, LIFTS, approved, evidence, lift, settle, stop

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V#21", "2021-02-18:B#8")]
OPENED = "assessment.stop.opened"
SETTLED = "assessment.stop.settled"


def refused_by(decision: Decision) -> set[str]:
    with pytest.raises(RulesUnmet) as refused:
        sign(decision)
    return {one.rule for one in refused.value.unmet}


# Opening


@pytest.mark.parametrize("kind", KINDS)
def test_a_saved_sign_opens_one_stop_with_owner_clock_and_entry(at: Situation, kind: str) -> None:
    one = stop(at, kind)
    assert one.opened_by == at.officer
    assert one.due_on == datetime.date(2024, 12, 12 if kind == "section_1367" else 11)
    assert events(at.case, OPENED) == [OPENED]
    at.change_status(**stopping.ANSWERS[kind])
    assert Stop.objects.filter(case=at.case).count() == 1
    assert events(at.case, OPENED) == [OPENED]


@pytest.mark.parametrize("kind", KINDS)
def test_the_entry_keeps_the_kind_out_of_its_bytes(at: Situation, kind: str) -> None:
    stop(at, kind)
    entry = Entry.objects.get(event=OPENED)
    assert kind.encode() not in bytes(entry.bytes)
    assert situations.told(entry)["stop_kind"] == kind


def test_a_failing_entry_takes_sign_and_stop_back(at: Situation, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*entries: Any) -> Any:
        raise RuntimeError("no log")

    monkeypatch.setattr(stop_services, "append", fails)
    with pytest.raises(RuntimeError):
        at.change_status(citizenship_claim="yes")
    assert not Stop.objects.exists()
    assert StatusRecord.objects.get(case=at.case).citizenship_claim == "no"
    assert OPENED not in events()


@pytest.mark.parametrize(
    "check",
    [{"citizenship_looked": "did_not_look"}, {"minor_check": "unknown"}, {"section_1367_check": "unknown"}],
    ids=lambda check: next(iter(check)),
)
def test_a_check_that_nobody_made_halts_without_a_stop(
    at: Situation, full: Decision, check: dict[str, Any]
) -> None:
    at.change_status(**check)
    assert not Stop.objects.exists()
    assert [(one.stop_id, one.way_out) for one in halts(at.case, DAY, at.case.status)] == [
        (None, "Answer it on the status page of the case.")
    ]
    assert refused_by(full) == {"stops_halt_adverse_steps"}
    at.change_status()
    sign(full)


def test_a_changed_birth_date_opens_the_stop_at_once(at: Situation, full: Decision) -> None:
    born(at, "2007-01-01")
    assert Stop.objects.get(case=at.case).kind == "minor"
    assert refused_by(full) == {"stops_halt_adverse_steps"}


def born(at: Situation, when: str) -> None:
    at.case.person.refresh_from_db()
    case_services.change_person(
        actor=at.officer.actor(),
        user=at.officer,
        case=at.case,
        version=at.case.person.version,
        family_name="Quillworth",
        given_name="Tamsin",
        birth=UncertainDate.parse(when),
    )


@pytest.mark.parametrize(("year", "open_stops"), [("2005", 0), ("2006", 1), ("2007", 1)])
def test_a_year_of_birth_that_may_mean_under_18(year: str, open_stops: int) -> None:
    at = situations.ready(birth=year)
    decision = fill(at, started(at))
    assert Stop.objects.filter(case=at.case, kind="minor", state="open").count() == open_stops
    if not open_stops:
        sign(decision)
        return
    assert refused_by(decision) == {"stops_halt_adverse_steps"}
    lift(at, Stop.objects.get(case=at.case))
    sign(decision)


def test_the_database_holds_one_open_stop_of_a_kind(at: Situation) -> None:
    one = stop(at, "minor")
    with pytest.raises(IntegrityError, match="one_open_stop_of_a_kind"):
        Stop.objects.create(
            case=at.case, kind="minor", basis="x", opened_at=one.opened_at, opened_by=at.officer, due_on=DAY
        )


# The way out


@pytest.mark.parametrize("kind", KINDS)
def test_the_named_evidence_lifts_it_and_acting_goes_on(at: Situation, full: Decision, kind: str) -> None:
    one = lift(at, stop(at, kind))
    assert one.state == "lifted"
    assert one.evidence is not None
    assert one.settled_by is not None
    assert one.evidence.kind == LIFTS[kind]
    assert one.settled_by.role == Role.SUPERVISOR
    assert events(at.case, SETTLED) == [SETTLED]
    assert situations.told(Entry.objects.get(event=SETTLED))["confirmed"] is False
    sign(full)


def refused(one: Stop, *args: Any, match: str, **more: Any) -> None:
    with pytest.raises(NotAllowed, match=match):
        settle(one, *args, **more)
    assert Stop.objects.get(pk=one.pk).state == "open"
    assert SETTLED not in events()


@pytest.mark.parametrize("kind", KINDS)
def test_a_supervisors_word_alone_lifts_nothing(at: Situation, kind: str) -> None:
    refused(stop(at, kind), None, match="word alone")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "section_1367"])
def test_other_evidence_lifts_nothing(at: Situation, kind: str) -> None:
    one = stop(at, kind)
    for other in ("official_letter", *(LIFTS[key] for key in KINDS if key != kind)):
        refused(one, evidence(at, other), match="word alone")


def test_a_barred_source_does_not_lift_1367(at: Situation) -> None:
    one = stop(at, "section_1367")
    refused(one, evidence(at, "statement", relation="abuser_or_household"), match="word alone")


@pytest.mark.parametrize("kind", KINDS)
def test_evidence_of_another_case_lifts_nothing(at: Situation, kind: str) -> None:
    elsewhere = situations.ready(at.officer)
    refused(stop(at, kind), evidence(elsewhere, LIFTS[kind]), match="word alone")


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_lifts_it_with_evidence_of_their_own(at: Situation, kind: str) -> None:
    boss = factories.user(Role.SUPERVISOR)
    one = stop(at, kind)
    piece = evidence(at, LIFTS[kind], by=boss)
    refused(one, piece, by=boss, match="You brought this evidence yourself")
    assert settle(one, piece).state == "lifted"


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_not(at: Situation, kind: str) -> None:
    one = stop(at, kind)
    piece = evidence(at, LIFTS[kind])
    for role in (Role.OFFICER, Role.AUDITOR, Role.ADMIN, Role.PRIVACY):
        refused(one, piece, by=factories.user(role), match="A supervisor of the case's office")
    far = factories.user(Role.SUPERVISOR, at=situations.second_office())
    refused(one, piece, by=far, match="A supervisor of the case's office")
    assert situations.client(far).get(reverse("assessment:stop", args=[one.pk])).status_code == 404


def test_it_is_settled_once(at: Situation) -> None:
    one = stop(at, "minor")
    lift(at, one)
    with pytest.raises(NotAllowed, match="settled meanwhile"):
        lift(at, one)
    assert events(at.case, SETTLED) == [SETTLED]


def test_the_page_settles_it_and_says_why_it_does_not(at: Situation, full: Decision) -> None:
    one = stop(at, "citizenship")
    piece = evidence(at, "counsel_opinion")
    url = reverse("assessment:stop", args=[one.pk])
    officer = situations.client(at.officer)
    assert "Lift the stop" not in situations.main_of(officer.get(url))
    answer = officer.post(url, {"evidence": str(piece.pk), "settle": "lift"})
    assert answer.status_code == 422
    web = situations.client(factories.user(Role.SUPERVISOR))
    assert situations.chosen(web.get(url)) == []
    for sent in ({}, {"evidence": "nonsense"}, {"evidence": str(at.evidence.pk)}):
        answer = web.post(url, sent | {"settle": "lift"})
        assert answer.status_code == 422
        assert "Counsel gives a written opinion" in situations.main_of(answer)
    assert Stop.objects.get(pk=one.pk).state == "open"
    assert web.post(url, {"evidence": str(piece.pk), "settle": "lift"}).status_code == 302
    assert Stop.objects.get(pk=one.pk).state == "lifted"
    sign(full)


# A lifted stop covers its own basis


def test_a_lifted_stop_covers_the_same_sign_and_no_other(at: Situation, full: Decision) -> None:
    lift(at, stop(at, "citizenship"))
    at.change_status(citizenship_claim="yes")
    assert Stop.objects.filter(case=at.case, state="open").count() == 0
    at.change_status(
        citizenship_claim="yes", citizenship_indicia=("us_passport",), citizenship_looked="looked_found"
    )
    assert Stop.objects.filter(case=at.case, state="open").count() == 1
    assert refused_by(full) == {"stops_halt_adverse_steps"}


def test_a_lifted_age_covers_its_birth_date_and_no_other() -> None:
    at = situations.ready(birth="2006")
    decision = fill(at, started(at))
    lift(at, Stop.objects.get(case=at.case))
    born(at, "2007")
    assert Stop.objects.filter(case=at.case, state="open").count() == 1
    assert refused_by(decision) == {"stops_halt_adverse_steps"}


def test_taking_the_sign_back_does_not_lift_the_stop(at: Situation, full: Decision) -> None:
    stop(at, "citizenship")
    at.change_status()
    assert Stop.objects.get(case=at.case).state == "open"
    assert refused_by(full) == {"stops_halt_adverse_steps"}


# A citizen


def test_a_confirmed_citizen_closes_the_case_and_everything_else_is_refused(
    at: Situation, full: Decision
) -> None:
    one = settle(stop(at, "citizenship"), evidence(at, "counsel_opinion"), confirm=True)
    assert one.state == "confirmed"
    assert Case.objects.get(pk=at.case.pk).state == "closed"
    assert "cases.case.closed" in events(at.case)
    at.case.refresh_from_db()
    assert refused_by(full) == {"stops_halt_adverse_steps"}
    for kind, way in (("detainer", "do"), ("arrest", "do"), ("detainer", "undo")):
        with pytest.raises(NotAllowed, match="closed"):
            started(at, kind, way)
    who: dict[str, Any] = {"actor": at.officer.actor(), "user": at.officer, "case": at.case}
    with pytest.raises(Refused, match="closed"):
        case_services.record_fact(**who, kind="conduct", details={"what": "More"})
    with pytest.raises(Refused, match="closed"):
        at.change_status()
    with pytest.raises(Refused, match="closed"):
        evidence(at, "counsel_opinion")
    piece = one.evidence
    for confirm in (True, False):
        with pytest.raises(NotAllowed, match="settled meanwhile"):
            settle(one, piece, confirm=confirm)
    assert not DecisionVersion.objects.exists()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "citizenship"])
def test_only_citizenship_is_confirmed(at: Situation, kind: str) -> None:
    refused(stop(at, kind), evidence(at, LIFTS[kind]), confirm=True, match="Only a stop on citizenship")


def test_a_detainer_of_a_confirmed_citizen_is_still_lifted(at: Situation) -> None:
    approved(at)
    settle(stop(at, "citizenship"), evidence(at, "counsel_opinion"), confirm=True)
    assert Task.objects.filter(case=at.case, done_at__isnull=True).count() == 1
    page = situations.client(at.officer).get(reverse("cases:detail", args=[at.case.pk]))
    assert reverse("assessment:start", args=[at.case.pk]) in situations.main_of(page)
    for kind, way in (("detainer", "do"), ("notice_to_appear", "do"), ("custody", "undo")):
        with pytest.raises(NotAllowed, match="closed"):
            started(at, kind, way)
    lifting = fill(at, started(at, "detainer", "undo"))
    with pytest.raises(NotAllowed, match="closed"):
        services.add_decision(
            actor=at.officer.actor(),
            user=at.officer,
            assessment=lifting.assessment,
            decision_type="notice_to_appear",
            direction="do",
        )
    sign(lifting)
    stopping.approve(Decision.objects.get(pk=lifting.pk))
    assert not Task.objects.filter(case=at.case, done_at__isnull=True).exists()
    with pytest.raises(NotAllowed, match="closed"):
        started(at, "detainer", "undo")


# A detainer that stands


def open_tasks(at: Situation) -> list[Task]:
    return list(Task.objects.filter(case=at.case, kind="lift_detainer", done_at__isnull=True))


def test_a_standing_detainer_becomes_a_task_for_officer_and_supervisor(at: Situation) -> None:
    detainer = approved(at)
    stop(at, "citizenship")
    (task,) = open_tasks(at)
    assert (task.decision, task.due_on) == (detainer, datetime.date(2024, 12, 11))
    assert events(at.case, "assessment.task.") == ["assessment.task.opened"]
    boss = factories.user(Role.SUPERVISOR)
    for who in (at.officer, boss):
        assert task.words in situations.main_of(situations.client(who).get(reverse("home"))), who.role
    colleague = factories.user(Role.OFFICER)
    far = factories.user(Role.SUPERVISOR, at=situations.second_office())
    for who in (colleague, far):
        assert task.words not in situations.main_of(situations.client(who).get(reverse("home"))), who.role
    url = reverse("assessment:task-done", args=[task.pk])
    assert situations.client(far).post(url).status_code == 404
    assert open_tasks(at) == [task]


def test_an_approved_lifting_closes_the_task_and_nothing_less(at: Situation) -> None:
    approved(at)
    stop(at, "citizenship")
    kept = fill(at, started(at, "detainer", "undo"), outcome="decline")
    sign(kept)
    stopping.approve(Decision.objects.get(pk=kept.pk))
    assert len(open_tasks(at)) == 1
    lifting = fill(at, started(at, "detainer", "undo"))
    sign(lifting)
    assert len(open_tasks(at)) == 1
    stopping.approve(Decision.objects.get(pk=lifting.pk))
    assert open_tasks(at) == []
    assert events(at.case, "assessment.task.")[-1] == "assessment.task.closed"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "citizenship"])
def test_other_stops_open_no_such_task(at: Situation, kind: str) -> None:
    approved(at)
    stop(at, kind)
    assert open_tasks(at) == []


def test_a_detainer_that_was_declined_or_lifted_opens_none(at: Situation) -> None:
    approved(at, outcome="decline")
    approved(at)
    approved(at, "detainer", "undo")
    stop(at, "citizenship")
    assert open_tasks(at) == []


# Two statutes that ask for more than the stop


def test_a_courthouse_asks_for_the_certificate_after_the_stop_was_lifted(at: Situation) -> None:
    decision = stopping.place(fill(at, started(at, "arrest")), "courthouse")
    lift(at, stop(at, "section_1367"))
    assert refused_by(decision) == {"place_and_certificate"}
    evidence(at, "certificate_239e")
    sign(decision)


def test_another_place_needs_no_certificate(at: Situation) -> None:
    decision = stopping.place(fill(at, started(at, "arrest")), "residence")
    lift(at, stop(at, "section_1367"))
    sign(decision)


def test_a_fear_blocks_execution_after_the_stop_was_lifted_and_a_stay_passes(at: Situation) -> None:
    decision = stopping.place(fill(at, started(at, "removal_execution")), "office")
    lift(at, stop(at, "fear_of_return"))
    assert refused_by(decision) == {"fear_blocks_execution"}
    sign(fill(at, started(at, "removal_execution", "undo")))
    declined = stopping.place(fill(at, decision, outcome="decline"), "office")
    sign(declined)
