"""Deciding first, walked: the facts, an own view, the officer's outcome beside it, the review."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from review.models import SupervisorView
from tests import factories
from tests.browser.steps import Person
from tests.review.regime import drawing
from tests.walks import walking

pytestmark = [pytest.mark.decide_first, pytest.mark.clause("V.B#23")]


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_deciding_first(transactional_db: None, person: Callable[..., Person], outcome: str) -> None:
    office = factories.office()
    at = drawing.ready(office)
    factories.user("supervisor", at=office, username="supervisor")
    decision, selection = drawing.sign_drawn(
        at, lambda one: one.decide_first < 100, kind="notice_to_appear", outcome=outcome
    )
    assert selection.decide_first
    supervisor = person()
    supervisor.sign_in("supervisor", factories.PASSWORD)
    walking.take_next(supervisor)
    walking.approve(supervisor, answer="found", reason="The conduct is recent.")
    views = SupervisorView.objects.filter(decision=decision).order_by("at")
    assert [(one.moment, one.view) for one in views] == [("before", "cannot_tell"), ("after", "cannot_tell")]
    assert supervisor.problems == []
