"""A hostile test run: real roles, no writes on GET, no undefined template variable, no network, random order."""

from __future__ import annotations

import datetime
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import connections
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext
from hypothesis import settings

from policy import calendar_store, contents
from policy.calendar_file import seed
from policy.editions import available
from tests.support import database

# A run can be repeated: the same examples each time, and no limit of time that a busy machine would break. New examples
# are looked for by HYPOTHESIS_PROFILE=search.
settings.register_profile("repeatable", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("search", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_configure() -> None:
    """Pages are tested as production shows them; a test of the demonstration says so.

    Two things are as slow as they should be for people, and make no difference to a test: the hash of a password, and
    the list of all static files, which each of the tests' thousands of clients would make anew.
    """
    from django.conf import settings

    settings.DEMONSTRATION = False
    settings.PASSWORD_HASHERS = ["tests.support.passwords.QuickHasher"]
    settings.WHITENOISE_USE_FINDERS = False


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock():
        name = database.create_test_database(worker)
        if not name.startswith(database.PREFIX):
            pytest.exit(f"The tests would run on {name}, which is not a test database.", returncode=2)
    TransactionTestCase._fixture_teardown = _owner_truncate  # type: ignore[attr-defined]
    yield
    with django_db_blocker.unblock():
        database.drop_test_database(name)


def _owner_truncate(self: Any) -> None:
    """Django's flush needs rights that the application's role must not have."""
    for alias in connections:
        connections[alias].close()
    database.truncate_everything()


@pytest.fixture(autouse=True)
def nobody_decides_first(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """One supervisor in ten is asked to decide first, drawn from a seed that no test knows; the tests of it say so."""
    if request.node.get_closest_marker("decide_first") is None:
        monkeypatch.setattr("review.regime.services.MOST_DECIDE_FIRST", 0)
    if request.node.get_closest_marker("masked_read") is None:
        monkeypatch.setattr("review.regime.services.MOST_MASKED", 0)


@pytest.fixture
def owner() -> Iterator[Any]:
    """A cursor of the owning role on the test database; sees committed rows only."""
    with database.owner_connection() as connection, connection.cursor() as cursor:
        yield cursor


_method = threading.local()
ALLOWED_ON_GET = ("ledger_entry", "ledger_disclosure", "django_session")
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "ALTER", "CREATE", "DROP")


def _refuse_writes_on_get(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if getattr(_method, "now", "") in ("GET", "HEAD"):
        text = (sql if isinstance(sql, str) else str(sql)).lstrip().upper()
        if text.startswith(WRITES) and not any(table.upper() in text[:200] for table in ALLOWED_ON_GET):
            raise AssertionError(f"A GET must not write: {text[:200]}")
    return execute(sql, params, many, context)


@pytest.fixture(autouse=True)
def get_writes_nothing() -> Iterator[None]:
    """Invariant 8: apart from its own entry and the session row, a GET writes nothing."""

    def started(environ: dict[str, Any] | None = None, **kwargs: Any) -> None:
        _method.now = (environ or {}).get("REQUEST_METHOD", "")

    def finished(**kwargs: Any) -> None:
        _method.now = ""

    request_started.connect(started)
    request_finished.connect(finished)
    wrapper = connections["default"].execute_wrapper(_refuse_writes_on_get)
    with wrapper:
        yield
    _method.now = ""
    request_started.disconnect(started)
    request_finished.disconnect(finished)


@pytest.fixture(autouse=True)
def practice_date(settings: Any) -> datetime.date:
    """The tests judge by a fixed day inside the guidelines' second period in force; `at` stays the true time."""
    settings.PRACTICE_DATE = datetime.date(2024, 12, 10)
    return settings.PRACTICE_DATE  # type: ignore[no-any-return]


@pytest.fixture(autouse=True)
def calendar_read_anew() -> Iterator[None]:
    """Rows of the calendar and contents of editions that a test rolled back are not kept for the next."""
    yield
    if calendar_store.version_held() != len(seed().calendar.rows):
        calendar_store.forget()
    if contents.version_held() != len(available()):
        contents.forget()


@pytest.fixture
def query_budget() -> Callable[[int], AbstractContextManager[CaptureQueriesContext]]:
    """`with query_budget(8): ...` fails with the queries listed when there are more."""

    @contextmanager
    def budget(most: int) -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connections["default"]) as captured:
            yield captured
        listed = "\n".join(query["sql"][:160] for query in captured.captured_queries)
        assert len(captured) <= most, f"{len(captured)} queries, at most {most}:\n{listed}"

    return budget
