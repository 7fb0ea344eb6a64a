"""A returned decision is not signed again unchanged, whatever the outcome."""

from __future__ import annotations

import dataclasses

import pytest

from assessment.draft import Draft
from assessment.returning import PointAnswered
from assessment.rules.return_points_answered import return_points_answered
from tests.assessment.drafts import asks, complete, only

pytestmark = pytest.mark.clause("V.B#23")

CLAUSE = "V.B#23"


def returned(*, outcome: str = "act", changed: tuple[str, ...] = (), **answer: str) -> Draft:
    point = PointAnswered(
        ordinal=1, about="consequences", about_label="Consequences", text="Name the children.", **answer
    )
    return dataclasses.replace(
        complete(outcome=outcome), return_points=(point,), changed_sections=frozenset(changed)
    )


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_a_point_is_answered(outcome: str) -> None:
    assert return_points_answered(complete(outcome=outcome)) == []
    unmet = only(return_points_answered, returned(outcome=outcome))
    asks(unmet, step="returned", field="point_1_answer", clause=CLAUSE, next_step="what you did about it")
    assert "Point 1, Consequences" in unmet.what
    for answer in ("otherwise", "not_changed"):
        answered = returned(outcome=outcome, answer=answer, why="She has none.")
        assert return_points_answered(answered) == []


@pytest.mark.parametrize("answer", ["otherwise", "not_changed"])
def test_any_answer_but_as_asked_says_why(answer: str) -> None:
    unmet = only(return_points_answered, returned(answer=answer, changed=("consequences",)))
    asks(unmet, step="returned", field="point_1_why", clause=CLAUSE, next_step="beside the point")


def test_as_asked_must_be_true() -> None:
    assert return_points_answered(returned(answer="as_asked", changed=("consequences",))) == []
    for changed in ((), ("rationale",)):
        unmet = only(return_points_answered, returned(answer="as_asked", changed=changed))
        asks(unmet, step="returned", field="point_1_answer", clause=CLAUSE, next_step="was not changed")
        assert "nothing in Consequences differs" in unmet.what


def test_a_point_about_the_whole_is_true_when_anything_changed() -> None:
    draft = returned(answer="as_asked", changed=("rationale",))
    whole = dataclasses.replace(draft.return_points[0], about="", about_label="")
    assert return_points_answered(dataclasses.replace(draft, return_points=(whole,))) == []
