"""A draft that straddles a change of the guidance is signed after its author has seen it, whatever the outcome."""

from __future__ import annotations

import pytest

from assessment.rules import unmet_rules
from assessment.rules.reaffirmed_after_change import reaffirmed_after_change
from tests.assessment.drafts import asks, complete, only


def test_a_draft_on_the_guidance_of_its_beginning_needs_nothing() -> None:
    assert reaffirmed_after_change(complete()) == []


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_a_changed_guidance_is_seen_before_either_outcome(outcome: str) -> None:
    draft = complete(outcome=outcome, policy_moved=True)
    unmet = only(reaffirmed_after_change, draft)
    asks(unmet, step="guidance", field="", clause="VI#28", next_step="Every answer is kept")
    assert [one.rule for one in unmet_rules(draft)] == ["reaffirmed_after_change"]


def test_a_statute_that_leaves_no_choice_does_not_go_round_it() -> None:
    draft = complete(decision_type="custody", lane="mandated", policy_moved=True)
    assert "reaffirmed_after_change" in {one.rule for one in unmet_rules(draft)}
