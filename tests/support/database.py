"""The test database, made by the owner and used through the application's own role.

Nothing here uses Django's test database machinery: that would run everything as one role, and the rights are half of
what the tests are about.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections

PREFIX = "test_"
OWN_TABLES = ("ledger_", "accounts_", "cases_", "assessment_", "review_", "django_session", "axes_")


def _parameters(alias: str, name: str) -> dict[str, Any]:
    config = settings.DATABASES[alias]
    return {
        "host": config["HOST"],
        "port": config["PORT"],
        "user": config["USER"],
        "password": config["PASSWORD"],
        "dbname": name,
    }


@contextmanager
def owner_connection(name: str | None = None) -> Iterator[Any]:
    """A connection of the owning role, outside Django; to the test database unless `name` says otherwise."""
    connection = psycopg2.connect(
        **_parameters("owner", name or connections["default"].settings_dict["NAME"])
    )
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()


def role_url(variable: str, name: str) -> Any:
    """A psycopg2 connection as the role of an environment variable such as DATABASE_SEALER_URL."""
    url = os.environ[variable].rsplit("/", 1)[0] + "/" + name
    connection = psycopg2.connect(url)
    connection.autocommit = True
    return connection


BASE = str(settings.DATABASES["owner"]["NAME"])
TEMPLATE = f"{PREFIX}template"
TRIES = 10
# Here a whole test is one transaction, which may go through a hundred pages on a busy machine: the 30 seconds of the
# product's roles, which `tests/embedded` looks at, would end the test and not a request.
LIMITS = "-c transaction_timeout=15min -c idle_in_transaction_session_timeout=15min"
LOCK = 4_201_118  # any number: one process at a time makes or copies the template


def create_test_database(worker: str) -> str:
    """Drop and make `test_<name>_<worker>`, point every alias at it, migrate as the owner. Returns its name.

    A run of several processes on a cluster of its own migrates once, and each copies what that made.
    """
    name = f"{PREFIX}{BASE}_{worker}"
    with owner_connection(BASE) as connection, connection.cursor() as cursor:
        if os.environ.get("TOTALITY_TEST_TEMPLATE"):
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
            if not cursor.fetchone():
                made = f"{TEMPLATE}_begun"
                _create(cursor, made, "template1")
                _migrate(made)
                cursor.execute(f'ALTER DATABASE "{made}" RENAME TO "{TEMPLATE}"')
            _create(cursor, name, TEMPLATE)
            _point_at(name)
        else:
            _create(cursor, name, "template1")
            _migrate(name)
    return name


def _create(cursor: Any, name: str, template: str) -> None:
    drop(cursor, name)
    cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    cursor.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
    cursor.execute(
        f'GRANT CONNECT ON DATABASE "{name}" TO totality_app, totality_sealer, totality_statistics'
    )


def drop(cursor: Any, name: str) -> None:
    """With whoever is connected; autovacuum is nobody whom the owner may end, but gives way to a plain drop."""
    for _ in range(TRIES):
        for force in (" WITH (FORCE)", ""):
            try:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"{force}')
            except (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.ObjectInUse):
                continue
            return
    raise RuntimeError(f"{name} is in use and cannot be dropped")


def _point_at(name: str) -> None:
    for alias in connections:
        connections[alias].close()
        held = connections[alias].settings_dict
        held["NAME"], held["CONN_MAX_AGE"] = name, 0
        held["OPTIONS"]["options"] = LIMITS


def _migrate(name: str) -> None:
    _point_at(name)
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    for alias in connections:
        connections[alias].close()


def drop_test_database(name: str) -> None:
    """Remove the test database; refuses any other."""
    if not name.startswith(PREFIX):
        raise RuntimeError(f"{name} is not a test database")
    for alias in connections:
        connections[alias].close()
    with owner_connection(BASE) as connection:
        drop(connection.cursor(), name)


def truncate_everything() -> None:
    """Empty the product's tables as their owner: the application's role cannot, and the log's triggers refuse."""
    with owner_connection() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
        )
        tables = [name for name, _ in cursor.fetchall() if name.startswith(OWN_TABLES)]
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname LIKE 'ledger\\_%'"
        )
        guarded = [row[0] for row in cursor.fetchall()]
        guarded += ["policy_calendarrow", "policy_calendarchange"]
        guarded += ["policy_editionactivation", "policy_editionproposal", "policy_editioncontent"]
        guarded += ["policy_feedbackanswer", "policy_clausefeedback"]
        statements = [f'ALTER TABLE "{name}" DISABLE TRIGGER USER' for name in guarded]
        # The calendar and the contents that the migrations put there stay.
        statements.append("DELETE FROM policy_calendarrow WHERE change_id IS NOT NULL")
        statements.append("DELETE FROM policy_calendarchange")
        statements.append("DELETE FROM policy_editionactivation WHERE proposal_id IS NOT NULL")
        statements.append("DELETE FROM policy_editionproposal")
        statements.append("DELETE FROM policy_feedbackanswer; DELETE FROM policy_clausefeedback")
        statements.append(
            "DELETE FROM policy_editioncontent WHERE content_digest NOT IN"
            " (SELECT content_id FROM policy_editionactivation)"
        )
        statements.append("TRUNCATE " + ", ".join(f'"{name}"' for name in tables) + " CASCADE")
        statements += [f'ALTER TABLE "{name}" ENABLE TRIGGER USER' for name in guarded]
        # A row that names another one of its table is checked at once, or its table could not be altered again.
        cursor.execute("BEGIN; SET CONSTRAINTS ALL IMMEDIATE; " + "; ".join(statements) + "; COMMIT")
