"""A production start with an active demonstration account is refused, whichever way the product is started."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.db import connections

from accounts.models import User
from tests import factories
from tests.config.conftest import environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.resilience]
Run = Callable[..., subprocess.CompletedProcess[str]]
GUNICORN = (
    "-m",
    "gunicorn",
    "config.wsgi:application",
    "--bind",
    "127.0.0.1:0",
    "--no-control-socket",
    "--workers",
    "2",
)
ASKED_FIRST = ("--config", "python:config.preflight")
LINE = (
    r"Totality does not start. Demonstration accounts are active \(demo\), and their password is published\."
)


@pytest.fixture
def demo() -> User:
    return factories.user("officer", username="demo")


def own_lines(errors: str) -> list[str]:
    return [line for line in errors.splitlines() if re.match(LINE, line)]


@pytest.mark.parametrize(
    ("options", "code"),
    [(ASKED_FIRST, 2), (("--preload",), 2), ((*ASKED_FIRST, "--preload"), 2)],
    ids=["plain", "preload", "both"],
)
def test_gunicorn_ends_with_2(demo: User, run: Run, options: tuple[str, ...], code: int) -> None:
    done = run(*GUNICORN, *options)
    assert done.returncode == code, done.stderr
    assert len(own_lines(done.stderr)) == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "Booting worker" not in done.stderr


def test_gunicorn_that_was_not_told_to_ask_first_stops_too(demo: User, run: Run) -> None:
    """gunicorn itself ends with 3 when a worker cannot start; what counts is that it does not try for ever."""
    # One worker: when two end at the same moment, gunicorn's own end is 1 and not 3.
    done = run(*GUNICORN[:-1], "1")
    assert done.returncode == 3, done.stderr
    assert len(own_lines(done.stderr)) == 1, done.stderr
    assert "Traceback" not in done.stderr


def test_preflight_alone_says_it_in_one_line(demo: User, run: Run) -> None:
    done = run("-m", "config.preflight")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert own_lines(done.stderr)


@pytest.mark.parametrize("name", ["LOG_SIGNING_KEY", "LOG_SIGNING_KEY_FILE", "DATABASE_SEALER_URL"])
def test_what_is_the_sealers_own_stops_the_start(run: Run, name: str) -> None:
    done = run("-m", "config.preflight", **{name: "postgres://totality_sealer:a-secret@127.0.0.1/totality"})
    assert done.returncode == 2
    assert done.stderr.startswith(f"Totality does not start. {name} may be set for the sealer alone")
    assert "a-secret" not in done.stderr


def test_a_demonstration_starts_with_its_accounts(demo: User, run: Run) -> None:
    assert run("-m", "config.preflight", DEBUG="1").returncode == 0


def test_an_inactive_demo_account_stops_nothing(demo: User, run: Run) -> None:
    User.objects.update(is_active=False)
    assert run("-m", "config.preflight").returncode == 0
    User.objects.update(is_active=True, is_demo=False)
    assert run("-m", "config.preflight").returncode == 0


def test_seed_demo_is_refused_in_production(run: Run) -> None:
    done = run("manage.py", "seed_demo")
    assert done.returncode == 2
    assert not User.objects.exists()


def test_no_database_is_one_line(run: Run) -> None:
    done = run("-m", "config.preflight", DATABASE_URL="postgres://totality_app@127.0.0.1:1/totality")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "The database did not answer" in done.stderr


class Served(NamedTuple):
    address: str
    process: subprocess.Popen[str]


@contextmanager
def served(*options: str, **values: str | None) -> Iterator[Served]:
    """gunicorn on a free port, stopped at the end by its own process id."""
    with subprocess.Popen(
        [sys.executable, *GUNICORN, *options],
        cwd=settings.BASE_DIR,
        env=environment(PYTHONUNBUFFERED="1", **values),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            seen, booted, address = "", 0, ""
            for line in process.stderr:
                seen += line
                if found := re.search(r"Listening at: (http://127\.0\.0\.1:\d+)", line):
                    address = found.group(1)
                booted += "Booting worker" in line
                if booted == 2:
                    break
            assert address, seen
            yield Served(address, process)
        finally:
            process.terminate()
            process.communicate(timeout=30)


def get(address: str) -> int:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return int(answer.status)
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{address} did not answer")


@pytest.mark.parametrize("options", [("--preload",), ASKED_FIRST], ids=["preload", "asked first"])
def test_a_start_leaves_no_connection_to_be_shared(options: tuple[str, ...], owner: Any) -> None:
    for alias in connections:
        connections[alias].close()
    with served(*options) as server:
        assert get(server.address + "/healthz") == 200
        owner.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'totality_app'"
        )
        assert owner.fetchone() == (0,), "A connection was open before the workers were forked."
        assert [get(server.address + "/readyz") for _ in range(8)] == [200] * 8


def test_a_worker_starts_while_the_database_is_away() -> None:
    """A fail-over must not take the web servers with it; `/readyz` tells."""
    with served(DATABASE_URL="postgres://totality_app@127.0.0.1:1/totality") as server:
        assert get(server.address + "/healthz") == 200
        assert server.process.poll() is None
