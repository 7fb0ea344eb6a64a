"""A draft that was begun on one footing and stands on another: it is shown, re-affirmed, and only then signed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import Settings

from assessment import selectors, services, workflow
from assessment.errors import NotAllowed, RulesUnmet
from assessment.models import Assessment, Decision
from assessment.straddling import change_between
from ledger.models import Entry
from ledger.selectors import open_entry_payload
from policy.calendar_file import seed
from policy.editions import load
from policy.footing import Footing, footing_of
from policy.standing import standing_in
from tests import factories
from tests.assessment import drafts, situations
from tests.assessment.situations import Situation, events, fill, sign, started

pytestmark = pytest.mark.django_db
REAFFIRMED = "assessment.decision.reaffirmed"
LAST_DAY = datetime.date(2025, 1, 19)
FIRST_DAY_WITHOUT = datetime.date(2025, 1, 20)


def again(decision: Decision) -> Decision:
    return Decision.objects.select_related("assessment__case__person").get(pk=decision.pk)


def on(day: str, decision: str = "", edition: str = "") -> Footing:
    today = standing_in(seed().calendar, seed(), datetime.date.fromisoformat(day), decision)
    return footing_of(today, load(edition or today.edition_key or "2021-09-30"))


def reaffirm(decision: Decision) -> Decision:
    who: Any = decision.created_by
    mark = selectors.working(again(decision).assessment, again(decision)).footing.mark
    return services.reaffirm(actor=who.actor(), user=who, decision=decision, mark=mark)


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_a_draft_over_a_change_is_signed_only_after_its_author_saw_it(
    at: Situation, settings: Settings, outcome: str
) -> None:
    settings.PRACTICE_DATE = LAST_DAY
    draft = fill(at, started(at), outcome=outcome)
    settings.PRACTICE_DATE = FIRST_DAY_WITHOUT
    before = {row.step: row.answers for row in draft.assessment.steps.all()}
    with pytest.raises(RulesUnmet) as refused:
        sign(draft)
    assert [one.rule for one in refused.value.unmet] == ["reaffirmed_after_change"]
    page = situations.client(at.officer).get(
        reverse("assessment:reaffirm", args=[draft.assessment_id]) + f"?decision={draft.pk}"
    )
    text = page.content.decode()
    assert "in force since 2023-07-30" in text
    assert "no department priorities in force (2021-09-30 guidelines: rescinded since 2025-01-20)" in text
    assert "Kept, and not asked while no priorities are in force." in text
    reaffirm(draft)
    version = sign(draft)
    assert {row.step: row.answers for row in draft.assessment.steps.all()} == before
    assert (version.edition_key, version.edition_status, version.overlays) == (
        "2021-09-30",
        "rescinded",
        [],
    )
    entry = Entry.objects.get(event=REAFFIRMED)
    payload: Any = open_entry_payload(entry)
    assert (payload["before"]["status"], payload["after"]["status"]) == ("in_force", "rescinded")
    assert "national_security_finding" in payload["affected"]


def test_a_signed_decision_does_not_move(at: Situation, settings: Settings) -> None:
    settings.PRACTICE_DATE = LAST_DAY
    decision = situations.signed(at)
    version = decision.versions.get()
    settings.PRACTICE_DATE = FIRST_DAY_WITHOUT
    work = selectors.working(again(decision).assessment, again(decision))
    assert not work.draft.policy_moved
    page = situations.client(at.officer).get(reverse("assessment:signed", args=[decision.pk, 1]))
    text = page.content.decode()
    assert "in force since 2023-07-30" in text
    assert version.rules_digest in text
    version.refresh_from_db()
    assert version.edition_status == "in_force"


def test_re_affirming_without_a_change_leaves_nothing(at: Situation) -> None:
    draft = started(at)
    reaffirm(draft)
    assert events(at.case, REAFFIRMED) == []


def test_what_was_not_shown_is_not_re_affirmed(at: Situation, settings: Settings) -> None:
    settings.PRACTICE_DATE = LAST_DAY
    draft = started(at)
    seen = selectors.working(draft.assessment, draft).footing.mark
    settings.PRACTICE_DATE = FIRST_DAY_WITHOUT
    with pytest.raises(workflow.NotPossible, match="changed again"):
        services.reaffirm(actor=at.officer.actor(), user=at.officer, decision=draft, mark=seen)
    assert events(at.case, REAFFIRMED) == []
    client = situations.client(at.officer)
    url = reverse("assessment:reaffirm", args=[draft.assessment_id]) + f"?decision={draft.pk}"
    refused = client.post(url, {"mark": seen})
    assert refused.status_code == 409
    assert "changed again" in refused.content.decode()


def test_an_order_on_custody_is_shown_on_custody_alone(at: Situation, settings: Settings) -> None:
    settings.PRACTICE_DATE = datetime.date(2022, 3, 21)
    custody, arrest = started(at, "custody"), started(at, "arrest")
    settings.PRACTICE_DATE = datetime.date(2022, 3, 23)
    moved = {
        one.type: selectors.working(again(one).assessment, again(one)).draft.policy_moved
        for one in (custody, arrest)
    }
    assert moved == {"custody": True, "arrest": False}
    client = situations.client(at.officer)
    url = reverse("assessment:tasks", args=[custody.assessment_id])
    pages = {one.type: client.get(f"{url}?decision={one.pk}").content.decode() for one in (custody, arrest)}
    order = "An order takes a part of the guidance away for this decision."
    assert order in pages["custody"]
    assert "Part II only: custody under 8 U.S.C. 1226(c)(1)" in pages["custody"]
    assert "The guidance changed after this draft was begun." in pages["custody"]
    assert order not in pages["arrest"]
    assert "The guidance changed" not in pages["arrest"]
    settings.PRACTICE_DATE = datetime.date(2022, 4, 12)
    assert order not in client.get(f"{url}?decision={custody.pk}").content.decode()


def test_a_draft_begun_under_an_order_stands_on_it(at: Situation, settings: Settings) -> None:
    settings.PRACTICE_DATE = datetime.date(2022, 3, 23)
    draft = started(at, "custody")
    assert [one["since"] for one in draft.footing["overlays"]] == ["2022-03-22"]
    work = selectors.working(draft.assessment, draft)
    assert not work.draft.policy_moved
    document = selectors.document_of(work)
    assert document.footing.status == "partly_enjoined"
    (order,) = document.footing.overlays
    assert "Southern District of Ohio" in order.authority


def test_another_edition_asks_other_things() -> None:
    change = change_between(
        on("2017-02-19"), on("2017-02-20"), drafts.answers(border_security_finding="found")
    )
    assert change.other_edition
    assert (change.before.edition, change.after.edition) == ("2014-11-20", "2017-02-20")


def test_findings_come_back_with_a_reinstatement() -> None:
    change = change_between(on("2023-07-29"), on("2023-07-30"), {"rationale": "x"})
    whats = {one.field: one.what for one in change.affected}
    assert whats["national_security_finding"] == "Not answered; it is asked now."
    assert "national_security_ground" not in whats, "what another answer opens is told with that one"
    assert "rationale" not in whats


def test_an_order_names_the_answers_that_may_rest_on_what_it_takes() -> None:
    given = drafts.answers(public_safety_finding="found", lane="assessed")
    change = change_between(on("2022-03-21", "custody"), on("2022-03-22", "custody"), given)
    assert {one.field for one in change.affected} >= {"public_safety_finding", "lane"}
    assert all("order" in one.what for one in change.affected)
    assert [one.since for one in change.came] == ["2022-03-22"]
    back = change_between(on("2022-04-11", "custody"), on("2022-04-12", "custody"), given)
    assert [one.since for one in back.ended] == ["2022-03-22"]
    assert not on("2022-03-21", "arrest").overlays
    assert on("2022-03-21", "arrest").same_ground(on("2022-03-22", "arrest"))


def test_a_corrected_wording_is_the_same_ground() -> None:
    today = on("2024-12-10")
    assert today.same_ground(today.model_copy(update={"content_digest": "f" * 64}))
    assert not today.same_ground(today.model_copy(update={"rules_digest": "f" * 64}))


def test_only_the_author_re_affirms(at: Situation) -> None:
    draft = started(at)
    other = factories.user(at=at.officer.office)
    with pytest.raises(NotAllowed):
        services.reaffirm(actor=other.actor(), user=other, decision=draft, mark="x")
    assert Assessment.objects.get(pk=draft.assessment_id).started_by == at.officer
