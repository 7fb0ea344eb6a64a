"""Status and removability is settled before any assessment."""

from __future__ import annotations

import pytest

from assessment.rules.status_before_assessment import status_before_assessment
from tests.assessment.drafts import asks, complete, only

pytestmark = pytest.mark.clause("I#2")


def test_a_complete_status_page_asks_nothing() -> None:
    assert status_before_assessment(complete()) == []


@pytest.mark.parametrize("outcome", ["act", "decline", ""])
def test_an_incomplete_one_is_asked_for_whatever_the_outcome(outcome: str) -> None:
    unmet = only(status_before_assessment, complete(status_complete=False, outcome=outcome))
    asks(unmet, step="status", field="", clause="I#2", next_step="Complete the status page")
