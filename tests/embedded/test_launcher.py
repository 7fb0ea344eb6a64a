"""`make run`: starts everything, says so only when it answers, and leaves nothing behind, however it ends."""

from __future__ import annotations

import os
import signal
import socket
import time

import pytest

from config.embedded.errors import EmbeddedError
from config.embedded.launcher import chosen_port, is_true
from tests.embedded.standin import StandIn

ANSWERS = "Totality answers at"


@pytest.mark.parametrize(("text", "port"), [("", 8000), ("80", 80), ("65535", 65535)])
def test_port_is_read(text: str, port: int) -> None:
    assert chosen_port(text) == port


@pytest.mark.parametrize("text", ["0", "65536", "-1", "eight", "80.5", "٣٤", " 80"])
def test_a_port_that_is_none_is_refused_by_name(text: str) -> None:
    with pytest.raises(EmbeddedError, match="1 to 65535"):
        chosen_port(text)


@pytest.mark.parametrize(
    ("text", "answer"), [("1", True), ("True", True), ("0", False), ("", False), ("no", False)]
)
def test_debug_is_read_as_the_settings_read_it(text: str, answer: bool) -> None:
    assert is_true(text) is answer


def test_a_busy_port_is_said_before_anything_starts(standin: StandIn) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", standin.port))
        taken.listen()
        refused = standin.command("run")
    assert refused.returncode == 2
    assert f"port {standin.port} on 127.0.0.1 is in use" in refused.stderr
    assert refused.stdout == ""
    assert not (standin.data / "postgres").exists()


@pytest.mark.resilience
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_group_stops_everything(standin: StandIn, sign: signal.Signals) -> None:
    launcher = standin.run()
    standin.wait_until_up(launcher)
    assert standin.get("/") == "2024-12-10"
    assert standin.get("/withheld") == "DATABASE_URL"
    os.killpg(launcher.pid, sign)
    assert launcher.wait(timeout=60) == 0, standin.output()
    assert standin.processes() == []
    said = standin.output()
    assert "ran migrate owner" in said
    assert "ran seed_demo no owner" in said
    assert (
        said.index("ran migrate")
        < said.index("ran seed_demo")
        < said.index("ran seal_log")
        < said.index(ANSWERS)
    )
    assert f"key {standin.data / 'log-signing-key'} DATABASE_SEALER_URL\n" in said


@pytest.mark.resilience
def test_after_a_killed_launcher_the_next_one_takes_over(standin: StandIn) -> None:
    first = standin.run()
    standin.wait_until_up(first)
    first.kill()
    first.wait()
    assert len(standin.processes()) > 3
    second = standin.run()
    standin.wait_until_up(second)
    assert "earlier run had left behind: beat, worker, web, sealer" in standin.output()
    second.send_signal(signal.SIGINT)
    assert second.wait(timeout=60) == 0
    assert standin.processes() == []


@pytest.mark.resilience
@pytest.mark.parametrize("name", ["beat", "worker", "web", "sealer", "valkey", "postgres"])
def test_a_death_is_said_and_ends_the_rest(standin: StandIn, name: str) -> None:
    launcher = standin.run()
    standin.wait_until_up(launcher)
    number = (standin.data / "pids" / name).read_text(encoding="utf-8").split(",")[0].rpartition(" ")[2]
    os.kill(int(number), signal.SIGKILL)
    assert launcher.wait(timeout=60) == 1
    assert "ended unexpectedly" in standin.output()
    wait_for_none(standin)


@pytest.mark.resilience
def test_a_failed_migration_ends_the_run(standin: StandIn) -> None:
    failed = standin.command("run", FAIL_MIGRATE="3")
    assert failed.returncode == 1
    assert "`manage.py migrate` failed with exit code 3" in failed.stdout
    assert ANSWERS not in failed.stdout
    assert standin.processes() == []


@pytest.mark.resilience
def test_two_runs_on_one_folder_are_refused(standin: StandIn) -> None:
    first = standin.run()
    standin.wait_until_up(first)
    second = standin.command("run", PORT="0" + str(standin.port))
    assert second.returncode == 2
    assert "Stop that one first" in second.stderr
    assert standin.command("stop").returncode == 2
    assert standin.get("/healthz")
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=60) == 0


@pytest.mark.resilience
def test_services_that_were_started_by_hand_stay(standin: StandIn) -> None:
    assert standin.command("start").returncode == 0
    launcher = standin.run()
    standin.wait_until_up(launcher)
    launcher.send_signal(signal.SIGINT)
    assert launcher.wait(timeout=60) == 0
    assert standin.command("status").returncode == 0


def wait_for_none(standin: StandIn, seconds: float = 60) -> None:
    """Backends of a killed PostgreSQL notice its death by themselves, in a moment."""
    deadline = time.monotonic() + seconds
    while standin.processes() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert standin.processes() == []
