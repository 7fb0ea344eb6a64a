"""The Merkle tree of RFC 6962 (RFC 9162, section 2.1), as pure functions over hashes; standard library only.

A *node* is a perfect subtree `(level, place)`: it stands over the leaves `[place << level, (place + 1) << level)`.
Every hash that a root or a proof needs is made of such nodes, which never change once their leaves are there. Who
keeps them gives a `Reader`, which is asked once for all the nodes of one answer.

A *compact range* of `[first, end)` is the list of the largest nodes that are aligned to their own size, from left to
right. Two neighbouring ranges merge into one; the range of `[0, size)` gives the root.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

LEAF, INNER = b"\x00", b"\x01"
HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256().digest()


class Node(NamedTuple):
    """A perfect subtree of `1 << level` leaves, the `place`-th of its level."""

    level: int
    place: int

    @property
    def first(self) -> int:
        return self.place << self.level

    @property
    def end(self) -> int:
        return (self.place + 1) << self.level


Reader = Callable[[Sequence[Node]], Sequence[bytes]]
"""Gives the hashes of the nodes asked for, in that order; raises `KeyError` where one is not there."""

Kept = Callable[[Node, bytes], None]
"""Is told of every node that has just become complete."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry's bytes."""
    return hashlib.sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(INNER + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The tree hash of all leaf hashes; that of no leaves is the hash of nothing."""
    tree = CompactRange()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def cover(first: int, end: int) -> list[Node]:
    """The nodes of the compact range of `[first, end)`, from left to right. Raises `ValueError` for no range."""
    if not 0 <= first <= end:
        raise ValueError(f"[{first}, {end}) is no range of indexes")
    nodes = []
    while first < end:
        largest = (end - first).bit_length() - 1
        level = min(largest, (first & -first).bit_length() - 1) if first else largest
        nodes.append(Node(level, first >> level))
        first += 1 << level
    return nodes


@dataclass(slots=True)
class CompactRange:
    """The compact range of `[first, end)`; `hashes` has one hash for each node of `cover(first, end)`.

    `kept` is told of every node that `append` completes, the leaves among them.
    """

    first: int = 0
    end: int = field(default=-1)
    hashes: list[bytes] = field(default_factory=list)
    kept: Kept | None = None

    def __post_init__(self) -> None:
        if self.end < 0:
            self.end = self.first
        wanted = len(cover(self.first, self.end))
        if len(self.hashes) != wanted:
            raise ValueError(f"[{self.first}, {self.end}) has {wanted} hashes, not {len(self.hashes)}")

    def append(self, leaf: bytes) -> None:
        """Extend the range by one leaf hash."""
        self._push(Node(0, self.end), leaf)

    def merge(self, following: CompactRange) -> None:
        """Extend the range by the one that begins where it ends. Raises `ValueError` where they do not meet."""
        if following.first != self.end:
            raise ValueError(
                f"a range that begins at {following.first} does not follow one that ends at {self.end}"
            )
        for node, hash in zip(cover(following.first, following.end), following.hashes, strict=True):
            self._push(node, hash)

    def root(self) -> bytes:
        """The tree hash of `[0, end)`. Raises `ValueError` where the range begins later."""
        if self.first:
            raise ValueError("only a range that begins at 0 has a root")
        return fold(self.hashes) if self.hashes else EMPTY_ROOT

    def _push(self, node: Node, hash: bytes) -> None:
        if self.kept:
            self.kept(node, hash)
        # While the node is a right child whose left sibling lies in this range, both become their parent.
        while node.place & 1 and (node.place - 1) << node.level >= self.first:
            hash = node_hash(self.hashes.pop(), hash)
            node = Node(node.level + 1, node.place >> 1)
            if self.kept:
                self.kept(node, hash)
        self.hashes.append(hash)
        self.end = node.end


def fold(hashes: Sequence[bytes]) -> bytes:
    """The hash over neighbouring nodes whose levels fall from left to right; at least one."""
    folded = hashes[-1]
    for hash in reversed(hashes[:-1]):
        folded = node_hash(hash, folded)
    return folded


def compact_range(first: int, end: int, reader: Reader) -> CompactRange:
    """The compact range of `[first, end)` from kept nodes."""
    return CompactRange(first, end, list(reader(cover(first, end))))


def inclusion_proof(index: int, size: int, reader: Reader) -> list[bytes]:
    """The audit path (RFC 6962, 2.1.1) of the leaf `index` in the tree of `size` leaves, from the bottom up."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    ranges, begin, end = [], 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    return _hashes(ranges[::-1], reader)


def consistency_proof(old: int, new: int, reader: Reader) -> list[bytes]:
    """The proof (RFC 6962, 2.1.2) that the tree of `new` leaves begins with the tree of `old`; empty for 0 or equal."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves does not continue one of {old}")
    if old in (0, new):
        return []
    ranges, begin, end = [], 0, new
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    if begin:
        ranges.append((begin, end))
    return _hashes(ranges[::-1], reader)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf hash stands at `index` of the tree with this size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, hash = index, size - 1, leaf
    for sibling in proof:
        if not last:
            return False
        if node & 1 or node == last:
            hash = node_hash(sibling, hash)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            hash = node_hash(hash, sibling)
        node, last = node >> 1, last >> 1
    return not last and hash == root


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of `new` leaves begins with the tree of `old` leaves (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if not old:
        return not proof and old_root == EMPTY_ROOT
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    from_old = from_new = path[0]
    for hash in path[1:]:
        if not last:
            return False
        if node & 1 or node == last:
            from_old, from_new = node_hash(hash, from_old), node_hash(hash, from_new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            from_new = node_hash(from_new, hash)
        node, last = node >> 1, last >> 1
    return not last and from_old == old_root and from_new == new_root


def _split(size: int) -> int:
    """The largest power of two below `size`, which is at least 2."""
    return 1 << ((size - 1).bit_length() - 1)


def _hashes(ranges: Sequence[tuple[int, int]], reader: Reader) -> list[bytes]:
    """One hash for each range, with one question to the reader."""
    covers = [cover(first, end) for first, end in ranges]
    found = iter(reader([node for nodes in covers for node in nodes]))
    return [fold([next(found) for _ in nodes]) for nodes in covers]
