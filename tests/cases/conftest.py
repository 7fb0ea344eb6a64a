"""Offices, people who use the product, and a case to start from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Office, User
from accounts.services import SEEN_KEY
from cases import services
from cases.dates import UncertainDate
from cases.models import Case
from ledger.clock import now


@pytest.fixture
def office(db: None) -> Office:
    return Office.objects.create(key="north", name="North")


@pytest.fixture
def other_office(db: None) -> Office:
    return Office.objects.create(key="south", name="South")


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    def make(role: str, office: Office, username: str = "") -> User:
        return User.objects.create(
            username=username or f"{role}-{office.key}",
            password="!",
            full_name=f"{role.title()} {office.name}",
            role=role,
            office=office,
        )

    return make


@pytest.fixture
def officer(make_user: Callable[..., User], office: Office) -> User:
    return make_user("officer", office)


@pytest.fixture
def other_officer(make_user: Callable[..., User], other_office: Office) -> User:
    return make_user("officer", other_office)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client with a fresh session of this user."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[SEEN_KEY] = int(now().timestamp())
        session.save()
        return client

    return sign_in


@pytest.fixture
def make_case() -> Callable[..., Case]:
    """`make_case(officer, family_name=..., a_number=...)` records a person born in 1990 with an open case."""

    def make(officer: User, family_name: str = "Quillworth", a_number: str = "", **more: Any) -> Case:
        more.setdefault("given_name", "Tamsin")
        more.setdefault("birth", UncertainDate.parse("1990-04-12"))
        identifiers = [("a_number", a_number)] if a_number else []
        return services.create_person_and_case(
            actor=officer.actor(), user=officer, family_name=family_name, identifiers=identifiers, **more
        )

    return make


@pytest.fixture
def case(officer: User, make_case: Callable[..., Case]) -> Case:
    return make_case(officer, a_number="A012345678")
