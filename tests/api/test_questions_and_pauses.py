"""Questions between supervisors and pauses of the clock by API: the verbs of the pages, their texts and refusals."""

from __future__ import annotations

import uuid

import pytest

from accounts.models import Role, User
from assessment.models import Decision
from review.models import Answer, Pause, Question
from tests import factories
from tests.api.speaking import Api
from tests.assessment import situations

NOTE = "The court of Wexmoor sends the docket next week."


@pytest.fixture
def waiting(full: Decision) -> Decision:
    situations.sign(full)
    return Decision.objects.get(pk=full.pk)


@pytest.fixture
def other(db: None) -> User:
    return factories.user(Role.SUPERVISOR)


def test_one_asks_and_another_answers(waiting: Decision, boss: User, other: User) -> None:
    here = f"review/{waiting.pk}/"
    empty = Api(boss).post(f"{here}question/", {"number": 1}, 422)
    assert {one["field"] for one in empty["errors"]} == {"ask_to", "ask_reason"}
    sent = {"number": 1, "ask_to": str(other.pk), "ask_reason": "Is the second report needed?"}
    asked = Api(boss).post(f"{here}question/", sent, 200)
    assert (asked["asked"], asked["answered"]) == (other.full_name, False)
    twice = Api(boss).post(f"{here}question/", sent, 422)
    assert "waits for its answer" in twice["errors"][0]["reason"]
    wrong = Api(other).post(f"{here}answer/", {"question": str(uuid.UUID(int=7)), "ask_answer": "Yes."}, 422)
    assert "No question to you waits here" in wrong["errors"][0]["reason"]
    told = {"question": asked["question"], "ask_answer": "It is."}
    Api(boss).post(f"{here}answer/", told, 422)
    assert Api(other).post(f"{here}answer/", told, 200)["answered"] is True
    assert (Question.objects.get().asked_by, Answer.objects.get().text) == (boss, "It is.")


def test_protected_words_of_a_question_are_refused(waiting: Decision, boss: User, other: User) -> None:
    sent = {"number": 1, "ask_to": str(other.pk), "ask_reason": "Does it matter that he is a Catholic?"}
    found = Api(boss).post(f"review/{waiting.pk}/question/", sent, 422)
    assert [one["field"] for one in found["errors"]] == ["ask_reason"]
    assert not Question.objects.exists()


def test_a_clock_is_paused_and_runs_again(waiting: Decision, boss: User, other: User) -> None:
    here = f"review/{waiting.pk}/"
    empty = Api(boss).post(f"{here}pause/", {"number": 1}, 422)
    assert {one["field"] for one in empty["errors"]} == {"pause_reason", "pause_note"}
    sent = {"number": 1, "pause_reason": "records", "pause_note": NOTE}
    paused = Api(boss).post(f"{here}pause/", sent, 200)
    assert (paused["paused_on"], paused["working_days"]) == ("2024-12-10", None)
    assert "Paused since 2024-12-10" in Api(boss).get("review/")["results"][0]["paused"]
    assert Api(other).post(f"{here}resume/", {"number": 1}, 409)["type"].endswith("#taken")
    assert Api(boss).post(f"{here}resume/", {"number": 2}, 409)
    running = Api(boss).post(f"{here}resume/", {"number": 1}, 200)
    assert (running["paused_on"], running["working_days"]) == (None, 0)
    again = Api(boss).post(f"{here}resume/", {"number": 1}, 422)
    assert "runs already" in again["errors"][0]["reason"]
    assert Pause.objects.get().ended_by == boss


@pytest.mark.parametrize("verb", ["question", "answer", "pause", "resume"])
def test_nobody_else_reaches_them(waiting: Decision, api: Api, elsewhere: Api, verb: str) -> None:
    far = Api(factories.user(Role.SUPERVISOR, at=situations.second_office()))
    api.post(f"review/{waiting.pk}/{verb}/", {"number": 1}, 403)
    elsewhere.post(f"review/{waiting.pk}/{verb}/", {"number": 1}, 403)
    far.post(f"review/{waiting.pk}/{verb}/", {"number": 1}, 404)
