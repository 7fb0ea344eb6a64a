"""Both services together, and the environment that leads a program to them."""

from __future__ import annotations

import shlex
from dataclasses import replace

from config.embedded import children, credentials, database, ports, postgres, processes, valkey
from config.embedded.files import locked, write_private
from config.embedded.layout import Layout

ROLE_VARIABLES = {
    "DATABASE_URL": "totality_app",
    "DATABASE_OWNER_URL": "totality_owner",
    "DATABASE_SEALER_URL": "totality_sealer",
    "DATABASE_STATISTICS_URL": "totality_statistics",
}


def environment(layout: Layout, *, with_postgres: bool = True, with_valkey: bool = True) -> dict[str, str]:
    """The addresses of the services of this instance, which must have been started once."""
    passwords = credentials.load(layout)
    known = ports.known(layout)
    found: dict[str, str] = {}
    if with_postgres:
        for variable, role in ROLE_VARIABLES.items():
            found[variable] = (
                f"postgres://{role}:{passwords[role]}@{ports.HOST}:{known['postgres']}/{database.NAME}"
            )
    if with_valkey:
        found["REDIS_URL"] = f"redis://:{passwords[credentials.BROKER]}@{ports.HOST}:{known['valkey']}/0"
    return found


def as_shell(variables: dict[str, str]) -> str:
    """Lines that a POSIX shell can read with `.`."""
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in variables.items())


def start(
    layout: Layout,
    *,
    started_by: str,
    with_postgres: bool = True,
    with_valkey: bool = True,
    safe: bool = True,
) -> dict[str, str]:
    """Start what does not run yet, write the environment file, and return the environment."""
    layout.make()
    with locked(layout.lock):
        if with_postgres:
            _claim(layout, "postgres", postgres.start(layout, started_by=started_by, safe=safe), started_by)
        if with_valkey:
            _claim(layout, "valkey", valkey.start(layout, started_by=started_by), started_by)
        found = environment(layout, with_postgres=with_postgres, with_valkey=with_valkey)
        write_private(layout.env, as_shell(found))
    return found


def stop(layout: Layout) -> None:
    """Stop the broker, then the database; nothing happens to what does not run.

    Raises EmbeddedError while a run is using them.
    """
    if not layout.data.is_dir():
        return
    layout.make()
    busy = f"Totality is running on them, with the data in {layout.data}. Stop that one first."
    with locked(layout.run_lock, busy=busy), locked(layout.lock):
        children.stop_leftovers(layout)
        valkey.stop(layout)
        postgres.stop(layout)


def _claim(layout: Layout, name: str, known: processes.Known, started_by: str) -> None:
    """Who asks for services by hand keeps them, though a run had started them and ends meanwhile."""
    if started_by == "services" and known.started_by != started_by:
        processes.write_down(layout.pids / name, replace(known, started_by=started_by))
