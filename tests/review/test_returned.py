"""A returned decision: answered point by point, marked for the supervisor, the same for acting and declining."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from assessment import differences
from assessment.errors import NotAllowed, RulesUnmet
from assessment.models import Decision, ReturnAnswers
from assessment.rules import IN_THE_MANDATE_LANE
from assessment.rules.return_points_answered import return_points_answered
from assessment.services import save_return_answers
from ledger.models import Entry
from review.sections import SECTIONS
from tests import factories
from tests.api.speaking import Api
from tests.assessment import situations
from tests.assessment.situations import Situation, main_of, step_url
from tests.review import samples


def again(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


def answer(decision: Decision, **answers: Any) -> None:
    who: Any = decision.created_by
    row = ReturnAnswers.objects.filter(decision=decision, number=decision.signed_number).first()
    save_return_answers(
        actor=who.actor(),
        user=who,
        decision=decision,
        answers=answers,
        version=row.version if row else 1,
        page="",
        by_button=True,
    )


def change_consequences(decision: Decision, text: str) -> None:
    row = decision.assessment.steps.get(step="consequences")
    situations.save(decision, "consequences", {**row.answers, "consequences": text}, version=row.version)


@pytest.fixture(params=["act", "decline"])
def sent_back(request: Any, at: Situation, boss: User) -> Decision:
    decision = situations.signed(at, outcome=request.param)
    samples.send_back(boss, decision, "Say what becomes of the children.", "Say who keeps the house.")
    return again(decision)


def test_both_rooms_know_the_same_sections() -> None:
    assert list(SECTIONS) == list(differences.SECTIONS)


def test_it_is_not_signed_again_unchanged(sent_back: Decision) -> None:
    with pytest.raises(RulesUnmet) as refused:
        situations.sign(sent_back)
    assert [one.field for one in refused.value.unmet] == ["point_1_answer", "point_2_answer"]
    answer(sent_back, point_1_answer="as_asked", point_2_answer="as_asked")
    with pytest.raises(RulesUnmet) as refused:
        situations.sign(sent_back)
    assert {one.rule for one in refused.value.unmet} == {"return_points_answered"}


def test_each_point_is_answered_and_shown_with_what_changed(sent_back: Decision, boss: User) -> None:
    change_consequences(sent_back, "Loses work and home, and two children their school.")
    answer(
        sent_back,
        point_1_answer="as_asked",
        point_2_answer="not_changed",
        point_2_why="Nobody knows yet; the court decides in May.",
    )
    assert situations.sign(again(sent_back)).number == 2
    page = main_of(situations.client(boss).get(samples.detail_url(sent_back)))
    assert "The officer: changed as asked." in page
    assert "Nobody knows yet; the court decides in May." in page
    assert '<a href="#consequences">Consequences</a>' in page
    assert '<a href="#rationale">' not in page  # what is the same is not called a change
    assert "[added] </span>" in page
    assert "two children" in page.partition("<ins>")[2]
    # As signed: the answers are in the log's own document.
    signed = again(sent_back).versions.get(number=2)
    told = situations.told(Entry.objects.get(pk=signed.entry_id))["document"]["return_answers"]
    assert [(one["ordinal"], one["answer_label"]) for one in told] == [
        (1, "Changed as asked"),
        (2, "Not changed"),
    ]


def test_the_page_keeps_what_was_typed(sent_back: Decision, at: Situation) -> None:
    web = situations.client(at.officer)
    url = step_url(sent_back, "returned")
    page = main_of(web.get(url))
    assert "Say what becomes of the children." in page
    given = {"version": 1, "page": "a", "point_1_answer": "otherwise", "point_1_why": "The ages are there."}
    assert web.post(url, {**given, "stay": "1"}).status_code == 200
    assert "The ages are there." in main_of(web.get(url))
    # Somebody else's older page meets the newer text and loses nothing.
    answer_page = web.post(url, {**given, "page": "b", "point_1_why": "Another text."})
    assert answer_page.status_code == 409
    assert "Another text." in answer_page.content.decode()
    assert "The ages are there." in answer_page.content.decode()
    # Autosave too.
    web.post(url, {**given, "version": 2, "point_1_why": "The ages are in."}, headers={"HX-Request": "true"})
    assert ReturnAnswers.objects.get().answers["point_1_why"] == "The ages are in."


def test_points_are_answered_only_while_it_is_returned(at: Situation, boss: User, waiting: Decision) -> None:
    with pytest.raises(NotAllowed):
        answer(waiting, point_1_answer="as_asked")
    web = situations.client(at.officer)
    assert web.get(step_url(waiting, "returned")).status_code == 302
    draft = situations.started(situations.ready(at.officer))
    assert web.get(step_url(draft, "returned")).status_code == 302


def test_the_mandate_lane_answers_too() -> None:
    assert return_points_answered in IN_THE_MANDATE_LANE


def test_by_api(sent_back: Decision, at: Situation, boss: User) -> None:
    api = Api(at.officer)
    read = api.get(f"assessments/{sent_back.assessment_id}/")
    assert [one["text"] for one in read["return_points"]] == [
        "Say what becomes of the children.",
        "Say who keeps the house.",
    ]
    assert [one["field"] for one in read["unmet"]] == ["point_1_answer", "point_2_answer"]
    address = f"decisions/{sent_back.pk}/return-answers/"
    body = {
        "answers": {"point_1_answer": "not_changed", "point_1_why": "A", "point_2_answer": "not_changed"},
        "version": read["return_version"],
    }
    api.put(address, {**body, "answers": {"point_1_answer": "perhaps"}}, 422)
    api.put(address, {**body, "answers": {"point_9_answer": "as_asked"}}, 422)
    assert api.put(address, body)["version"] == 2
    other = {"answers": {**body["answers"], "point_1_why": "C"}, "version": 1}
    found = api.put(address, other, 409)
    assert (found["stored"], found["yours"]) == ({"point_1_why": "A"}, {"point_1_why": "C"})
    body["answers"]["point_2_why"] = "B"
    api.put(address, {**body, "version": 2})
    api.post(f"decisions/{sent_back.pk}/sign/", {"password": factories.PASSWORD}, 200)
    shown = Api(boss).get(f"review/{sent_back.pk}/")
    assert [(one["answer"], one["why"]) for one in shown["earlier"][0]["points"]] == [
        ("Not changed", "A"),
        ("Not changed", "B"),
    ]
    assert shown["changed"] == []


def test_words_are_compared_and_not_called_a_change_twice() -> None:
    assert differences.segments("a b", "a b") == []
    found = differences.segments("He keeps the house.", "She keeps the old house.")
    assert [(one.kind, one.text) for one in found if one.kind != "same"] == [
        ("removed", "He"),
        ("added", "She"),
        ("added", "old "),
    ]
    assert "".join(one.text for one in found if one.kind != "removed") == "She keeps the old house."
