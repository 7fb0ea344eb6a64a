"""Checkpoints leave the machine: witnesses see them first, then the folder gets them with all signatures.

Before anything is published, the last published checkpoint must be a beginning of the log as it is now. A database
that was set back to an older state is found here, before it signs another history under the same name.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from psycopg2.extensions import cursor

from ledger import stored_tree, tree
from ledger.note_keys import NoteError, Signature
from ledger.notes import Checkpoint, Note, open_checkpoint
from ledger.sealing.batch import TreeDisagrees
from ledger.sealing.folder import Folder
from ledger.sealing.keys import Keyring
from ledger.sealing.witnesses import Witness, WitnessFailed
from ledger.witness import OtherSize, Request

logger = logging.getLogger(__name__)

# At most one checkpoint in so many seconds leaves the machine; every one of them is in the database.
EVERY_SECONDS: Final = 5.0
# A witness that fails is left alone for a while, so that it does not hold sealing up.
PAUSE_SECONDS: Final = 60.0


@dataclass(slots=True)
class Publisher:
    """Publishes the newest checkpoint on request; remembers when it did and which witnesses failed."""

    keys: Keyring
    folder: Folder | None = None
    witnesses: Sequence[Witness] = ()
    due: float = 0.0
    paused: dict[str, float] = field(default_factory=dict)

    def check(self, at: cursor) -> None:
        """Raises `TreeDisagrees` unless what was published last is a beginning of the log in the database."""
        published = self._published()
        if published is None:
            return
        newest = _newest(at)
        size = newest.checkpoint.size if newest else 0
        if published.size > size:
            raise TreeDisagrees(
                f"a checkpoint of {published.size} leaves was published, but the database has only {size}: it was set"
                " back. Restore the entries that are missing, or go on as a new log under another LOG_ORIGIN."
            )
        if newest is not None:
            _must_continue(at, published, newest.checkpoint)

    def publish(self, at: cursor, *, now: bool = False) -> bool:
        """Publish the newest checkpoint when it is time (or `now`) and it is new. Raises `TreeDisagrees`."""
        if not now and time.monotonic() < self.due:
            return False
        self.due = time.monotonic() + EVERY_SECONDS
        newest = _newest(at)
        if newest is None:
            return False
        note = newest.note
        for witness in self.witnesses:
            note = self._witnessed(at, newest.checkpoint, note, witness)
        if self.folder is None:
            return False
        published = self._published()
        if published is not None and published.size == newest.checkpoint.size:
            return False
        self.check(at)
        for key in reversed(self.keys.trusted):
            self.folder.list_key(key.text)
        self.folder.write(newest.checkpoint.size, str(note))
        return True

    def _published(self) -> Checkpoint | None:
        if self.folder is None:
            return None
        note = self.folder.newest()
        try:
            return open_checkpoint(note, self.keys.trusted, self.keys.signing.name) if note else None
        except NoteError as error:
            raise TreeDisagrees(
                f"the newest checkpoint in {self.folder.path} does not open: {error}"
            ) from None

    def _witnessed(self, at: cursor, checkpoint: Checkpoint, note: Note, witness: Witness) -> Note:
        """The note with the witness's line; without it where the witness fails."""
        name = witness.key.name
        at.execute(
            "SELECT max(size), max(line) FILTER (WHERE size = %(size)s) FROM public.ledger_cosignature"
            " WHERE witness = %(name)s",
            {"size": checkpoint.size, "name": name},
        )
        row = at.fetchone()
        seen, line = row or (None, None)
        if line is not None:
            return Note.parse(str(note) + line)
        if time.monotonic() < self.paused.get(name, 0.0):
            return note
        try:
            signature = _ask(at, witness, checkpoint, note, seen or 0)
        except (WitnessFailed, KeyError) as error:
            logger.warning("no cosignature of the checkpoint of %s leaves: %s", checkpoint.size, error)
            self.paused[name] = time.monotonic() + PAUSE_SECONDS
            return note
        at.execute(
            "INSERT INTO public.ledger_cosignature (size, witness, line) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [checkpoint.size, name, signature.line],
        )
        return note.signed(signature)


@dataclass(frozen=True, slots=True)
class _Newest:
    checkpoint: Checkpoint
    note: Note


def _newest(at: cursor) -> _Newest | None:
    at.execute("SELECT note FROM public.ledger_checkpoint ORDER BY size DESC LIMIT 1")
    row = at.fetchone()
    if row is None:
        return None
    note = Note.parse(row[0])
    return _Newest(Checkpoint.parse(note.text), note)


def _must_continue(at: cursor, published: Checkpoint, newest: Checkpoint) -> None:
    try:
        proof = tree.consistency_proof(published.size, newest.size, stored_tree.reader(at))
    except KeyError as missing:
        raise TreeDisagrees(f"a node of the tree is missing: {missing}") from None
    if not tree.verify_consistency(published.size, published.root, newest.size, newest.root, proof):
        raise TreeDisagrees(
            f"the published checkpoint of {published.size} leaves is no beginning of this log: it was rewritten"
        )


def _ask(at: cursor, witness: Witness, checkpoint: Checkpoint, note: Note, seen: int) -> Signature:
    """Ask from the size that the witness is known to remember; once more where it remembers another."""
    for _ in range(2):
        proof = tree.consistency_proof(seen, checkpoint.size, stored_tree.reader(at))
        try:
            return witness.ask(Request(seen, proof, str(note)))
        except OtherSize as other:
            if other.size > checkpoint.size:
                raise WitnessFailed(
                    f"{witness.key.name} has seen {other.size} leaves of this log, more than there are"
                ) from None
            seen = other.size
    raise WitnessFailed(f"{witness.key.name} names another size each time")
