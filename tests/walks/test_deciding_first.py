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


@pytest.mark.masked_read
@pytest.mark.clause("III#18")
@pytest.mark.parametrize("width", [1280, 375])
def test_a_masked_read(transactional_db: None, person: Callable[..., Person], width: int) -> None:
    at = drawing.ready(drawing.sampled_office())
    factories.user("supervisor", at=at.case.office, username="supervisor")
    decision, selection = drawing.sign_drawn(
        at,
        lambda one: one.sample < 250 and one.decide_first < 50,
        kind="notice_to_appear",
        consequences="Tamsin Quillworth loses her work in Millbrook, and her husband his home.",
    )
    assert selection.masked
    supervisor = person(width)
    supervisor.sign_in("supervisor", factories.PASSWORD)
    supervisor.open("/review/")
    assert "Quillworth" not in supervisor.text
    supervisor.click("button", "Take the next one")
    assert "[name] loses [them] work in [place], and [them] [spouse] [them] home." in supervisor.text
    assert "Quillworth" not in supervisor.page.content()
    supervisor.click("button", "Record my view and go on")
    assert supervisor.page.locator("#error-summary").evaluate("e => e === document.activeElement")
    assert "Quillworth" not in supervisor.page.content()
    walking.decide_first(supervisor)
    assert "Quillworth, Tamsin" in supervisor.text
    walking.approve(supervisor, answer="found", reason="The conduct is recent.")
    views = SupervisorView.objects.filter(decision=decision).order_by("at")
    assert [one.moment for one in views] == ["before", "after"]
    assert supervisor.problems == []
