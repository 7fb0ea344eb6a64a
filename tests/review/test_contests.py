"""The supervisor rules on each contest within the review; what is refused goes back."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from accounts.models import User
from assessment import workflow
from assessment.errors import RulesUnmet
from assessment.models import Decision
from cases import services as case_services
from cases.models import ScreenedText, TextContest
from ledger.models import Entry
from review.errors import Refused
from review.models import ReturnPoint
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.samples import PAGE, approve, detail_url, send_back

pytestmark = pytest.mark.django_db

WORDS = "The Guatemalan victim was hit by his car."


@pytest.fixture
def contested(at: Situation) -> Decision:
    """A signed decision whose reasons hold words that stand by a contest."""
    decision = situations.fill(at, situations.started(at), rationale=WORDS)
    with pytest.raises(RulesUnmet):
        situations.sign(decision)
    row = ScreenedText.objects.get(row_id=decision.pk, field="rationale")
    for one in row.findings:
        case_services.raise_contest(
            actor=at.officer.actor(),
            user=at.officer,
            case=at.case,
            screened=row.pk,
            key=one["key"],
            category="victim_or_witness",
        )
    situations.sign(Decision.objects.get(pk=decision.pk))
    return Decision.objects.get(pk=decision.pk)


def rulings(upheld: bool) -> dict[object, bool]:
    return {one.pk: upheld for one in TextContest.objects.all()}


def state(decision: Decision) -> str:
    return Decision.objects.get(pk=decision.pk).state


def test_contested_words_are_signed_and_shown_with_their_ground(contested: Decision, boss: User) -> None:
    page = html.unescape(situations.client(boss).get(detail_url(contested)).content.decode())
    assert "The <mark>Guatemalan</mark> victim" in page
    assert "About a victim or witness" in page
    assert "Uphold: the words stand" in page
    assert "Refuse: the words are taken out" in page
    assert not re.search(r'value="(uphold|refuse)"[^>]* checked', page)


@pytest.mark.parametrize("verb", ["approve", "return"])
def test_each_contest_is_ruled_on_whatever_the_verdict(contested: Decision, boss: User, verb: str) -> None:
    verdicts = {
        "approve": lambda: approve(boss, contested),
        "return": lambda: send_back(boss, contested, "More."),
    }
    with pytest.raises(Refused) as refused:
        verdicts[verb]()
    assert "contests" in refused.value.errors
    assert TextContest.objects.get().state == "open"


def test_an_upheld_contest_lets_the_text_stand(contested: Decision, boss: User) -> None:
    review = approve(boss, contested, rulings=rulings(True))
    assert state(contested) == workflow.APPROVED
    contest = TextContest.objects.get()
    assert (contest.state, contest.ruled_by) == ("upheld", boss)
    told = situations.told(Entry.objects.get(pk=review.entry_id))
    assert [(one["contest"], one["upheld"]) for one in told["contests"]] == [(str(contest.pk), True)]


def test_a_refused_contest_cannot_be_approved(contested: Decision, boss: User) -> None:
    with pytest.raises(Refused) as refused:
        approve(boss, contested, rulings=rulings(False))
    assert "Return the decision" in refused.value.errors["contests"]
    assert TextContest.objects.get().state == "open"


def test_a_refused_contest_returns_and_its_words_block_the_next_signature(
    contested: Decision, boss: User
) -> None:
    send_back(boss, contested, rulings=rulings(False))
    assert state(contested) == workflow.RETURNED
    assert "the contest is refused" in ReturnPoint.objects.get().text
    again = Decision.objects.get(pk=contested.pk)
    with pytest.raises(RulesUnmet) as refused:
        situations.sign(again)
    assert "protected_words" in {one.rule for one in refused.value.unmet}


def test_the_page_takes_the_rulings_and_keeps_them_when_something_is_missing(
    contested: Decision, boss: User
) -> None:
    client = situations.client(boss)
    name = f"ruling_{TextContest.objects.get().pk}"
    posted = PAGE | {"number": 1, "verdict": "approve", name: "uphold"}
    page = client.post(detail_url(contested), posted | {"review_reason": ""})
    assert page.status_code == 422
    assert re.search(rf'name="{name}"\s+value="uphold" checked', page.content.decode())
    assert client.post(detail_url(contested), posted | {name: ""}).status_code == 422
    assert client.post(detail_url(contested), posted).status_code == 302
    assert TextContest.objects.get().state == "upheld"


def test_the_api_rules_alike(contested: Decision, boss: User) -> None:
    client = situations.client(boss)
    address = reverse("api:approve", args=[contested.pk])
    body = PAGE | {"number": 1}
    refused = client.post(address, body, content_type="application/json")
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["errors"]] == ["contests"]
    done = client.post(
        address,
        body | {"contests_upheld": [str(TextContest.objects.get().pk)]},
        content_type="application/json",
    )
    assert done.status_code == 200
    assert state(contested) == workflow.APPROVED
