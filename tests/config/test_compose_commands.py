"""The commands of docker-compose.yml, run natively: each of our services starts, is healthy and stops in time.

No container engine is needed. Addresses of the other services become those of the test's own database and broker, a
port becomes a free one, and a folder of the image becomes a temporary one; all else is what the file says.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from ledger.note_keys import SigningKey
from tests.support.database import BASE, PREFIX, drop, owner_connection

pytestmark = pytest.mark.resilience

NAME = f"{PREFIX}{BASE}_compose"
FILE: dict[str, Any] = yaml.safe_load((Path(settings.BASE_DIR) / "docker-compose.yml").read_text())
OURS = {name: service for name, service in FILE["services"].items() if service.get("image") == "totality"}
LASTING = sorted(name for name, service in OURS.items() if service.get("restart") != "no")
HEALTHY_WITHIN = 60


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("image")


def given(service: dict[str, Any], port: int, folder: Path) -> dict[str, str]:
    """The environment of a service as the file has it, with this machine's addresses in place of the file's."""
    here = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(folder),
        "HOSTNAME": "here",
    }
    values = {
        "SECRET_KEY": "s" * 60,
        "REFUSED_WORDS_KEY": "w" * 60,
        "ALLOWED_HOSTS": "127.0.0.1",
        "PORT": str(port),
        "LOG_ORIGIN": "totality.example/log",
        "LOG_SIGNING_KEY": SigningKey.generate("totality.example/log").text,
    }

    def filled(found: re.Match[str]) -> str:
        name, default = found.group(1), found.group(2) or ""
        return values.get(name, default.removeprefix("-") if default.startswith("-") else "not-used")

    for name, value in service.get("environment", {}).items():
        here[name] = re.sub(r"\$\{(\w+)(?::([^}]*))?\}", filled, str(value).strip())
        if name.endswith("_DIR"):
            here[name] = str(folder)
        if name.startswith("DATABASE_"):
            assert "@db:5432/totality" in here[name]
            here[name] = os.environ[name].rsplit("/", 1)[0] + "/" + NAME
        if name == "REDIS_URL":
            assert here[name].endswith("@redis:6379/0")
            # A number of its own, so that this worker takes nobody else's work.
            here[name] = os.environ[name].rsplit("/", 1)[0] + "/9"
    return here


def command(words: list[str], port: int, folder: Path) -> list[str]:
    """A command of the file: `$$` is a dollar sign, the port and the temporary folder are the test's own."""
    return [
        word.replace("$$", "$")
        .replace(":8000", f":{port}")
        .replace("0.0.0.0", "127.0.0.1")
        .replace("/tmp/", f"{folder}/")
        for word in words
    ]


@pytest.fixture(scope="module")
def migrated(port: int, folder: Path, django_db_setup: None) -> Iterator[None]:
    """A database of its own, migrated by the file's `migrate`."""
    with owner_connection(BASE) as connection, connection.cursor() as cursor:
        drop(cursor, NAME)
        cursor.execute(f'CREATE DATABASE "{NAME}"')
        cursor.execute(
            f'GRANT CONNECT ON DATABASE "{NAME}" TO totality_app, totality_sealer, totality_statistics'
        )
    service = OURS["migrate"]
    done = subprocess.run(
        command(service["command"], port, folder),
        cwd=settings.BASE_DIR,
        env=given(service, port, folder),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    yield
    with owner_connection(BASE) as connection, connection.cursor() as cursor:
        drop(cursor, NAME)


@pytest.mark.parametrize("name", LASTING)
def test_a_service_starts_is_healthy_and_stops(name: str, migrated: None, port: int, folder: Path) -> None:
    service = OURS[name]
    environment = given(service, port, folder)
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        child = subprocess.Popen(
            command(service["command"], port, folder),
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        if name == "worker":
            environment["HOSTNAME"] = socket.gethostname()
        wait_healthy(name, service, environment, child, port, folder, log)
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=seconds(service.get("stop_grace_period", "10s"))) in (0, -signal.SIGTERM)
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()


def wait_healthy(
    name: str,
    service: dict[str, Any],
    environment: dict[str, str],
    child: subprocess.Popen[bytes],
    port: int,
    folder: Path,
    log: Path,
) -> None:
    kind, *words = service["healthcheck"]["test"]
    words = command(words, port, folder)
    words = ["sh", "-c", words[0]] if kind == "CMD-SHELL" else words
    until = time.monotonic() + HEALTHY_WITHIN
    while True:
        assert child.poll() is None, f"{name} ended by itself: {log.read_text()[-2000:]}"
        asked = subprocess.run(
            words,
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if asked.returncode == 0:
            return
        assert time.monotonic() < until, (
            f"{name} is not healthy: {asked.stderr[-800:]} {log.read_text()[-1200:]}"
        )
        time.sleep(0.5)


def seconds(words: str) -> float:
    return float(words.removesuffix("s"))


def test_every_secret_is_asked_for_and_nothing_is_written_in_the_image() -> None:
    for name, service in OURS.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
    text = (Path(settings.BASE_DIR) / "docker-compose.yml").read_text()
    for secret in re.findall(r"\$\{(\w*(?:PASSWORD|SECRET_KEY|SIGNING_KEY)\w*)([^}]*)\}", text):
        assert secret[1].startswith(":?"), f"{secret[0]} has a default"
