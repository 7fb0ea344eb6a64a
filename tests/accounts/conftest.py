"""People who sign in the way people do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from ledger.models import Entry
from tests import factories

LOGIN = "/accounts/login/"


@pytest.fixture
def officer(db: None) -> User:
    return factories.user("officer", username="officer")


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A client that signed in by the page; `strict=True` checks tokens as a browser's request is checked."""

    def sign_in(user: User, *, strict: bool = False) -> Client:
        client = Client(enforce_csrf_checks=strict)
        fields = {"username": user.username, "password": factories.PASSWORD}
        if strict:
            client.get(LOGIN)
            fields["csrfmiddlewaretoken"] = client.cookies["csrftoken"].value
        answer = client.post(LOGIN, fields)
        assert answer.status_code == 302, answer.content.decode()
        return client

    return sign_in


@pytest.fixture
def events(db: None) -> Callable[[], list[str]]:
    """Codes of all entries since the fixture was asked for, oldest first."""
    before = set(Entry.objects.values_list("pk", flat=True))
    return lambda: list(Entry.objects.exclude(pk__in=before).order_by("pk").values_list("event", flat=True))
