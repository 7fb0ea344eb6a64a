"""The walks: whole cases with invented people, from the status page to the downloaded log, in a real browser.

Each is walked in both outcomes, with the same pages, clicks and texts. The record is put there through the services
of cases before the walk; from the status page on, people do everything at their browsers.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from tests import factories
from tests.browser.conftest import chromium, mark_browser, person, playwright_driver
from tests.browser.steps import Person

__all__ = ["Staff", "chromium", "person", "playwright_driver"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark_browser(items, Path(__file__).parent)


@dataclass(frozen=True, slots=True)
class Staff:
    """Accounts of one office, an auditor, and an officer of another office; and how one of them comes to a browser."""

    officer: User
    come: Callable[[str], Person]


@pytest.fixture
def staff(transactional_db: None, person: Callable[..., Person], settings: Any, tmp_path: Path) -> Staff:
    settings.EXPORTS_DIR = tmp_path / "exports"
    here = factories.office()
    officer = factories.user("officer", at=here, username="officer")
    factories.user("supervisor", at=here, username="supervisor")
    factories.user("supervisor", at=here, username="second")
    factories.user("auditor", at=here, username="auditor")
    factories.user("officer", at=factories.office("millbrook", "Millbrook"), username="elsewhere")

    def come(username: str) -> Person:
        one = person(check=False)
        one.sign_in(username, factories.PASSWORD)
        return one

    return Staff(officer, come)


@pytest.fixture
def on_day(settings: Any) -> Callable[[str], None]:
    """`on_day("2022-01-18")`: the day by which the product judges from now on."""

    def set_day(day: str) -> None:
        settings.PRACTICE_DATE = datetime.date.fromisoformat(day)

    return set_day
