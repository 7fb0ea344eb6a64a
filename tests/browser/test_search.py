"""A search from the keyboard: without a chosen reason it is refused; the summary has the focus and leads to the reason."""

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
    officer.arrive()
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "search-why"
    assert page.locator("#search-q").input_value() == "Quillworth"
    page.keyboard.type("A review")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    officer.arrive()
    assert "Reason: “A review”." in page.inner_text("main")
    # The next search needs no choice.
    page.keyboard.press("/")
    page.keyboard.type("Marlowe")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    officer.arrive()
    assert "Reason: “A review”." in page.inner_text("main")
