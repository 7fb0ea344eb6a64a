"""Accessibility: every page of the product and its error state, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import chromium, mark_browser, person, playwright_driver

__all__ = ["chromium", "person", "playwright_driver"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark_browser(items, Path(__file__).parent)
