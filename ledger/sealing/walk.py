"""Over all entries that one snapshot shows, whatever their transaction ids say.

The snapshot is kept by a connection of its own while leaves are written by another. Reading from several snapshots
would not do: an entry that commits behind the walk would get its place after a later one that commits ahead of it. A
reading transaction has no id, so that it does not hold the watermark back.
"""

from __future__ import annotations

from psycopg2.extensions import connection

UNSEALED = """
SELECT entry.id::text, entry.leaf_hash FROM public.ledger_entry AS entry
 WHERE NOT EXISTS (SELECT FROM public.ledger_leaf AS leaf WHERE leaf.entry_id = entry.id)
 ORDER BY entry.id
"""


class Walk:
    """`low` is the watermark of the snapshot; `next` gives its unsealed entries in order of id."""

    def __init__(self, opened: connection) -> None:
        self.opened = opened
        with opened.cursor() as at:
            # It may take as long as the log is large, and holds up nobody.
            at.execute("SET transaction_timeout = 0; SET idle_in_transaction_session_timeout = 0")
        opened.set_session(isolation_level="REPEATABLE READ", readonly=True, autocommit=False)
        with opened.cursor() as at:
            at.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
            row = at.fetchone()
        self.low = int(row[0]) if row else 0
        self.entries = opened.cursor("walk")
        self.entries.execute(UNSEALED)

    def next(self, most: int) -> list[tuple[str, bytes]]:
        """The next entries, id and leaf hash; none at the end."""
        return [(id, bytes(hash)) for id, hash in self.entries.fetchmany(most)]

    def close(self) -> None:
        self.opened.close()
