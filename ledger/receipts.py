"""Receipts: proof that one entry existed, without its content, for the person whom it is about.

A receipt is `{"format", "entry_id", "index", "leaf_hash", "tree_size", "proof", "checkpoint"}`: hashes in hex, the
audit path of RFC 6962 from the bottom up, the checkpoint's signed note. Whoever is later shown the entry's bytes can
hold them against it. When it existed is told only by a witness's cosignature under the checkpoint.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ledger import proofs, tree
from ledger.findings import Finding, FindingKind
from ledger.note_keys import COSIGNATURE, BadSignature, NoteError, PublicKey
from ledger.notes import Checkpoint, Note, open_checkpoint

FORMAT: Final = "decision-receipt/1"
MEMBERS: Final = frozenset({"format", "entry_id", "index", "leaf_hash", "tree_size", "proof", "checkpoint"})


class NotSealed(Exception):
    """The entry is not there, or has no place in the tree yet."""


class NoReceipt(ValueError):
    """What was given is no receipt; the message says why."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a receipt was found to prove."""

    entry_id: str
    index: int
    checkpoint: Checkpoint
    seen_at: int | None
    """Unix seconds at which a trusted witness had seen it; None where none signed."""
    content_fits: bool | None
    """Whether the bytes that were given are those of the entry; None where none were given."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.findings


def receipt(entry_id: uuid.UUID) -> dict[str, Any]:
    """The receipt of one entry in the newest checkpoint. Raises `NotSealed`."""
    found = proofs.inclusion(entry_id)
    if found is None:
        raise NotSealed(f"the entry {entry_id} is not in a signed checkpoint (it may be a moment too early)")
    return {
        "format": FORMAT,
        "entry_id": str(entry_id),
        "index": found.index,
        "leaf_hash": found.leaf_hash.hex(),
        "tree_size": found.signed.size,
        "proof": [hash.hex() for hash in found.proof],
        "checkpoint": found.signed.note,
    }


def check(data: Any, keys: Sequence[PublicKey], content: bytes | None = None) -> Checked:
    """Check a receipt by the trusted `keys` of log and witnesses, and `content` (an entry's bytes) against it.

    Every check is made and every finding listed. Raises `NoReceipt` for what is none.
    """
    read = _read(data)
    try:
        note = Note.parse(read.note)
        checkpoint = Checkpoint.parse(note.text)
    except NoteError as error:
        raise NoReceipt(f"its checkpoint cannot be read: {error}") from None
    findings = []
    where = f"entry {read.entry_id}"
    try:
        open_checkpoint(note, keys)
    except BadSignature as error:
        findings.append(Finding(FindingKind.BAD_SIGNATURE, "checkpoint", str(error)))
    if checkpoint.size != read.size:
        words = f"the receipt says {read.size} leaves, its checkpoint {checkpoint.size}"
        findings.append(Finding(FindingKind.ALTERED, where, words))
    if not tree.verify_inclusion(read.leaf, read.index, checkpoint.size, read.proof, checkpoint.root):
        words = "the proof does not lead from the entry to the root that was signed"
        findings.append(Finding(FindingKind.WRONG_ROOT, where, words))
    fits = None if content is None else tree.leaf_hash(content) == read.leaf
    if fits is False:
        findings.append(Finding(FindingKind.ALTERED, where, "the copy is not what was recorded"))
    seen = _seen_at(note, keys, findings)
    return Checked(read.entry_id, read.index, checkpoint, seen, fits, findings)


@dataclass(frozen=True, slots=True)
class _Read:
    entry_id: str
    index: int
    leaf: bytes
    size: int
    proof: list[bytes]
    note: str


def _read(data: Any) -> _Read:
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise NoReceipt(f"it is no receipt of the format {FORMAT}")
    missing = MEMBERS - data.keys()
    if missing:
        raise NoReceipt(f"it lacks {', '.join(sorted(missing))}")
    index, size, hashes, note = data["index"], data["tree_size"], data["proof"], data["checkpoint"]
    numbers = all(isinstance(number, int) and not isinstance(number, bool) for number in (index, size))
    if not numbers or not isinstance(hashes, list) or len(hashes) > 64 or not isinstance(note, str):
        raise NoReceipt("a member has the wrong type")
    try:
        entry_id = str(uuid.UUID(str(data["entry_id"])))
        leaf = bytes.fromhex(str(data["leaf_hash"]))
        proof = [bytes.fromhex(str(hash)) for hash in hashes]
    except ValueError:
        raise NoReceipt("a hash or the entry's id cannot be read") from None
    return _Read(entry_id, index, leaf, size, proof, note)


def _seen_at(note: Note, keys: Sequence[PublicKey], findings: list[Finding]) -> int | None:
    """The earliest time that a trusted witness signed."""
    times = []
    for key in keys:
        if key.kind != COSIGNATURE:
            continue
        try:
            times += [signature.time for _, signature in note.verified_by([key])]
        except BadSignature as error:
            findings.append(Finding(FindingKind.BAD_SIGNATURE, "checkpoint", str(error)))
    return min(times, default=None)
