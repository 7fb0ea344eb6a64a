"""The embedded services: private files, an environment for a shell, a quick second start, clean ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
from pathlib import Path

import psycopg2
import pytest

from config.embedded import credentials, files, ports, processes, services
from config.embedded.errors import EmbeddedError
from config.embedded.layout import Layout
from tests.embedded.standin import StandIn


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path / "data")
    made.make()
    return made


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_passwords_are_random_private_and_kept(layout: Layout) -> None:
    first = credentials.load(layout)
    assert set(first) == set(credentials.NAMES)
    assert len(set(first.values())) == len(first)
    assert mode(layout.credentials) == 0o600
    assert credentials.load(layout) == first


def test_a_new_password_name_leaves_the_others_alone(layout: Layout) -> None:
    first = credentials.load(layout)
    known = json.loads(layout.credentials.read_text())
    del known["broker"]
    layout.credentials.write_text(json.dumps(known))
    again = credentials.load(layout)
    assert {**again, "broker": first["broker"]} == first


def test_a_damaged_password_file_is_said_and_kept(layout: Layout) -> None:
    layout.credentials.write_text('{"postgres": ')
    with pytest.raises(EmbeddedError, match="damaged"):
        credentials.load(layout)
    assert layout.credentials.read_text() == '{"postgres": '


def test_the_environment_is_read_by_a_shell_as_it_was_meant(layout: Layout) -> None:
    layout.ports.write_text('{"postgres": 5001, "valkey": 5002}')
    wanted = services.environment(layout)
    assert wanted["DATABASE_URL"].endswith("@127.0.0.1:5001/totality")
    files.write_private(layout.env, services.as_shell({**wanted, "ODD": "it's $HOME `x`"}))
    assert mode(layout.env) == 0o600
    script = f'. "{layout.env}"; env -0'
    shell = subprocess.run(["sh", "-c", script], capture_output=True, check=True, env={"PATH": os.defpath})
    heard = dict(pair.split("=", 1) for pair in shell.stdout.decode().split("\0") if pair)
    assert heard["ODD"] == "it's $HOME `x`"
    assert {name: heard[name] for name in wanted} == wanted


def test_a_port_is_kept_while_it_is_free_and_changed_when_it_is_not(layout: Layout) -> None:
    port = ports.choose(layout, "postgres")
    assert ports.choose(layout, "postgres") == port
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        other = ports.choose(layout, "postgres")
    assert other != port
    assert ports.known(layout)["postgres"] == other


@pytest.mark.parametrize("text", ["", "nonsense", "[1]", '{"postgres": "x"}'])
def test_a_damaged_port_file_costs_nothing(layout: Layout, text: str) -> None:
    layout.ports.write_text(text)
    assert ports.choose(layout, "postgres") > 0


def test_a_number_alone_is_not_a_process_of_ours(layout: Layout) -> None:
    note = layout.pids / "web"
    processes.write_down(note, processes.Known(os.getpid(), "a command that this test is not", "run"))
    assert processes.read(note) is None
    assert not note.exists()


def test_a_lock_says_that_it_is_taken(layout: Layout) -> None:
    with (
        files.locked(layout.lock),
        pytest.raises(EmbeddedError, match="taken"),
        files.locked(layout.lock, busy="taken"),
    ):
        pass


def test_stopping_what_never_ran_does_nothing(standin: StandIn) -> None:
    assert standin.command("stop").returncode == 0
    assert not standin.data.exists()
    assert standin.command("status").returncode == 1
    assert standin.command("env").returncode == 2


def pids(standin: StandIn) -> dict[str, str]:
    return {one.name: one.read_text(encoding="utf-8") for one in (standin.data / "pids").iterdir()}


@pytest.mark.resilience
def test_a_start_makes_the_roles_and_a_second_one_starts_nothing(standin: StandIn) -> None:
    assert standin.command("start").returncode == 0
    before = standin.command("env").stdout
    running = pids(standin)
    assert standin.command("start").returncode == 0
    assert pids(standin) == running
    assert standin.command("env").stdout == before
    found = services.environment(Layout(standin.data))
    with psycopg2.connect(found["DATABASE_URL"]) as opened, opened.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, current_setting('transaction_timeout'), current_setting('timezone')"
        )
        assert cursor.fetchone() == ("totality_app", "30s", "UTC")
        cursor.execute("SELECT has_schema_privilege('public', 'CREATE')")
        assert cursor.fetchone() == (False,)
    opened.close()
    with psycopg2.connect(found["DATABASE_OWNER_URL"]) as opened, opened.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role('totality_protected', 'USAGE'), pg_has_role('totality_protected', 'SET')"
        )
        assert cursor.fetchone() == (False, True)
    opened.close()
    wrong = found["DATABASE_URL"].replace("totality_app:", "totality_app:x")
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(wrong)
    assert standin.command("stop").returncode == 0
    assert standin.processes() == []


@pytest.mark.resilience
@pytest.mark.parametrize("option", [[], ["--no-fsync"]])
def test_a_killed_server_starts_again(standin: StandIn, option: list[str]) -> None:
    assert standin.command("start", *option).returncode == 0
    for name in ("postgres", "valkey"):
        os.kill(int(json.loads((standin.data / "pids" / name).read_text())["pid"]), signal.SIGKILL)
    assert standin.command("status").returncode == 1
    again = standin.command("start", *option)
    assert again.returncode == 0, again.stderr
    assert standin.command("status").returncode == 0
