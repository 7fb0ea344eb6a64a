"""The sealer's own connection, as its own role, and the lock by which there is one sealer at a time.

The lock belongs to the connection that also writes: whoever loses it can write no more. It must lead to the database
itself, not to a pooler that lends one connection to many.
"""

from __future__ import annotations

from typing import Any, Final

import psycopg2
from django.conf import settings
from psycopg2.extensions import connection

# The letters of `seal`; an advisory lock is known by its number alone.
LOCK: Final = 0x7365616C
# The few rows of a seal are found by index whatever a young table's statistics say.
PLANS: Final = "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"


class NoDatabase(Exception):
    """The environment names no database for the sealer."""


def connect() -> connection:
    """A new connection as `totality_sealer`; every statement is its own transaction unless one is begun."""
    known: dict[str, Any] | None = settings.DATABASES.get("sealer")
    if not known:
        raise NoDatabase(
            "DATABASE_SEALER_URL is not set. The sealer connects as its own role, totality_sealer."
        )
    opened: connection = psycopg2.connect(
        host=known["HOST"],
        port=known["PORT"] or None,
        user=known["USER"],
        password=known["PASSWORD"],
        dbname=known["NAME"],
        connect_timeout=10,
        application_name="totality sealer",
        options=PLANS,
        **{name: value for name, value in known.get("OPTIONS", {}).items() if name.startswith("ssl")},
    )
    opened.autocommit = True
    return opened


def take_lock(opened: connection) -> bool:
    """Become the sealer for as long as this connection lives; False while another one is."""
    with opened.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])
