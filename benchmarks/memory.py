"""Memory of the web processes over many requests, served as `make run` serves: gunicorn, two workers of four threads.

The pages are a supervisor's: queue, filtered queue, decisions, their cases, the team. BENCH_REQUESTS gives the last of
the three looks (10,000); between the second, half way, and the last nothing may grow.
"""

from __future__ import annotations

import http.client
import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.base import Row, database, row

REQUESTS = int(os.environ.get("BENCH_REQUESTS", "10000"))
LOOKS = (REQUESTS // 10, REQUESTS // 2, REQUESTS)
SIZE = (10_000, 36_000)
CLIENTS = 4
READY_SECONDS = 60
SERVED = ("config.wsgi:application", "--worker-class", "gthread", "--workers", "2", "--threads", "4")


def results() -> list[Row]:
    database()
    from django.test import override_settings

    from benchmarks.support.filled import database_with, practice_day

    with override_settings(PRACTICE_DATE=practice_day()), database_with(*SIZE) as name:
        cookie, addresses = _supervisor()
        day = practice_day()
        with _served(name, str(day) if day else "") as (port, server):
            return _measured(port, server.pid, cookie, addresses)


def _supervisor() -> tuple[str, list[str]]:
    """The cookie of a session, and the addresses that are asked for in turns."""
    from django.conf import settings
    from django.db import connections
    from django.urls import reverse

    from accounts.models import User
    from assessment.models import Decision
    from tests.assessment.situations import client

    boss = User.objects.get(username="supervisor")
    waiting = Decision.objects.filter(office_id=boss.office_id, state="submitted").exclude(created_by=boss)
    decisions = list(waiting.exclude(signed_by=boss).order_by("due_on", "id")[:20])
    queue = reverse("review:queue")
    pages = [[queue, f"{queue}?urgency=imminent_removal", f"{queue}?due=soon", reverse("review:team")]]
    pages += [
        [
            reverse("review:detail", args=[one.pk]) + "?queue=1",
            reverse("cases:detail", args=[one.case_id]),
            queue,
        ]
        for one in decisions
    ]
    value = client(boss).cookies[settings.SESSION_COOKIE_NAME].value
    connections.close_all()
    return f"{settings.SESSION_COOKIE_NAME}={value}", list(itertools.chain.from_iterable(pages))


@contextmanager
def _served(name: str, day: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """gunicorn on a free port, on the database of this name, with the web's own rights alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    own = {
        "DATABASE_URL": os.environ["DATABASE_URL"].rsplit("/", 1)[0] + "/" + name,
        "DEBUG": "1",
        "PRACTICE_DATE": day,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DATABASE_OWNER_URL", "DATABASE_SEALER_URL", "DATABASE_STATISTICS_URL")
    }
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        *SERVED,
        "--bind",
        f"127.0.0.1:{port}",
        "--no-control-socket",
    ]
    server = subprocess.Popen(
        command,
        cwd=Path(__file__).parent.parent,
        env=kept | own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield port, server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def _wait(port: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _resident(server: int) -> float:
    """Mebibytes of the workers that lie in memory."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    pages = sum(int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1]) for one in children)
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _ask(port: int, cookie: str, addresses: list[str], times: int) -> None:
    """So many requests by a few clients that keep their connections."""
    left = itertools.count()
    wrong: list[str] = []

    def work() -> None:
        web = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while not wrong and (number := next(left)) < times:
            address = addresses[number % len(addresses)]
            web.request("GET", address, headers={"Cookie": cookie, "Host": "127.0.0.1"})
            answer = web.getresponse()
            answer.read()
            if answer.status != 200:
                wrong.append(f"{answer.status} {address}")
        web.close()

    clients = [threading.Thread(target=work) for _ in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert not wrong, wrong


def _measured(port: int, server: int, cookie: str, addresses: list[str]) -> list[Row]:
    found = []
    asked = 0
    for look in LOOKS:
        _ask(port, cookie, addresses, look - asked)
        asked = look
        found.append(_resident(server))
        print(f"memory after {look:,}: {found[-1]:.1f} MiB", file=sys.stderr, flush=True)
    limits = ("no limit stated: threads start and caches fill", "at most 1.05")
    return [
        row(
            "memory",
            f"memory of two web processes after {LOOKS[place]:,} requests",
            product=found[place],
            reference=found[place - 1],
            reference_name=f"after {LOOKS[place - 1]:,}",
            runs=1,
            unit="MiB",
            limit=limits[place - 1],
        )
        for place in (1, 2)
    ]
