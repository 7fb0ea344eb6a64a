"""A PostgreSQL cluster of one's own, for tests that seal: the watermark waits for every open transaction of a cluster.

Only the log is migrated there. While `served` lasts, Django's aliases lead to it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ
import psycopg2
from django.conf import settings
from django.db import connections

from config.embedded import credentials, database, ports, postgres, processes, services
from config.embedded.layout import ROOT, Layout
from ledger.note_keys import SigningKey
from ledger.sealing.keys import Keyring

ALIASES = {
    "default": "DATABASE_URL",
    "owner": "DATABASE_OWNER_URL",
    "sealer": "DATABASE_SEALER_URL",
}
ORIGIN = "totality.example/log"
KEYS = Keyring(SigningKey(ORIGIN, b"\x07" * 32))
START = """
import sys
from pathlib import Path
from config.embedded import postgres
from config.embedded.layout import Layout
postgres.start(Layout(Path(sys.argv[1])), started_by="test", safe=sys.argv[2] == "safe")
"""
TABLES = (
    "ledger_entry, ledger_case_link, ledger_disclosure, ledger_leaf, ledger_node, ledger_batch, ledger_cosignature,"
    " ledger_checkpoint, ledger_public_key"
)


@dataclass
class Cluster:
    """One running cluster. Connections are psycopg2's, each statement its own transaction."""

    layout: Layout
    safe: bool = False
    """Whether commits wait for the disk, as they must where something is measured."""

    @classmethod
    def start(cls, folder: Path, *, migrated: bool = True, safe: bool = False) -> Cluster:
        made = cls(Layout(folder), safe)
        made.layout.make()
        made.serve_again()
        if migrated:
            made.manage("migrate", "ledger", "--verbosity", "0")
        return made

    def serve_again(self) -> None:
        """Start the server; in a process of its own, so that it is no child of this one."""
        arguments = [str(self.layout.data), "safe" if self.safe else "fast"]
        subprocess.run([sys.executable, "-c", START, *arguments], cwd=ROOT, check=True, timeout=120)

    def crash(self) -> None:
        """What `pg_ctl stop -m immediate` does: no checkpoint is written and no connection is ended in order."""
        known = postgres.running(self.layout)
        assert known
        assert processes.stop(known, steps=((signal.SIGQUIT, 60.0),))

    def stop(self) -> None:
        postgres.stop(self.layout)
        shutil.rmtree(self.layout.data, ignore_errors=True)

    @property
    def environment(self) -> dict[str, str]:
        return services.environment(self.layout, with_valkey=False)

    def connect(self, variable: str = "DATABASE_URL") -> Any:
        return _opened(psycopg2.connect(self.environment[variable]))

    def _superuser(self) -> Any:
        return psycopg2.connect(
            host=ports.HOST,
            port=ports.known(self.layout)["postgres"],
            user=credentials.SUPERUSER,
            password=credentials.load(self.layout)[credentials.SUPERUSER],
            dbname=database.NAME,
        )

    def tamper(self, *statements: str, parameters: Sequence[Any] = ()) -> None:
        """What nobody should do and no right stops: one who can do anything changes tables past their triggers."""
        opened = self._superuser()
        with opened, opened.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement, parameters or None)
        opened.close()

    def set(self, *assignments: str) -> None:
        """Change settings of the server, such as `commit_delay = 2000`."""
        opened = self._superuser()
        opened.autocommit = True
        with opened.cursor() as cursor:
            for assignment in assignments:
                cursor.execute(f"ALTER SYSTEM SET {assignment}")
            cursor.execute("SELECT pg_reload_conf()")
        opened.close()

    def command(self, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        """`manage.py` in a process of its own, on this cluster."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**os.environ, "DEBUG": "1", "LOG_SIGNING_KEY": KEYS.text, **self.environment, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def manage(self, *arguments: str, **more: str) -> tuple[int, str, str]:
        """The same to its end: exit code, stdout, stderr."""
        done = self.command(*arguments, **more)
        out, error = done.communicate(timeout=120)
        return done.returncode, out.decode(), error.decode()

    def empty(self) -> None:
        """An empty log, as if it had just been migrated."""
        self.tamper(f"TRUNCATE {TABLES}")

    @contextmanager
    def served(self) -> Iterator[None]:
        """Django works on this cluster; in this thread at once, in others when they connect."""
        before = {alias: dict(settings.DATABASES[alias]) for alias in ALIASES}
        try:
            for alias, variable in ALIASES.items():
                connections[alias].close()
                parts = environ.Env.db_url_config(self.environment[variable])
                settings.DATABASES[alias].update(parts)
                connections[alias].settings_dict.update(parts, CONN_MAX_AGE=0)
            yield
        finally:
            for alias, known in before.items():
                connections[alias].close()
                settings.DATABASES[alias].update(known)
                connections[alias].settings_dict.update(known)


def _opened(connection: Any) -> Any:
    connection.autocommit = True
    return connection
