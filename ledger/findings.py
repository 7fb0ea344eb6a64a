"""What can be wrong with a log, in the words that the database check, the bundle's verifier and the pages share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """The classes of `decision-log.md`; their codes are what programs read."""

    ALTERED = "altered"
    MISSING = "missing"
    INSERTED = "inserted"
    REORDERED = "reordered"
    GAP = "gap"
    BAD_SIGNATURE = "bad-signature"
    WRONG_ROOT = "wrong-root"
    BAD_DISCLOSURE = "bad-disclosure"
    MANIFEST_MISMATCH = "manifest-mismatch"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where, and in words."""

    kind: FindingKind
    where: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.words}"
