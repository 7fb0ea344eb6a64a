"""How long the oldest committed entry has been waiting for its seal."""

from __future__ import annotations

from django.db import connection

# Without a watermark of this cluster only the oldest entry is looked at: looking for the oldest unsealed one would
# read the whole log.
LAG = """
SELECT extract(epoch FROM clock_timestamp() - entry.at)::float
  FROM public.ledger_entry AS entry
 WHERE entry.tx_id >= %s::xid8 AND NOT EXISTS (
           SELECT FROM public.ledger_leaf AS leaf WHERE leaf.entry_id = entry.id
       )
 ORDER BY entry.at LIMIT 1
"""
OLDEST = (
    "SELECT extract(epoch FROM clock_timestamp() - at)::float FROM public.ledger_entry ORDER BY id LIMIT 1"
)


def seconds() -> float:
    """The age of the oldest entry without a leaf; 0 where there is none. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT last.upto::text FROM public.ledger_batch AS last, pg_control_system() AS here"
            " WHERE last.system_identifier = here.system_identifier ORDER BY last.number DESC LIMIT 1"
        )
        last = cursor.fetchone()
        if last is None or last[0] == "0":
            cursor.execute(OLDEST)
        else:
            cursor.execute(LAG, [last[0]])
        oldest = cursor.fetchone()
    return max(0.0, float(oldest[0])) if oldest else 0.0
