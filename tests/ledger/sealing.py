"""What tests of the sealer share: sealing at once, and looking at what was sealed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ledger import tree
from ledger.notes import Checkpoint, open_checkpoint
from ledger.sealing import session
from ledger.sealing.batch import MOST_ENTRIES, Sealer
from tests.support.cluster import KEYS, ORIGIN, Cluster


@contextmanager
def sealer(most: int = MOST_ENTRIES) -> Iterator[Sealer]:
    """The one sealer, on Django's cluster."""
    opened = session.connect()
    try:
        assert session.take_lock(opened)
        yield Sealer(opened, KEYS, most)
    finally:
        opened.close()


def seal(most: int = MOST_ENTRIES) -> int:
    """Seal all that is committed; the number of new leaves."""
    total = 0
    with sealer(most) as one:
        while (count := one.seal()) or one.is_walking:
            total += count
    return total


def rows(cluster: Cluster, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with cluster.connect() as opened, opened.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    opened.close()
    return found


def sealed_ids(cluster: Cluster) -> list[uuid.UUID]:
    """Entries in the order of their indexes, which have no gaps."""
    found = rows(cluster, "SELECT index, entry_id FROM ledger_leaf ORDER BY index")
    assert [index for index, _ in found] == list(range(len(found)))
    return [uuid.UUID(str(entry)) for _, entry in found]


def must_hold(cluster: Cluster) -> Checkpoint:
    """Every entry is sealed exactly once with the hash of its bytes, and the newest checkpoint is signed for all."""
    entries = rows(cluster, "SELECT id, bytes FROM ledger_entry")
    assert sorted(uuid.UUID(str(id)) for id, _ in entries) == sorted(sealed_ids(cluster))
    hashes = {uuid.UUID(str(id)): tree.leaf_hash(bytes(data)) for id, data in entries}
    leaves = [hashes[id] for id in sealed_ids(cluster)]
    [(note,)] = rows(cluster, "SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1")
    checkpoint = open_checkpoint(note, KEYS.trusted, ORIGIN)
    assert (checkpoint.size, checkpoint.root) == (len(leaves), tree.root(leaves))
    return checkpoint
