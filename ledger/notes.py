"""Checkpoints as C2SP writes them: `tlog-checkpoint` in a `signed-note`.

A note is a text that ends in a line break, an empty line, and one line for each signature: an em dash, the name of the
key, and base64 of key id and signature. The text of a checkpoint is three lines: origin, size, base64 of the root. It
has no time of its own; only a witness's cosignature says when it was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ledger.note_keys import (
    COSIGNATURE,
    DASH,
    ED25519,
    ID_BYTES,
    NAME,
    BadSignature,
    NoteError,
    PublicKey,
    Signature,
    SigningKey,
    decode,
    encode,
    parse_keys,
)
from ledger.tree import HASH_BYTES

__all__ = [
    "COSIGNATURE",
    "ED25519",
    "BadSignature",
    "Checkpoint",
    "Note",
    "NoteError",
    "PublicKey",
    "Signature",
    "SigningKey",
    "open_checkpoint",
    "parse_keys",
]

# More than this no honest note carries; it bounds what a forged one can make a reader do.
MOST_SIGNATURES: Final = 64
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the signatures under it, not verified yet."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        return self.text + "\n" + "".join(signature.line for signature in self.signatures)

    @classmethod
    def parse(cls, note: str) -> Note:
        """Raises `NoteError`."""
        if any(ord(letter) < 0x20 and letter != "\n" for letter in note):
            raise NoteError("a note holds no control characters")
        text, separator, lines = note.rpartition("\n\n")
        if not separator or not lines.endswith("\n"):
            raise NoteError("a note is a text, an empty line, and signature lines that end in a line break")
        listed = lines[:-1].split("\n")
        if len(listed) > MOST_SIGNATURES:
            raise NoteError(f"a note has at most {MOST_SIGNATURES} signatures")
        return cls(text + "\n", tuple(_signature(line) for line in listed))

    def signed(self, *signatures: Signature) -> Note:
        """The note with more signatures under it."""
        return Note(self.text, self.signatures + signatures)

    def verified_by(self, keys: Iterable[PublicKey]) -> list[tuple[PublicKey, Signature]]:
        """Which of these keys signed. Raises `BadSignature` where a line of one of them does not verify."""
        found = []
        for key in keys:
            for signature in self.signatures:
                if signature.by(key):
                    if not signature.holds(key, self.text):
                        raise BadSignature(f"the signature of {key.name} ({key.id.hex()}) does not verify")
                    found.append((key, signature))
        return found


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says about itself: so many leaves, with this root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """From a note's text; lines after the third are extensions, which this log does not write. `NoteError`."""
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0]:
            raise NoteError("a checkpoint has three lines: origin, size and root")
        if not SIZE.fullmatch(lines[1]):
            raise NoteError(f"“{lines[1][:30]}” is no size of a log")
        if lines[-1] or not all(lines[3:-1]):
            raise NoteError("every line of a checkpoint has text and ends in a line break")
        root = decode(lines[2], "the root")
        if len(root) != HASH_BYTES:
            raise NoteError("the root is not 32 bytes long")
        return cls(lines[0], int(lines[1]), root)

    def sign(self, *keys: SigningKey) -> Note:
        return Note(self.text, tuple(key.sign(self.text) for key in keys))


def open_checkpoint(note: str | Note, keys: Sequence[PublicKey], origin: str | None = None) -> Checkpoint:
    """The checkpoint in a note that at least one of the log's `keys` signed.

    A key speaks only for the log whose origin is its name. Raises `BadSignature` where none did or one did wrongly,
    `NoteError` where it is no checkpoint or one of another origin.
    """
    opened = Note.parse(note) if isinstance(note, str) else note
    checkpoint = Checkpoint.parse(opened.text)
    if origin is not None and checkpoint.origin != origin:
        raise NoteError(f"the checkpoint is one of “{checkpoint.origin}”, not of “{origin}”")
    own = [key for key in keys if key.kind == ED25519 and key.name == checkpoint.origin]
    if not opened.verified_by(own):
        raise BadSignature("none of the trusted keys signed this checkpoint")
    return checkpoint


def _signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if dash != DASH or not NAME.fullmatch(name):
        raise NoteError("a signature line is an em dash, a name and base64, with one space between them")
    data = decode(encoded, f"the signature of {name}")
    if len(data) <= ID_BYTES:
        raise NoteError(f"the signature of {name} is too short")
    return Signature(name, data[:ID_BYTES], data[ID_BYTES:])
