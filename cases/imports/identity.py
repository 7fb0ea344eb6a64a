"""Which row is which, from one extract to the next.

A row is known by layout, source person id, date, site and its ordinal among equals, never by its place in the
file. The ordinal is given by content first: an equal row that is stored already keeps its ordinal wherever it
stands, and only what is left over becomes a change or a new row.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from cases.imports.rows import ArrivingRow

BUCKETS = 16
_as_json = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def digest(*parts: object) -> bytes:
    """SHA-256 of the parts, each with its own bounds (JSON), so that no two lists of parts read the same."""
    return hashlib.sha256(_as_json(parts).encode()).digest()


def import_key(base: bytes, ordinal: int) -> str:
    """How an encounter keeps the identity of its row."""
    return f"{base.hex()}:{ordinal}"


def read_key(key: str) -> tuple[bytes, int]:
    base, _, ordinal = key.partition(":")
    return bytes.fromhex(base), int(ordinal)


class Equals:
    """The rows of one file that share an identity; of all others it keeps 16 bytes each, and only while
    reading ahead.
    """

    def __init__(self, rows: Iterable[ArrivingRow]) -> None:
        bases, digests = array("Q"), array("Q")
        for row in rows:
            bases.append(_short(row.base))
            digests.append(_short(row.digest))
        repeated = _repeated(bases)
        self._coming: dict[int, Counter[int]] = {base: Counter() for base in repeated}
        for base, content in zip(bases, digests, strict=True):
            if base in repeated:
                self._coming[base][content] += 1
        self._claimed: dict[bytes, set[int]] = {}

    def place(self, row: ArrivingRow, stored: Mapping[int, bytes]) -> tuple[int, bool]:
        """The row's ordinal, and whether it is stored exactly so. `stored` is ordinal to digest of its
        identity.
        """
        coming = self._coming.get(_short(row.base))
        if coming is None:
            claimed: set[int] = set()
        else:
            claimed = self._claimed.setdefault(row.base, set())
            coming[_short(row.digest)] -= 1
        free = [ordinal for ordinal in sorted(stored) if ordinal not in claimed]
        ordinal = next((one for one in free if stored[one] == row.digest), None)
        same = ordinal is not None
        if ordinal is None:
            ordinal = self._left_over(free, stored, coming)
        if ordinal is None:
            ordinal = max((*stored, *claimed), default=0) + 1
        claimed.add(ordinal)
        return ordinal, same

    def remember(self, rows: Iterable[ArrivingRow]) -> Callable[[], None]:
        """Call the answer to place the same rows again, after their batch was undone."""
        coming = {
            key: Counter(self._coming[key])
            for key in {_short(row.base) for row in rows} & self._coming.keys()
        }
        claimed = {base: set(taken) for base, taken in self._claimed.items() if _short(base) in coming}

        def restore() -> None:
            self._coming.update(coming)
            for base in [base for base in self._claimed if _short(base) in coming]:
                del self._claimed[base]
            self._claimed.update(claimed)

        return restore

    @staticmethod
    def _left_over(free: list[int], stored: Mapping[int, bytes], coming: Counter[int] | None) -> int | None:
        """A stored equal whose content no later row of the file brings again."""
        reserved = Counter(coming or {})
        for ordinal in free:
            content = _short(stored[ordinal])
            if reserved[content] > 0:
                reserved[content] -= 1
            else:
                return ordinal
        return None


def _short(digest_: bytes) -> int:
    return int.from_bytes(digest_[:8], "big")


def _repeated(bases: array[int]) -> set[int]:
    """Values that occur more than once, found bucket by bucket to keep the sorted copy small."""
    found: set[int] = set()
    for bucket in range(BUCKETS):
        before = None
        for base in sorted(one for one in bases if one >> 60 == bucket):
            if base == before:
                found.add(base)
            before = base
    return found
