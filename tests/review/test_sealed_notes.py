"""A supervisor rules on sealed notes within the ordinary review; a note that waits blocks nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import User
from assessment.models import Decision
from cases import services as cases
from cases.models import SealedNote
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.samples import detail_url

WORDS = "Her claim rests on the zorblatt rite"


@pytest.fixture
def note(at: Situation, waiting: Decision) -> SealedNote:
    return cases.seal_note(
        actor=at.officer.actor(),
        user=at.officer,
        case=at.case,
        ground="ground_of_relief",
        text=WORDS,
        statute="INA 208(z)",
    )


def send(decision: Decision, boss: User, **more: str) -> int:
    answer = {
        "number": "1",
        "verdict": "approve",
        "review_overriding_answer": "found",
        "review_reason": "The conduct is recent.",
    }
    return situations.client(boss).post(detail_url(decision), answer | more).status_code


def test_the_page_names_the_note_and_not_what_it_says(
    waiting: Decision, boss: User, note: SealedNote
) -> None:
    body = situations.client(boss).get(detail_url(waiting)).content.decode()
    assert f"note_{note.pk}" in body
    assert "zorblatt" not in body
    assert "INA 208(z)" not in body


def test_a_ruling_needs_that_the_note_was_opened(waiting: Decision, boss: User, note: SealedNote) -> None:
    ruling = {f"note_{note.pk}": "confirm"}
    assert send(waiting, boss, **ruling) == 422, "not opened yet"
    waiting.refresh_from_db()
    assert waiting.state != "approved"
    cases.open_note(actor=boss.actor(), user=boss, case=waiting.case, note=note.pk, purpose="review")
    assert send(waiting, boss, **ruling) == 302
    note.refresh_from_db()
    assert (note.state, note.ruled_by) == ("confirmed", boss)


def test_a_note_that_waits_blocks_no_verdict(waiting: Decision, boss: User, note: SealedNote) -> None:
    assert send(waiting, boss) == 302
    note.refresh_from_db()
    waiting.refresh_from_db()
    assert (note.state, waiting.state) == ("open", "approved")


def test_the_api_rules_alike(waiting: Decision, boss: User, note: SealedNote) -> None:
    client = situations.client(boss)
    shown = client.get(reverse("api:review", args=[waiting.pk])).json()
    assert shown["notes"] == [str(note.pk)]
    body = {
        "number": 1,
        "review_overriding_answer": "found",
        "review_reason": "The conduct is recent.",
        "notes_not_confirmed": [str(note.pk)],
    }
    address = reverse("api:approve", args=[waiting.pk])
    assert client.post(address, body, content_type="application/json").status_code == 422, "not opened yet"
    cases.open_note(actor=boss.actor(), user=boss, case=waiting.case, note=note.pk, purpose="review")
    assert client.post(address, body, content_type="application/json").status_code == 200
    note.refresh_from_db()
    assert note.state == "not_confirmed"
