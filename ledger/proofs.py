"""What proves something about the log to a reader outside: places in the tree, proofs, checkpoints, public keys.

Read-only, as the application's role. Queries: `place_of` 1, `checkpoint` 2, `inclusion` 4, `consistency` 1,
`around` 1.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import connection

from ledger import stored_tree, tree
from ledger.models import Cosignature, Leaf, LogKey, SignedCheckpoint
from ledger.note_keys import ED25519, PublicKey
from ledger.notes import Checkpoint, Note


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint with its signed note, the cosignatures of witnesses included."""

    checkpoint: Checkpoint
    note: str

    @property
    def size(self) -> int:
        return self.checkpoint.size


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That one entry is the leaf `index` of the tree that `signed` is about."""

    entry_id: uuid.UUID
    index: int
    leaf_hash: bytes
    proof: list[bytes]
    signed: Signed

    @property
    def holds(self) -> bool:
        """Whether the proof leads from the leaf to the root that was signed."""
        signed = self.signed.checkpoint
        return tree.verify_inclusion(self.leaf_hash, self.index, signed.size, self.proof, signed.root)

    @property
    def root_hex(self) -> str:
        return self.signed.checkpoint.root.hex()

    @property
    def proof_hex(self) -> list[str]:
        return [hash.hex() for hash in self.proof]


@dataclass(frozen=True, slots=True)
class Around:
    """What ties a run of leaves `[first, end)` to a checkpoint: the compact ranges before and after it."""

    first: int
    end: int
    tree_size: int
    left: list[bytes]
    right: list[bytes]


def checkpoint(at_least: int = 0) -> Signed | None:
    """The newest checkpoint; None while there is none that covers `at_least` leaves."""
    stored = SignedCheckpoint.objects.filter(size__gte=at_least).order_by("-size").first()
    return _signed(stored) if stored else None


def checkpoint_of(size: int) -> Signed | None:
    """The checkpoint of exactly this size."""
    stored = SignedCheckpoint.objects.filter(size=size).first()
    return _signed(stored) if stored else None


def place_of(entry_id: uuid.UUID) -> int | None:
    """The index of an entry in the tree; None while it is not sealed."""
    return Leaf.objects.filter(entry_id=entry_id).values_list("index", flat=True).first()


def inclusion(entry_id: uuid.UUID, in_checkpoint: Signed | None = None) -> Inclusion | None:
    """The proof that the entry is in the newest checkpoint (or the one given); None where it is not."""
    leaf = Leaf.objects.filter(entry_id=entry_id).first()
    signed = in_checkpoint or checkpoint()
    if leaf is None or signed is None or leaf.index >= signed.size:
        return None
    with connection.cursor() as cursor:
        proof = tree.inclusion_proof(leaf.index, signed.size, stored_tree.reader(cursor))
    return Inclusion(entry_id, leaf.index, bytes(leaf.leaf_hash), proof, signed)


def consistency(old: int, new: int) -> list[bytes]:
    """The proof that the first `old` leaves are the beginning of the first `new`."""
    with connection.cursor() as cursor:
        return tree.consistency_proof(old, new, stored_tree.reader(cursor))


def around(first: int, end: int, size: int) -> Around:
    """Everything of a tree of `size` leaves but the leaves `[first, end)`."""
    before, after = tree.cover(0, first), tree.cover(end, size)
    with connection.cursor() as cursor:
        hashes = list(stored_tree.reader(cursor)(before + after))
    return Around(first, end, size, hashes[: len(before)], hashes[len(before) :])


def public_keys() -> list[PublicKey]:
    """The log's own keys as the database lists them, the newest first. A careful reader compares them with the
    published ones.
    """
    lines = LogKey.objects.order_by("-from_size", "-at").values_list("vkey", flat=True)
    return [key for key in map(PublicKey.parse, lines) if key.kind == ED25519]


def _signed(stored: SignedCheckpoint) -> Signed:
    lines = (
        Cosignature.objects.filter(size=stored.size).order_by("at", "witness").values_list("line", flat=True)
    )
    note = stored.note + "".join(lines)
    return Signed(Checkpoint.parse(Note.parse(note).text), note)
