"""Browser tests: the product's own server, a real Chromium, axe on every page that a walk touches.

Without a browser the tests are skipped and the reason is told at the end of the run; under CI that is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.steps import Person

CHROMIUM = (
    os.environ.get("TOTALITY_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or ""
)
ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark_browser(items, Path(__file__).parent)


def mark_browser(items: list[pytest.Item], folder: Path) -> None:
    """Mark the tests of a folder, and skip them where there is no browser."""
    here = str(folder)
    reason = os.environ.get("TOTALITY_NO_BROWSER") or ("" if CHROMIUM else "there is no Chromium")
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            if reason and not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason=f"no browser: {reason}"))


# One for the process: two folders of tests use this fixture, and a second loop in one thread is refused.
_drivers: list[Playwright] = []


@pytest.fixture(scope="session")
def playwright_driver() -> Playwright:
    if not _drivers:
        # Playwright's own loop runs in this thread, and Django takes that for asynchronous code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        _drivers.append(sync_playwright().start())
    return _drivers[0]


def pytest_unconfigure() -> None:
    while _drivers:
        _drivers.pop().stop()


@pytest.fixture(scope="session")
def chromium(playwright_driver: Playwright) -> Iterator[Browser]:
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    browser = playwright_driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
    yield browser
    browser.close()


@pytest.fixture
def person(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Person]]:
    """`person(width=375)` opens a browser window of its own; its problems fail the test at the end.

    The server keeps its connections to the database, as in production, for as long as the browser keeps its own to
    the server: a new one for each request costs more than most requests do.
    """
    opened: list[Person] = []
    held = connections["default"].settings_dict
    before, held["CONN_MAX_AGE"] = held["CONN_MAX_AGE"], 60

    def make(width: int = 1280, *, check: bool = True) -> Person:
        one = Person(chromium, live_server.url, width, check=check)
        opened.append(one)
        return one

    yield make
    held["CONN_MAX_AGE"] = before
    for one in opened:
        one.close()
