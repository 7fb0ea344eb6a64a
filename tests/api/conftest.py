"""A case ready to be assessed, and clients that speak JSON."""

from __future__ import annotations

import pytest

from accounts.models import Role, User
from assessment.models import Decision
from tests import factories
from tests.api.speaking import Api
from tests.assessment import situations
from tests.assessment.situations import Situation


@pytest.fixture
def at(db: None) -> Situation:
    return situations.ready()


@pytest.fixture
def api(at: Situation) -> Api:
    """The officer of the case."""
    return Api(at.officer)


@pytest.fixture
def full(at: Situation) -> Decision:
    """A detainer draft that meets every rule."""
    return situations.fill(at, situations.started(at))


@pytest.fixture
def boss(db: None) -> User:
    return factories.user(Role.SUPERVISOR)


@pytest.fixture
def elsewhere(db: None) -> Api:
    """An officer of another office."""
    return Api(factories.user(Role.OFFICER, at=situations.second_office()))
