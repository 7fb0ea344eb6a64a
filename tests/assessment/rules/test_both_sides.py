"""Both sides, whatever the outcome: a text and a pinned fact on each, and the consequences."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.rules.both_sides import both_sides
from tests.assessment.drafts import CONDUCT, PRESENCE, asks, complete, only

pytestmark = pytest.mark.clause("II.B#10", "II.B#15")

OUTCOMES = pytest.mark.parametrize("outcome", ["act", "decline", None])
EXPECTED = [
    ("consequences", "consequences", "II.B#15", "Write what this would mean"),
    ("opposite_case", "outcome", "II.B#10", "Write it as the person who would decide the other way"),
    ("opposite_pins", "outcome", "II.B#10", "Pin at least one fact"),
    ("rationale", "outcome", "II.B#10", "Write why you decide this way"),
    ("rationale_pins", "outcome", "II.B#10", "Pin at least one fact"),
]


@OUTCOMES
def test_both_told(outcome: str | None) -> None:
    assert both_sides(complete(outcome=outcome)) == []


@OUTCOMES
@pytest.mark.parametrize(("field", "step", "clause", "next_step"), EXPECTED)
def test_each_part_is_asked_for(
    outcome: str | None, field: str, step: str, clause: str, next_step: str
) -> None:
    unmet = only(both_sides, complete(outcome=outcome, **{field: None}))
    asks(unmet, step=step, field=field, clause=clause, next_step=next_step)


@pytest.mark.parametrize("field", ["consequences", "opposite_case", "rationale"])
def test_blanks_are_no_text_and_one_character_is_one(field: str) -> None:
    assert only(both_sides, complete(**{field: " \n\t "})).field == field
    assert both_sides(complete(**{field: "x"})) == []


@pytest.mark.parametrize("field", ["opposite_pins", "rationale_pins"])
def test_a_pin_whose_fact_is_gone_is_no_substance(field: str) -> None:
    changes: dict[str, Any] = {field: ["conduct:00000000-0000-0000-0000-0000000000ff:1"]}
    assert only(both_sides, complete(**changes)).field == field


def test_the_same_fact_may_stand_on_both_sides() -> None:
    assert both_sides(complete(opposite_pins=[CONDUCT.ref], rationale_pins=[CONDUCT.ref, PRESENCE.ref])) == []
