"""A signed decision and the supervisors around it."""

from __future__ import annotations

import pytest

from accounts.models import Role, User
from assessment.models import Decision
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation


@pytest.fixture
def at(db: None) -> Situation:
    return situations.ready()


@pytest.fixture
def waiting(at: Situation) -> Decision:
    """A detainer that waits for its review."""
    return situations.signed(at)


@pytest.fixture
def boss(db: None) -> User:
    return factories.user(Role.SUPERVISOR)


@pytest.fixture
def other_boss(db: None) -> User:
    return factories.user(Role.SUPERVISOR)


@pytest.fixture
def far_boss(db: None) -> User:
    """A supervisor of another office."""
    return factories.user(Role.SUPERVISOR, at=situations.second_office())
