"""Acting while no priority is found needs a stated ground and two supervisors; declining needs neither."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.rules.priority_for_acting import priority_for_acting
from tests.assessment.drafts import asks, complete, only

pytestmark = pytest.mark.clause("I#4")

NONE = {
    "national_security_finding": "not_found",
    "public_safety_finding": "not_found",
    "border_security_finding": "cannot_tell",
}


def test_acting_with_a_priority() -> None:
    assert priority_for_acting(complete()) == []


def test_acting_without_one() -> None:
    unmet = only(priority_for_acting, complete(**NONE))
    asks(
        unmet,
        step="outcome",
        field="no_priority_ground",
        clause="I#4",
        next_step="A second supervisor reviews the decision after the first",
    )


def test_a_stated_ground_is_enough_and_asks_for_two_supervisors() -> None:
    draft = complete(**NONE, no_priority_ground="Three thefts from one shop in a month.")
    assert priority_for_acting(draft) == []
    assert draft.needs_second_review
    assert not complete().needs_second_review
    assert not complete(**NONE, outcome="decline").needs_second_review


@pytest.mark.parametrize("key", list(NONE))
def test_any_one_of_the_three_is_enough(key: str) -> None:
    assert priority_for_acting(complete(**(NONE | {key: "found"}))) == []


@pytest.mark.parametrize("changes", [{"outcome": "decline"}, {"outcome": None}, {"direction": "undo"}])
def test_declining_and_undoing_need_no_priority(changes: dict[str, Any]) -> None:
    assert priority_for_acting(complete(**(NONE | changes))) == []


def test_while_a_finding_is_open_another_rule_asks_for_it() -> None:
    assert priority_for_acting(complete(**(NONE | {"public_safety_finding": None}))) == []


def test_on_a_day_without_priorities_there_is_none_to_find() -> None:
    assert priority_for_acting(complete(priorities_in_force=False, **NONE)) == []
