"""The tree: indexes without gaps, every leaf's entry there, stored nodes and signed roots as the leaves give them.

Leaves are taken in groups of sixteen, over each of which a node is stored. Where a group does not give its node, the
finding says so and the stored node takes its place: what comes after is still held against what was signed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations, groupby
from typing import Final

from django.db import connection

from ledger import stored_tree, tree
from ledger.findings import Finding, FindingKind
from ledger.models import Batch, TreeNode
from ledger.tree import CompactRange, Node
from ledger.verifying.rows import Tell
from ledger.verifying.signed import Claim, batches
from ledger.verifying.times import Times

# Groups in one step.
STEP: Final = 256
GROUP: Final = 1 << stored_tree.KEPT_LEVELS


@dataclass(frozen=True, slots=True)
class Row:
    """One leaf, and the time of its entry where that is there."""

    index: int
    entry_id: uuid.UUID
    hash: bytes
    at: datetime | None

    @property
    def is_there(self) -> bool:
        return self.at is not None


@dataclass(slots=True)
class Walk:
    """The tree over the whole groups seen so far, and the next root that somebody signed."""

    claims: Iterator[Claim]
    tell: Tell
    range: CompactRange = field(default_factory=CompactRange)
    nodes: dict[Node, bytes] = field(default_factory=dict)
    claim: Claim | None = None
    agreed: int = 0
    wrong: int = 0
    counted: int = 0
    last: Row | None = None
    seals: Iterator[Batch] = field(default_factory=batches)
    seal: Batch | None = None
    # After a gap that no stored node bridges, nothing can be said about roots.
    lost: bool = False
    times: Times = field(init=False)

    def __post_init__(self) -> None:
        self.range.kept = self._kept
        self.times = Times(self.tell)
        self.seal = next(self.seals, None)
        self._next_claim()

    def _kept(self, node: Node, hash: bytes) -> None:
        if stored_tree.is_kept(node):
            self.nodes[node] = hash

    def add(self, place: int, rows: Sequence[Row], stored: Mapping[int, bytes]) -> None:
        """The leaves of the group `place`, fewer than sixteen at the end or where some are missing; stored nodes by
        their place.
        """
        for row in rows:
            self._look_at(row)
        first = place * GROUP
        self._bridge(self.range.end // GROUP, place, stored)
        begins_whole = [row.index for row in rows] == list(range(first, first + len(rows)))
        if begins_whole and not self.lost and self.claim is not None and self.claim.size < first + GROUP:
            # Roots inside of the group are made on a copy, so that the group itself can be judged as one.
            within = CompactRange(0, first, list(self.range.hashes))
            for row in rows[: GROUP - 1]:
                within.append(row.hash)
                self._compare(within)
        if len(rows) == GROUP:
            node = self._group(place, [row.hash for row in rows], stored.get(place))
            self._merge(place, node)

    def _look_at(self, row: Row) -> None:
        self.counted += 1
        expected = self.last.index + 1 if self.last else 0
        if row.index != expected:
            words = f"the indexes {expected} to {row.index - 1} are missing from the tree"
            self.tell(Finding(FindingKind.GAP, f"index {expected}", words))
        if not row.is_there:
            words = f"the entry {row.entry_id} was sealed and is gone"
            self.tell(Finding(FindingKind.MISSING, f"index {row.index}", words))
        while self.seal is not None and self.seal.first + self.seal.count <= row.index:
            self.seal = next(self.seals, None)
        if self.seal is None or row.index < self.seal.first:
            words = "no seal of the log has given this index"
            self.tell(Finding(FindingKind.INSERTED, f"index {row.index}", words))
        elif self.last and self.last.index >= self.seal.first and self.last.entry_id > row.entry_id:
            words = f"its entry is older than that of index {self.last.index}, but one seal places them by their ids"
            self.tell(Finding(FindingKind.REORDERED, f"index {row.index}", words))
        if self.seal is not None and row.at is not None:
            self.times.look_at(row.index, row.at, self.seal)
        self.last = row

    def _group(self, place: int, hashes: Sequence[bytes], stored: bytes | None) -> bytes:
        """The node over a whole group: the stored one, so that one finding does not hide the next."""
        computed, first = tree.root(hashes), place * GROUP
        where = f"indexes {first} to {first + GROUP - 1}"
        if stored is None:
            self.tell(Finding(FindingKind.MISSING, where, "the node of the tree over them is not stored"))
            return computed
        if stored != computed:
            exchanged = _exchanged(hashes, stored)
            if exchanged:
                where = " and ".join(f"index {first + at}" for at in exchanged)
                words = "these two have changed places since they were sealed"
                self.tell(Finding(FindingKind.REORDERED, where, words))
            else:
                words = "they do not give the node that was stored when they were sealed"
                self.tell(Finding(FindingKind.ALTERED, where, words))
        return stored

    def _bridge(self, place: int, until: int, stored: Mapping[int, bytes]) -> None:
        """Over groups of which leaves are missing, by the nodes that were stored over them."""
        for missing in range(place, until):
            node = stored.get(missing) or _stored(Node(stored_tree.KEPT_LEVELS, missing))
            if node is None:
                self.lost = True
            if self.lost:
                return
            self._merge(missing, node or b"")

    def _merge(self, place: int, node: bytes) -> None:
        if self.lost:
            return
        first, end = place * GROUP, (place + 1) * GROUP
        while self.claim is not None and self.claim.size < end and self.claim.size > first:
            self._next_claim()
        self.range.merge(CompactRange(first, end, [node]))
        self._compare(self.range)

    def _compare(self, tree_so_far: CompactRange) -> None:
        while self.claim is not None and self.claim.size <= tree_so_far.end:
            if self.claim.size == tree_so_far.end:
                if self.claim.root == tree_so_far.root():
                    self._say_wrong()
                    self.agreed = self.claim.size
                else:
                    self.wrong += 1
                    if self.wrong == 1:
                        words = (
                            f"the leaves give another root; they agree with the one signed for {self.agreed}"
                        )
                        self.tell(Finding(FindingKind.WRONG_ROOT, self.claim.where, words))
            self._next_claim()

    def _say_wrong(self) -> None:
        """One change makes every later root wrong: the first was told, the rest are told together."""
        if self.wrong > 1:
            words = f"{self.wrong - 1} more signed roots after it are not those of the leaves"
            self.tell(Finding(FindingKind.WRONG_ROOT, f"after {self.agreed} leaves", words))
        self.wrong = 0

    def _next_claim(self) -> None:
        self.claim = next(self.claims, None)

    def end(self) -> None:
        """What was signed about leaves that are not there, nor have been sealed meanwhile."""
        self._say_wrong()
        while self.claim is not None:
            there = _size()
            if self.claim.size > there:
                words = f"{self.claim.size} leaves were signed, and there are {there}"
                self.tell(Finding(FindingKind.MISSING, self.claim.where, words))
            self._next_claim()

    def check_nodes(self) -> None:
        """The nodes above the lowest ones against the stored ones; then they are forgotten."""
        for node, hash in self.nodes.items():
            if node.level > stored_tree.KEPT_LEVELS and _stored(node) != hash:
                words = "the stored node is not the one that the leaves give"
                self.tell(Finding(FindingKind.WRONG_ROOT, f"node {node.level}/{node.place}", words))
        self.nodes.clear()


def check_leaves(claims: Iterator[Claim], tell: Tell, step: int = STEP) -> int:
    """Look at all leaves in order of index; the number of them. `claims` are the signed roots in order of size."""
    walk = Walk(claims, tell)
    for first in range(0, _size(), step * GROUP):
        rows = _leaves(first, first + step * GROUP)
        stored = _stored_over(first, first + step * GROUP)
        for place, group in groupby(rows, key=lambda row: row.index // GROUP):
            walk.add(place, list(group), stored)
        walk.check_nodes()
    walk.end()
    for node in _nodes_of_nothing():
        words = "it is stored over leaves that are not there"
        tell(Finding(FindingKind.INSERTED, f"node {node.level}/{node.place}", words))
    return walk.counted


def _nodes_of_nothing() -> list[Node]:
    """One statement, so that leaves and nodes are those of one moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT level, index FROM public.ledger_node"
            " WHERE (index + 1)::numeric * (2::numeric ^ level)"
            "     > (SELECT coalesce(max(index) + 1, 0) FROM public.ledger_leaf) ORDER BY level, index"
        )
        return [Node(level, place) for level, place in cursor.fetchall()]


def _size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(index) + 1, 0) FROM public.ledger_leaf")
        return int(cursor.fetchone()[0])


def _leaves(first: int, end: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT leaf.index, leaf.entry_id, leaf.leaf_hash, entry.at FROM public.ledger_leaf AS leaf"
            "  LEFT JOIN public.ledger_entry AS entry ON entry.id = leaf.entry_id"
            " WHERE leaf.index >= %s AND leaf.index < %s ORDER BY leaf.index",
            [first, end],
        )
        return [Row(index, entry_id, bytes(hash), at) for index, entry_id, hash, at in cursor.fetchall()]


def _stored_over(first: int, end: int) -> dict[int, bytes]:
    """The lowest stored nodes over these leaves, by their places."""
    nodes = TreeNode.objects.filter(
        level=stored_tree.KEPT_LEVELS, index__gte=first // GROUP, index__lt=end // GROUP
    )
    return {place: bytes(hash) for place, hash in nodes.values_list("index", "hash")}


def _stored(node: Node) -> bytes | None:
    hash = TreeNode.objects.filter(level=node.level, index=node.place).values_list("hash", flat=True).first()
    return None if hash is None else bytes(hash)


def _exchanged(hashes: Sequence[bytes], wanted: bytes) -> tuple[int, int] | None:
    """Two places whose exchange gives the wanted node."""
    for one, other in combinations(range(len(hashes)), 2):
        tried = list(hashes)
        tried[one], tried[other] = tried[other], tried[one]
        if tree.root(tried) == wanted:
            return one, other
    return None
