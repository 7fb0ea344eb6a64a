"""The tree as the database keeps it: leaves, and the nodes of every fourth level.

Works with any cursor, that of the application or that of the sealer, and reads all nodes of one answer in one query.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

from ledger import tree
from ledger.tree import Node

KEPT_LEVELS: Final = 4


class Cursor(Protocol):
    """What Django's and psycopg2's cursors have in common."""

    def execute(self, sql: str, params: Any = None, /) -> Any: ...

    def fetchall(self) -> list[Any]: ...


def is_kept(node: Node) -> bool:
    """Whether the node has a row of its own in `ledger_node`."""
    return node.level > 0 and node.level % KEPT_LEVELS == 0


def reader(cursor: Cursor) -> tree.Reader:
    """Hashes of nodes from the database; `KeyError` names the first node that is not there."""

    def read(nodes: Sequence[Node]) -> list[bytes]:
        parts = {node: _kept_below(node) for node in nodes}
        wanted = {part for below in parts.values() for part in below}
        found = _fetch(cursor, wanted) if wanted else {}
        return [_joined([found[part] for part in parts[node]]) for node in nodes]

    return read


def _kept_below(node: Node) -> list[Node]:
    """The nodes with rows that `node` is made of: itself, or those of the next kept level below."""
    down = node.level % KEPT_LEVELS
    first = node.place << down
    return [Node(node.level - down, place) for place in range(first, first + (1 << down))]


def _joined(hashes: list[bytes]) -> bytes:
    """The hash over a full row of neighbours."""
    while len(hashes) > 1:
        hashes = [tree.node_hash(*hashes[at : at + 2]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def _fetch(cursor: Cursor, wanted: set[Node]) -> dict[Node, bytes]:
    inner = [node for node in wanted if node.level]
    cursor.execute(
        "SELECT 0, leaf.index, leaf.leaf_hash FROM public.ledger_leaf AS leaf WHERE leaf.index = ANY(%s)"
        " UNION ALL"
        " SELECT node.level, node.index, node.hash FROM public.ledger_node AS node"
        " JOIN unnest(%s::smallint[], %s::bigint[]) AS wanted (level, index)"
        " ON node.level = wanted.level AND node.index = wanted.index",
        [
            [node.place for node in wanted if not node.level],
            [node.level for node in inner],
            [node.place for node in inner],
        ],
    )
    return {Node(level, place): bytes(hash) for level, place, hash in cursor.fetchall()}
