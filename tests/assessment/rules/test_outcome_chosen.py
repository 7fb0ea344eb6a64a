"""A person chooses the outcome."""

from __future__ import annotations

import pytest

from assessment.rules.outcome_chosen import outcome_chosen
from tests.assessment.drafts import asks, complete, only

pytestmark = pytest.mark.clause("V#21")


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_either_outcome_is_a_choice(outcome: str) -> None:
    assert outcome_chosen(complete(outcome=outcome)) == []


@pytest.mark.parametrize("outcome", [None, "", "approve", "ACT"])
def test_anything_else_is_none(outcome: str | None) -> None:
    unmet = only(outcome_chosen, complete(outcome=outcome))
    asks(unmet, step="outcome", field="outcome", clause="V#21", next_step="Choose one of the two outcomes")
