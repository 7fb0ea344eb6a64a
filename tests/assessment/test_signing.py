"""Signing: complete or refused, once, whole or not at all, and the page as signed never moves."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Role
from assessment import document, selectors, services, workflow
from assessment.errors import NotAllowed, RulesUnmet
from assessment.models import Assessment, Decision, DecisionVersion
from assessment.pages import unmet_lines, unmet_now
from assessment.services import signing
from cases import services as case_services
from cases.dates import UncertainDate
from ledger.events import Committed
from ledger.models import Entry
from policy.editions import load
from review import services as review
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import (
    EDITION_KEY,
    Situation,
    events,
    fill,
    sign,
    signed,
    started,
    submit_url,
)

pytestmark = pytest.mark.django_db
SIGNED = "assessment.decision.signed"
REFUSED = "assessment.signing.refused"


def again(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


def test_a_complete_draft_is_signed_with_one_entry(at: Situation, full: Decision) -> None:
    version = sign(full)
    stored = again(full)
    assert stored.state == workflow.SUBMITTED
    assert (stored.signed_number, stored.signed_by, stored.signed_at) == (1, at.officer, version.signed_at)
    assert stored.due_on is not None
    assert stored.due_on.isoformat() == "2024-12-11"  # a detainer is urgent: one working day
    entry = Entry.objects.get(event=SIGNED)
    assert version.entry_id == entry.pk
    assert version.number == 1
    assert (version.edition_key, version.edition_status) == (EDITION_KEY, "in_force")
    assert version.rules_digest == load(EDITION_KEY).rules_digest
    assert b'"edition"' in bytes(entry.bytes)


def test_unmet_rules_refuse_with_one_entry_and_the_draft_is_kept(at: Situation, draft: Decision) -> None:
    before = again(draft)
    with pytest.raises(RulesUnmet) as refused:
        sign(draft)
    assert {"both_sides", "factors_answered", "outcome_chosen"} <= {one.rule for one in refused.value.unmet}
    assert events(at.case, REFUSED) == [REFUSED]
    assert events(at.case, SIGNED) == []
    kept = again(draft)
    assert (kept.state, kept.answers, kept.version) == (before.state, before.answers, before.version)
    assert not DecisionVersion.objects.exists()
    words = bytes(Entry.objects.get(event=REFUSED).bytes).decode()
    assert "outcome_chosen" in words


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_each_missing_answer_refuses_either_outcome(at: Situation, draft: Decision, outcome: str) -> None:
    for name in ("opposite_case", "rationale", "consequences", "dispute", "rationale_pins"):
        decision = fill(at, draft, outcome=outcome, **{name: None})
        with pytest.raises(RulesUnmet) as refused:
            sign(decision)
        assert name in {one.field for one in refused.value.unmet}
    sign(fill(at, draft, outcome=outcome))


def test_only_the_author_signs(full: Decision) -> None:
    for role in (Role.OFFICER, Role.SUPERVISOR):
        colleague = factories.user(role)
        with pytest.raises(NotAllowed):
            services.sign_decision(actor=colleague.actor(), user=colleague, decision=full)
    assert again(full).state == workflow.DRAFT


def test_signing_twice_gives_one_version_and_one_entry(at: Situation, full: Decision) -> None:
    sign(full)
    with pytest.raises(workflow.NotPossible, match="waiting for review"):
        sign(full)
    assert DecisionVersion.objects.count() == 1
    assert events(at.case, SIGNED) == [SIGNED]


def test_a_failing_log_signs_nothing(full: Decision, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*entries: Any) -> Any:
        raise RuntimeError("no log")

    monkeypatch.setattr(signing, "append", fails)
    with pytest.raises(RuntimeError):
        sign(full)
    assert again(full).state == workflow.DRAFT
    assert not DecisionVersion.objects.exists()
    assert not Entry.objects.filter(event=SIGNED).exists()


def test_a_failure_after_the_entry_leaves_no_entry(full: Decision, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**columns: Any) -> Any:
        raise RuntimeError("disk full")

    monkeypatch.setattr(DecisionVersion.objects, "create", fails)
    with pytest.raises(RuntimeError):
        sign(full)
    assert again(full).state == workflow.DRAFT
    assert not Entry.objects.filter(event=SIGNED).exists()


@pytest.mark.resilience
@pytest.mark.django_db(transaction=True)
def test_two_windows_that_sign_at_once() -> None:
    at = situations.ready()
    full = fill(at, started(at))

    def work(place: int) -> None:
        sign(again(full))

    failed = situations.together(2, work)
    assert [type(error) for error in failed] == [workflow.NotPossible]
    assert DecisionVersion.objects.count() == 1
    assert events(at.case, SIGNED) == [SIGNED]


@pytest.mark.resilience
@pytest.mark.django_db(transaction=True)
def test_signing_saving_and_withdrawing_at_once_wait_for_each_other() -> None:
    at = situations.ready()
    for _ in range(4):
        decision = fill(at, started(at))

        def work(place: int, decision: Decision = decision) -> None:
            mine = Decision.objects.get(pk=decision.pk)
            if place == 0:
                sign(mine)
            elif place == 1:
                services.withdraw_decision(actor=at.officer.actor(), user=at.officer, decision=mine)
            else:
                situations.save(mine, "outcome", {"outcome": "decline"}, version=mine.version)

        failed = situations.together(3, work)
        assert {type(error) for error in failed} <= {workflow.NotPossible, NotAllowed, RulesUnmet}, failed
        stored = again(decision)
        assert stored.state in (workflow.SUBMITTED, workflow.WITHDRAWN)
        if stored.state == workflow.SUBMITTED:
            break


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2024-12-10", "2024-12-12"),  # Tuesday
        ("2024-12-12", "2024-12-16"),  # Thursday: over the weekend
        ("2024-12-13", "2024-12-17"),
        ("2024-12-14", "2024-12-17"),  # Saturday
        ("2024-12-15", "2024-12-17"),
    ],
)
def test_a_review_is_due_in_two_working_days(settings: Any, day: str, due: str) -> None:
    settings.PRACTICE_DATE = datetime.date.fromisoformat(day)
    assert services.due_if_signed_now() == datetime.date.fromisoformat(due)


def test_the_document_names_what_is_not_there(at: Situation, draft: Decision) -> None:
    case_services.record_fact(
        actor=at.officer.actor(),
        user=at.officer,
        case=at.case,
        kind="conduct",
        details={"what": "Heard of it only"},
        on=UncertainDate.parse("2024-05-01"),
    )
    decision = fill(
        at, draft, record_dispositions_state="unavailable", record_dispositions_reason="held_abroad"
    )
    gaps = selectors.signed_page(sign(decision)).document["gaps"]
    label = load(EDITION_KEY).record_kind("dispositions").label
    assert f"{label}: unavailable" in gaps
    assert [gap for gap in gaps if gap.startswith("No evidence under")] == [
        gap for gap in gaps if "Heard of it only" in gap
    ]
    assert len(gaps) == 2


# Stops

STOPS: list[dict[str, Any]] = [
    {"citizenship_claim": "yes"},
    {"citizenship_indicia": ("us_passport",), "citizenship_looked": "looked_found"},
    {"citizenship_looked": "did_not_look"},
    {"minor_check": "yes"},
    {"section_1367_check": "yes"},
    {"fear_of_return": "yes"},
]


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: next(iter(stop)))
def test_a_stop_refuses_acting_on_every_route_and_never_declining(
    at: Situation, full: Decision, stop: dict[str, Any]
) -> None:
    at.change_status(**stop)
    with pytest.raises(RulesUnmet) as refused:
        sign(full)
    assert {one.rule for one in refused.value.unmet} == {"stops_halt_adverse_steps"}
    web = situations.client(at.officer)
    answer = web.post(submit_url(full), {"password": factories.PASSWORD})
    assert answer.status_code == 422
    assert "A stop halts this step" in answer.content.decode()
    assert again(full).state == workflow.DRAFT
    assert again(full).answers == full.answers
    sign(fill(at, full, outcome="decline"))
    release = fill(at, started(at, "detainer", "undo"), outcome="act")
    sign(release)


@pytest.mark.parametrize("birth", ["2006-12-11", "2006", "2007"])
def test_an_age_that_may_be_under_18_refuses_acting(birth: str) -> None:
    at = situations.ready(birth=birth)
    decision = fill(at, started(at))
    with pytest.raises(RulesUnmet) as refused:
        sign(decision)
    assert {one.rule for one in refused.value.unmet} == {"stops_halt_adverse_steps"}
    sign(fill(at, decision, outcome="decline"))


def test_eighteen_on_the_day_is_no_stop() -> None:
    at = situations.ready(birth="2006-12-10")
    sign(fill(at, started(at)))


def test_acting_without_a_priority_is_refused_and_kept(at: Situation, draft: Decision) -> None:
    decision = fill(at, draft, public_safety_finding="not_found")
    with pytest.raises(RulesUnmet) as refused:
        sign(decision)
    assert {one.rule for one in refused.value.unmet} == {"priority_for_acting"}
    assert again(draft).state == workflow.DRAFT


def test_on_a_day_without_priorities_it_is_signed_without_findings(settings: Any) -> None:
    settings.PRACTICE_DATE = datetime.date(2025, 2, 1)
    at = situations.ready()
    findings = ("national_security", "public_safety", "border_security")
    decision = fill(at, started(at), **{f"{key}_finding": None for key in findings})
    version = sign(decision)
    assert version.edition_status == "rescinded"
    page = selectors.signed_page(version).document
    assert page["findings"] == []
    assert len(page["factors"]) == 17
    assert page["rationale"]["text"]


# The record moves on before signing


def test_a_fact_that_changed_after_it_was_pinned_must_be_looked_at_again(
    at: Situation, full: Decision
) -> None:
    at.change_conduct("Drove slowly, and stopped by himself")
    with pytest.raises(RulesUnmet) as refused:
        sign(full)
    assert {one.rule for one in refused.value.unmet} == {"pins_hold"}
    fields = {one.field for one in refused.value.unmet}
    assert fields == {"public_safety_last_conduct", "rationale_pins"}
    sign(fill(at, full))


def test_a_fact_that_was_withdrawn_is_gone(at: Situation, full: Decision) -> None:
    at.withdraw("conduct")
    with pytest.raises(RulesUnmet) as refused:
        sign(full)
    assert {"pins_hold", "both_sides"} <= {one.rule for one in refused.value.unmet}


def test_an_employer_as_source_of_an_encounter_makes_no_dispute_impossible(
    at: Situation, full: Decision
) -> None:
    case_services.record_encounter(
        actor=at.officer.actor(),
        user=at.officer,
        case=at.case,
        on=UncertainDate.parse("2024-12-01"),
        referral_source="tip",
        source_relation="employer",
    )
    with pytest.raises(RulesUnmet) as refused:
        sign(full)
    assert {one.rule for one in refused.value.unmet} == {"dispute_answered"}
    sign(fill(at, full, dispute="unknown"))


# Several decisions, withdrawing


def test_several_decisions_on_the_same_facts(at: Situation, full: Decision) -> None:
    sign(full)
    second = started(at, "notice_to_appear")
    assert second.assessment_id == full.assessment_id
    assert second.answers == {}
    with pytest.raises(RulesUnmet) as refused:
        sign(second)
    assert {one.step for one in refused.value.unmet} == {"outcome"}
    own = {
        name: value
        for name, value in situations.step_answers(at, outcome="decline").items()
        if name in ("outcome", "opposite_case", "opposite_pins", "rationale", "rationale_pins")
    }
    situations.save(second, "outcome", own, version=1)
    sign(again(second))
    outcomes = {one.decision_id: one.outcome for one in DecisionVersion.objects.all()}
    assert outcomes == {full.pk: "act", second.pk: "decline"}
    assert events(at.case, SIGNED) == [SIGNED, SIGNED]


def test_a_withdrawn_draft_stays_listed_and_closes_what_is_empty(at: Situation, full: Decision) -> None:
    second = started(at, "notice_to_appear")
    for decision in (full, second):
        services.withdraw_decision(actor=at.officer.actor(), user=at.officer, decision=decision)
        state = Assessment.objects.get(pk=full.assessment_id).state
        assert state == ("open" if decision is full else "closed")
    assert again(full).state == workflow.WITHDRAWN
    entry = Entry.objects.filter(event="assessment.decision.withdrawn").order_by("id").first()
    assert entry is not None
    assert b'"outcome":"act"' not in bytes(entry.bytes)
    page = situations.client(at.officer).get(reverse("assessment:start", args=[at.case.pk]))
    assert situations.main_of(page).count("withdrawn") == 2


@pytest.mark.parametrize("verb", ["sign", "withdraw"])
def test_a_withdrawn_draft_is_final(at: Situation, full: Decision, verb: str) -> None:
    started(at, "notice_to_appear")
    services.withdraw_decision(actor=at.officer.actor(), user=at.officer, decision=full)
    again_verb = {"sign": services.sign_decision, "withdraw": services.withdraw_decision}[verb]
    with pytest.raises(workflow.NotPossible, match="withdrawn"):
        again_verb(actor=at.officer.actor(), user=at.officer, decision=full)


def test_a_signed_decision_is_not_withdrawn(at: Situation, full: Decision) -> None:
    sign(full)
    with pytest.raises(workflow.NotPossible, match="waiting for review"):
        services.withdraw_decision(actor=at.officer.actor(), user=at.officer, decision=full)


# The page before signing


def test_a_wrong_password_signs_nothing_and_a_right_one_does(at: Situation, full: Decision) -> None:
    web = situations.client(at.officer)
    for password in ("", "wrong", factories.PASSWORD + "\x00"):
        answer = web.post(submit_url(full), {"password": password})
        assert answer.status_code == 422
        told = (
            "The password is not right, so nothing was signed" if password else "Type your password to sign"
        )
        assert told in answer.content.decode()
        assert situations.events(at.case, "assessment.signing.")[-1] == "assessment.signing.failed"
    assert again(full).state == workflow.DRAFT
    assert events(at.case, REFUSED) == []
    answer = web.post(submit_url(full), {"password": factories.PASSWORD}, follow=True)
    assert "the review is due on 2024-12-11" in situations.main_of(answer)
    assert again(full).state == workflow.SUBMITTED


def test_the_password_of_somebody_else_signs_nothing(at: Situation, full: Decision) -> None:
    other = factories.user(Role.OFFICER)
    other.set_password("another one")
    other.save()
    web = situations.client(at.officer)
    answer = web.post(submit_url(full), {"username": other.username, "password": "another one"})
    assert answer.status_code == 422
    assert again(full).state == workflow.DRAFT


def test_a_double_click_tells_that_it_is_signed(at: Situation, full: Decision) -> None:
    web = situations.client(at.officer)
    for _ in range(2):
        assert web.post(submit_url(full), {"password": factories.PASSWORD}).status_code == 302
    assert DecisionVersion.objects.count() == 1
    assert events(at.case, SIGNED) == [SIGNED]


def test_the_page_lists_what_is_unmet_with_link_clause_and_next_step(at: Situation, draft: Decision) -> None:
    web = situations.client(at.officer)
    body = situations.main_of(web.get(submit_url(draft)))
    edition = load(EDITION_KEY)
    assert "Your password" not in body
    work = selectors.working(draft.assessment, draft)
    lines = unmet_lines(work, unmet_now(work))
    assert len(lines) > 8
    for line in lines:
        assert line.url.replace("&", "&amp;") in body
        assert edition.clause(line.clause).text[:30] in body or "&" in line.clause_words or "'" in body
    answer = web.post(submit_url(draft), {"password": factories.PASSWORD})
    assert answer.status_code == 422
    assert "Not signed yet" in answer.content.decode()


def test_every_link_of_the_unmet_leads_to_an_element_of_its_page(at: Situation, draft: Decision) -> None:
    web = situations.client(at.officer)
    decision = fill(at, draft, dispute="yes", factor_other_mitigating_presence="present", outcome=None)
    work = selectors.working(decision.assessment, decision)
    lines = unmet_lines(work, unmet_now(work))
    assert lines
    for line in lines:
        address, _, anchor = line.url.partition("#")
        assert f'id="{anchor}"' in web.get(address).content.decode(), line.url


# The page as signed


def signed_page(at: Situation, decision: Decision, number: int = 1) -> Any:
    web = situations.client(at.officer)
    answer = web.get(reverse("assessment:signed", args=[decision.pk, number]))
    assert answer.status_code == 200
    return answer.content.decode()


def document_part(body: str) -> str:
    return body[body.index("<article") : body.index("</article>")]


def test_the_page_as_signed_does_not_move_with_the_record(at: Situation) -> None:
    decision = signed(at)
    before = document_part(signed_page(at, decision))
    assert "Drove at twice the limit" in before
    at.change_conduct("Something quite different")
    at.withdraw("conviction")
    at.change_status(section_1367_check="yes", representative="yes")
    case_services.change_person(
        actor=at.officer.actor(),
        user=at.officer,
        case=at.case,
        version=at.case.person.version,
        family_name="Otherwise",
        given_name="Tamsin",
        birth=UncertainDate.parse("1991"),
    )
    at.officer.full_name = "Renamed Officer"
    at.officer.save()
    assert document_part(signed_page(at, decision)) == before
    assert "Renamed Officer" not in signed_page(at, decision).partition("<article")[0].partition("<main")[2]


def test_what_is_signed_is_what_the_page_before_signing_showed(at: Situation, full: Decision) -> None:
    web = situations.client(at.officer)
    preview = document_part(web.get(submit_url(full)).content.decode())
    sign(full)
    assert document_part(signed_page(at, full)) == preview


def test_the_bytes_alone_tell_nothing_of_the_person(at: Situation) -> None:
    signed(at)
    written = bytes(Entry.objects.get(event=SIGNED).bytes).decode()
    for word in ("Quillworth", "Drove", "Fifteen years", "Loses work", "did_not_look", "237(a)", "Millbrook"):
        assert word not in written
    assert "lengthy_presence" in written


def test_opening_a_document_puts_every_committed_value_in_its_place(full: Decision) -> None:
    work = selectors.working(full.assessment, full)
    plain = selectors.plain_document(selectors.document_of(work))

    def walk(value: Any) -> None:
        assert not isinstance(value, Committed)
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(one)

    walk(plain)
    assert document.opened(Committed([Committed("x")])) == ["x"]


def test_a_returned_decision_is_edited_and_signed_again_and_version_1_stays(at: Situation) -> None:
    decision = signed(at)
    first = document_part(signed_page(at, decision))
    entry = Entry.objects.get(event=SIGNED)
    kept = bytes(entry.bytes)
    boss = factories.user(Role.SUPERVISOR)
    review.return_decision(
        actor=boss.actor(),
        user=boss,
        decision=decision,
        number=1,
        answer="cannot_tell",
        reason="Ask about the children.",
        acknowledged=False,
        points=[review.Point("consequences", "Ask about the children.")],
    )
    decision = again(decision)
    assert decision.state == workflow.RETURNED
    web = situations.client(at.officer)
    assert "Ask about the children." in situations.main_of(web.get(situations.tasks_url(decision)))
    situations.answer_points(decision, 1)
    decision = fill(at, decision, rationale="Now with the children in mind.", outcome="decline")
    version = sign(decision)
    assert version.number == 2
    assert again(decision).state == workflow.SUBMITTED
    assert again(decision).claimed_by is None
    second = document_part(signed_page(at, decision, 2))
    assert "Now with the children in mind." in second
    assert document_part(signed_page(at, decision, 1)) == first
    assert bytes(Entry.objects.get(pk=entry.pk).bytes) == kept
    assert "Now with the children in mind." not in first
    assert 'href="' + reverse("assessment:signed", args=[decision.pk, 2]) in signed_page(at, decision, 1)


@pytest.mark.parametrize(
    ("role", "elsewhere", "status"),
    [
        (Role.OFFICER, False, 200),
        (Role.SUPERVISOR, False, 200),
        (Role.AUDITOR, False, 200),
        (Role.AUDITOR, True, 200),
        (Role.OFFICER, True, 404),
        (Role.SUPERVISOR, True, 404),
        (Role.ADMIN, False, 403),
        (Role.POLICY, False, 403),
    ],
)
def test_who_opens_a_decision_as_signed(at: Situation, role: Role, elsewhere: bool, status: int) -> None:
    decision = signed(at)
    who = factories.user(role, at=situations.second_office() if elsewhere else None)
    web = situations.client(who)
    before = len(events(at.case, "assessment.decision.opened"))
    version = decision.versions.get()
    for url in (
        reverse("assessment:signed", args=[decision.pk, 1]),
        reverse("assessment:signed-entry", args=[version.entry_id]),
    ):
        assert web.get(url).status_code == status
    opened = len(events(at.case, "assessment.decision.opened")) - before
    assert opened == (2 if status == 200 else 0)
    assert web.get(reverse("assessment:signed", args=[decision.pk, 2])).status_code in (403, 404)
