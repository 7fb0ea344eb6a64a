"""`/healthz` says that the process answers; `/readyz` says in words what keeps it from working."""

from __future__ import annotations

import socket
from typing import Any

import pytest
import time_machine
from django.conf import settings as configured
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from ledger.models import Entry


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ready(client: Client | None = None) -> tuple[int, list[str]]:
    answer = (client or Client()).get("/readyz")
    told = answer.json()
    assert told["ready"] is (answer.status_code == 200)
    assert (told["reasons"] == []) is told["ready"]
    return answer.status_code, told["reasons"]


def test_alive_is_one_word(db: None) -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Content-Type"] == "text/plain"


def test_alive_asks_the_database_nothing(db: None, query_budget: Any) -> None:
    with query_budget(0):
        assert Client().get("/healthz").status_code == 200


def test_ready_when_everything_is_there(db: None) -> None:
    assert ready() == (200, [])
    assert not Entry.objects.exists()


def test_a_dead_broker_is_said(db: None, settings: Any) -> None:
    settings.REDIS_URL = f"redis://:a-secret@127.0.0.1:{closed_port()}/0"
    status, reasons = ready()
    assert status == 503
    assert reasons == ["broker: ConnectionError"]


def test_a_missing_partition_is_said_by_its_month(db: None) -> None:
    with time_machine.travel("2100-01-15T12:00:00Z", tick=True):
        status, reasons = ready()
    assert status == 503
    assert reasons == ["log partitions: none for 2100-01"]


def test_a_migration_that_is_missing_is_said(db: None, owner: Any) -> None:
    newest = MigrationLoader(connection).graph.leaf_nodes("review")[0]
    owner.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s RETURNING applied", newest)
    (applied,) = owner.fetchone()
    try:
        status, reasons = ready()
    finally:
        owner.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", [*newest, applied]
        )
    assert status == 503
    assert reasons == ["migrations: some are not applied; run 'manage.py migrate'"]
    assert ready() == (200, [])


@pytest.mark.django_db(transaction=True)
def test_a_dead_database_is_said_and_tells_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    port = closed_port()
    monkeypatch.setitem(connection.settings_dict, "PORT", port)
    try:
        client = Client()
        status, reasons = ready(client)
        assert status == 503
        assert reasons == ["database: OperationalError"]
        assert client.get("/healthz").status_code == 200
        assert client.get("/accounts/login/").status_code == 200
    finally:
        connection.close()
        monkeypatch.undo()
    assert ready() == (200, [])


def test_no_reason_tells_a_secret(db: None, settings: Any) -> None:
    settings.REDIS_URL = f"redis://:a-secret@127.0.0.1:{closed_port()}/0"
    text = Client().get("/readyz").content.decode()
    assert "a-secret" not in text
    assert str(configured.DATABASES["default"]["PASSWORD"]) not in text
