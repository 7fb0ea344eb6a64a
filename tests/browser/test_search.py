"""A search from the keyboard: without a chosen reason it is refused, and the reason then has the focus."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import factories
from tests.browser.steps import Person


@pytest.mark.parametrize("width", [1280, 375])
def test_a_search_waits_for_its_reason(
    transactional_db: None, person: Callable[..., Person], width: int
) -> None:
    factories.user("officer", at=factories.office(), username="officer")
    officer = person(width=width)
    officer.sign_in("officer", factories.PASSWORD)
    page = officer.page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "shell-search"
    page.keyboard.type("Quillworth")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.screenshot(path=f"/tmp/desk3-{width}-{officer.shots}-{len(officer.pages)}.png")
    officer.arrive()
    assert page.evaluate("document.activeElement.id") == "search-why"
    assert page.locator("#search-q").input_value() == "Quillworth"
    page.keyboard.type("A review")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.screenshot(path=f"/tmp/desk3-{width}-{officer.shots}-{len(officer.pages)}.png")
    officer.arrive()
    assert "Reason: a review." in page.inner_text("main")
