"""A case that is ready to be assessed."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.models import Decision
from tests.assessment import situations
from tests.assessment.situations import Situation


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A slow hash is right for people and only slow for tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def at(db: None) -> Situation:
    return situations.ready()


@pytest.fixture
def draft(at: Situation) -> Decision:
    """A detainer draft in which nothing is answered."""
    return situations.started(at)


@pytest.fixture
def full(at: Situation, draft: Decision) -> Decision:
    """A detainer draft that meets every rule."""
    return situations.fill(at, draft)
