"""A witness: somebody else who remembers how large the log was, and signs only what continues it.

`python -m ledger.witness --key FILE --log VERIFIER_KEY --state FILE` reads one request of C2SP `tlog-witness` from
stdin (`old SIZE`, the consistency proof, an empty line, the signed checkpoint) and prints its cosignature. It runs
where the operator of the log has no say, needs neither Django nor a database, and keeps one small file.

Exit codes: 0 signed, 1 refused, 2 cannot run, 3 another size is remembered (which is printed).
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ledger import tree
from ledger.note_keys import COSIGNATURE, NoteError, PublicKey, Signature, SigningKey
from ledger.notes import Checkpoint, Note, open_checkpoint

SIGNED: Final = 0
REFUSED: Final = 1
CANNOT_RUN: Final = 2
OTHER_SIZE: Final = 3
# A proof has at most one hash for each bit of the size, twice.
MOST_HASHES: Final = 128


class Refused(Exception):
    """The witness does not sign this."""


class OtherSize(Exception):
    """The request begins at another size than the one remembered."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the size remembered is {size}")
        self.size = size


@dataclass(frozen=True, slots=True)
class Request:
    """That the checkpoint in `note` continues the tree of `old` leaves."""

    old: int
    proof: Sequence[bytes]
    note: str

    def __str__(self) -> str:
        hashes = "".join(b64encode(hash).decode() + "\n" for hash in self.proof)
        return f"old {self.old}\n{hashes}\n{self.note}"

    @classmethod
    def parse(cls, text: str) -> Request:
        """Raises `Refused`."""
        head, _, note = text.partition("\n\n")
        first, *hashes = head.split("\n")
        word, _, old = first.partition(" ")
        if word != "old" or not (old.isascii() and old.isdigit()) or len(hashes) > MOST_HASHES:
            raise Refused("the request does not begin with `old SIZE` and the hashes of a proof")
        try:
            return cls(int(old), [b64decode(hash, validate=True) for hash in hashes], note)
        except ValueError:
            raise Refused("a hash of the proof is not written as base64") from None


class Witness:
    """Remembers one log in `state`, a file of its own."""

    def __init__(self, key: SigningKey, log: Sequence[PublicKey], state: Path) -> None:
        if key.kind != COSIGNATURE:
            raise NoteError("a witness signs with a key of the kind 0x04")
        self.key = key
        self.log = log
        self.state = state

    def add_checkpoint(self, request: Request, now: int | None = None) -> Signature:
        """The cosignature, once the checkpoint is remembered. Raises `Refused` or `OtherSize`."""
        note = Note.parse(request.note)
        try:
            checkpoint = open_checkpoint(note, self.log)
        except NoteError as error:
            raise Refused(str(error)) from None
        with self._remembered() as remembered:
            size, root = remembered
            if request.old > checkpoint.size:
                raise Refused("the checkpoint is smaller than the size that the request begins at")
            if request.old != size:
                raise OtherSize(size)
            if not tree.verify_consistency(size, root, checkpoint.size, checkpoint.root, request.proof):
                raise Refused(
                    f"the checkpoint of {checkpoint.size} leaves does not continue the one of {size}"
                )
            self._remember(checkpoint)
        return self.key.sign(note.text, int(time.time()) if now is None else now)

    @contextmanager
    def _remembered(self) -> Iterator[tuple[int, bytes]]:
        """Size and root of the last checkpoint signed; two requests at once come one after the other."""
        with self.state.with_name(self.state.name + ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                kept = json.loads(self.state.read_text())
            except FileNotFoundError:
                yield 0, tree.EMPTY_ROOT
            else:
                yield int(kept["size"]), bytes.fromhex(kept["root"])

    def _remember(self, checkpoint: Checkpoint) -> None:
        """On the disk before the signature is given away."""
        fresh = self.state.with_name(self.state.name + ".new")
        with fresh.open("w") as stream:
            json.dump(
                {"origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root.hex()}, stream
            )
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(self.state)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m ledger.witness", description="Co-sign a checkpoint of the log."
    )
    parser.add_argument("--key", type=Path, required=True, help="file with the witness's own signing key")
    parser.add_argument(
        "--log", action="append", required=True, help="public key of the log; may be given again"
    )
    parser.add_argument("--state", type=Path, required=True, help="file that remembers the last checkpoint")
    options = parser.parse_args(arguments)
    try:
        key = SigningKey.parse(options.key.read_text(encoding="ascii"))
        witness = Witness(key, [PublicKey.parse(text) for text in options.log], options.state)
    except (OSError, NoteError) as error:
        print(f"error: {error}", file=sys.stderr)
        return CANNOT_RUN
    try:
        print(witness.add_checkpoint(Request.parse(sys.stdin.read())).line, end="")
    except OtherSize as other:
        print(other.size)
        return OTHER_SIZE
    except (Refused, NoteError) as error:
        print(f"refused: {error}", file=sys.stderr)
        return REFUSED
    except (OSError, ValueError, KeyError) as error:
        print(f"error: what is remembered in {options.state} cannot be used: {error}", file=sys.stderr)
        return CANNOT_RUN
    return SIGNED


if __name__ == "__main__":
    sys.exit(main())
