"""A case that is ready to be assessed."""

from __future__ import annotations

import pytest

from assessment.models import Decision
from tests.assessment import situations
from tests.assessment.situations import Situation


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
