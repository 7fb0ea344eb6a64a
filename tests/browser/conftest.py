"""Browser tests: the product's own server, a real Chromium, axe on every page that a walk touches.

Without a browser the tests are skipped and the reason is told at the end of the run; under CI that is a failure.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "static" / "vendor" / "axe" / "axe.min.js"
CHROMIUM = (
    os.environ.get("TOTALITY_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
)
SHOTS = os.environ.get("TOTALITY_SHOTS", "")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = str(Path(__file__).parent)
    reason = os.environ.get("TOTALITY_NO_BROWSER") or ("" if CHROMIUM else "there is no Chromium")
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            if reason and not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason=f"no browser: {reason}"))


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    # Playwright's own loop runs in this thread, and Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright_driver: Playwright) -> Iterator[Browser]:
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    browser = playwright_driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
    yield browser
    browser.close()


class Person:
    """One person at one browser: counts actions, checks each page with axe, keeps console errors."""

    def __init__(self, browser: Browser, base: str, width: int = 1280) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900})
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.base = base
        self.actions = 0
        self.texts = 0
        self.problems: list[str] = []
        self.shots = 0
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        self.page.on(
            "console",
            lambda message: (
                self.problems.append(f"{self.page.url}: {message.text}")
                if message.type == "error" and not re.search(r"status of 4\d\d", message.text)
                else None
            ),
        )

    def open(self, path: str) -> None:
        self.page.goto(self.base + path if path.startswith("/") else path)
        self.check()

    def sign_in(self, username: str, password: str) -> None:
        self.open("/accounts/login/")
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Password").fill(password)
        self.follow(self.page.get_by_role("button", name="Sign in"))

    def click(self, role: Any, name: str | re.Pattern[str], *, exact: bool = False) -> None:
        self.actions += 1
        self.follow(self.page.get_by_role(role, name=name, exact=exact).first)

    def follow(self, target: Locator) -> None:
        """Click what leads to another page, wait for it, check it."""
        with self.page.expect_navigation():
            target.click()
        self.check()

    def pick(self, selector: str) -> None:
        """Choose a radio button or check box by its selector, by its label as a person does."""
        self.actions += 1
        box = self.page.locator(selector).first
        self.page.locator(f"label[for='{box.get_attribute('id')}']").click()

    def choose(self, selector: str, value: str) -> None:
        self.actions += 1
        self.page.locator(selector).select_option(value)

    def write(self, selector: str, text: str, *, free: bool = False) -> None:
        self.texts += free
        self.actions += not free
        self.page.locator(selector).fill(text)

    def check(self) -> None:
        """axe, WCAG 2.2 AA: the page has no violation."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
        )
        for violation in found["violations"]:
            where = "; ".join(json.dumps(node["target"]) for node in violation["nodes"][:5])
            self.problems.append(f"{self.page.url}: axe {violation['id']} ({violation['help']}): {where}")
        if SHOTS:
            self.shots += 1
            name = re.sub(r"[^a-z]+", "-", self.page.title().lower())[:40]
            self.page.screenshot(
                path=f"{SHOTS}/{id(self) % 1000}-{self.shots:03d}-{name}.png", full_page=True
            )

    def close(self) -> None:
        self.context.close()
        assert not self.problems, "\n".join(dict.fromkeys(self.problems))


@pytest.fixture
def person(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Person]]:
    """`person(width=375)` opens a browser window of its own; its problems fail the test at the end."""
    opened: list[Person] = []

    def make(width: int = 1280) -> Person:
        one = Person(chromium, live_server.url, width)
        opened.append(one)
        return one

    yield make
    for one in opened:
        one.close()
