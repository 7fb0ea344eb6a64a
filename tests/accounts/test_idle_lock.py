"""The idle lock, and how often a session's row is written. Time is moved in the session: entries keep the true time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.services import SEEN_KEY
from ledger.clock import now
from ledger.models import Entry

ClientOf = Callable[..., Client]


def seen_ago(client: Client, seconds: int) -> int:
    session = client.session
    session[SEEN_KEY] = int(now().timestamp()) - seconds
    session.save()
    return int(session[SEEN_KEY])


def test_a_session_locks_after_the_idle_minutes(officer: User, client_of: ClientOf, settings: Any) -> None:
    client = client_of(officer)
    key = client.session.session_key
    seen_ago(client, settings.IDLE_MINUTES * 60 + 5)
    answer = client.get("/policy/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=%2Fpolicy%2F")
    assert not Session.objects.filter(pk=key).exists()
    entry = Entry.objects.get(event="accounts.session.closed")
    assert json.loads(bytes(entry.bytes))["data"] == {"reason": "idle"}
    assert entry.actor_id == str(officer.pk)
    assert client.get("/policy/").status_code == 302
    assert Entry.objects.filter(event="accounts.session.closed").count() == 1


def test_a_session_just_within_the_idle_minutes_stays(
    officer: User, client_of: ClientOf, settings: Any
) -> None:
    client = client_of(officer)
    before = seen_ago(client, settings.IDLE_MINUTES * 60 - 60)
    assert client.get("/policy/").status_code == 200
    assert client.session[SEEN_KEY] >= before + settings.IDLE_MINUTES * 60 - 60


def test_the_minutes_are_a_setting(officer: User, client_of: ClientOf, settings: Any) -> None:
    settings.IDLE_MINUTES = 1
    client = client_of(officer)
    seen_ago(client, 65)
    assert client.get("/policy/").status_code == 302


def test_a_session_of_unknown_age_is_locked(officer: User, client_of: ClientOf) -> None:
    client = client_of(officer)
    session = client.session
    del session[SEEN_KEY]
    session.save()
    assert client.get("/policy/").status_code == 302


@pytest.mark.parametrize(("ago", "writes"), [(0, 0), (30, 0), (58, 0), (61, 1), (600, 1)])
def test_last_seen_is_written_at_most_once_a_minute(
    officer: User, client_of: ClientOf, ago: int, writes: int
) -> None:
    client = client_of(officer)
    seen_ago(client, ago)
    with CaptureQueriesContext(connection) as captured:
        for _ in range(3):
            assert client.get("/policy/").status_code == 200
    changed = [
        query["sql"]
        for query in captured.captured_queries
        if "UPDATE" in query["sql"] and "django_session" in query["sql"]
    ]
    assert len(changed) == writes, changed


def test_autosave_and_partial_updates_keep_a_session_awake(officer: User, client_of: ClientOf) -> None:
    client = client_of(officer)
    before = seen_ago(client, 300)
    client.get("/policy/", headers={"HX-Request": "true"})
    assert client.session[SEEN_KEY] >= before + 300


def test_a_visitor_makes_no_session(db: None) -> None:
    for address in ("/accounts/login/", "/healthz", "/", "/nowhere/"):
        Client().get(address)
    assert not Session.objects.exists()
