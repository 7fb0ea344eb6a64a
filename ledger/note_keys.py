"""Keys and signatures of signed notes, as C2SP writes them (`signed-note`, and `tlog-cosignature` v1 for witnesses).

A verifier key is one line, `<name>+<hash>+<base64>`; a signing key the same after `PRIVATE+KEY+`. Names and ids only
find a key: nothing counts as signed unless a key that the reader trusts verifies it.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519: Final = 0x01
COSIGNATURE: Final = 0x04
DASH: Final = "\u2014"
PRIVATE: Final = "PRIVATE+KEY+"
KEY_BYTES: Final = 32
ID_BYTES: Final = 4
SIGNATURE_BYTES: Final = 64
TIME_BYTES: Final = 8
NAME = re.compile(r"[^\s+]+")


class NoteError(ValueError):
    """The text is no signed note, no checkpoint or no key; the message says what is wrong."""


class BadSignature(NoteError):
    """A trusted key did not sign this: its line is missing or does not verify."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that verifies: of the log itself (`kind` 0x01) or of a witness (0x04)."""

    name: str
    key: bytes
    kind: int = ED25519

    @property
    def id(self) -> bytes:
        """The first four bytes of SHA-256(name, line break, kind, key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()[:ID_BYTES]

    @property
    def text(self) -> str:
        """`<name>+<hash>+<base64>`, one line as C2SP writes it."""
        return f"{self.name}+{self.id.hex()}+{encode(bytes([self.kind]) + self.key)}"

    @property
    def fingerprint(self) -> str:
        """What people compare: SHA-256 of the key line, in groups of four digits."""
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """Raises `NoteError`."""
        name, hash, data = _key_parts(text.strip())
        if data[0] not in (ED25519, COSIGNATURE):
            raise NoteError(f"the key of {name} is of the kind {data[0]:#04x}; known are 0x01 and 0x04")
        key = cls(name, data[1:], data[0])
        if key.id.hex() != hash:
            raise NoteError(f"the key of {name} does not fit its own hash: a character was lost or changed")
        return key

    def verifies(self, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs. Its text form never shows the secret."""

    name: str
    seed: bytes
    kind: int = ED25519

    def __repr__(self) -> str:
        return f"SigningKey({self.name})"

    @classmethod
    def generate(cls, name: str, kind: int = ED25519) -> SigningKey:
        return cls(_name(name), Ed25519PrivateKey.generate().private_bytes_raw(), kind)

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """From `PRIVATE+KEY+<name>+<hash>+<base64>`. Raises `NoteError`, which never quotes the text."""
        text = text.strip()
        if not text.startswith(PRIVATE):
            raise NoteError(f"a signing key begins with {PRIVATE}")
        name, hash, data = _key_parts(text.removeprefix(PRIVATE))
        key = cls(name, data[1:], data[0])
        if data[0] not in (ED25519, COSIGNATURE) or key.public.id.hex() != hash:
            raise NoteError(f"the signing key of {name} does not fit its own hash")
        return key

    @property
    def text(self) -> str:
        """The secret itself, for the file that keeps it."""
        return f"{PRIVATE}{self.name}+{self.public.id.hex()}+{encode(bytes([self.kind]) + self.seed)}"

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.name, self._private.public_key().public_bytes_raw(), self.kind)

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, text: str, time: int | None = None) -> Signature:
        """The signature of a note's text; that of a witness says the `time` in Unix seconds, which it must have."""
        if self.kind == ED25519:
            return Signature(self.name, self.public.id, self._private.sign(text.encode()))
        if time is None:
            raise NoteError("a witness signs with the time at which it saw the checkpoint")
        stamp = time.to_bytes(TIME_BYTES, "big")
        return Signature(self.name, self.public.id, stamp + self._private.sign(_cosigned(text, time)))


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name and id, and what follows the id."""

    name: str
    key_id: bytes
    data: bytes

    @property
    def line(self) -> str:
        return f"{DASH} {self.name} {encode(self.key_id + self.data)}\n"

    @property
    def time(self) -> int:
        """Unix seconds of a cosignature."""
        return int.from_bytes(self.data[:TIME_BYTES], "big")

    def by(self, key: PublicKey) -> bool:
        """Whether the line claims to be this key's."""
        return (self.name, self.key_id) == (key.name, key.id)

    def holds(self, key: PublicKey, text: str) -> bool:
        """Whether this key really signed the text."""
        if key.kind == ED25519:
            return len(self.data) == SIGNATURE_BYTES and key.verifies(self.data, text.encode())
        if len(self.data) != TIME_BYTES + SIGNATURE_BYTES or self.time >= 1 << 63:
            return False
        return key.verifies(self.data[TIME_BYTES:], _cosigned(text, self.time))


def parse_keys(text: str) -> list[PublicKey]:
    """The keys of a file with one on each line; empty lines and those that begin with # are left out. `NoteError`."""
    lines = (line.strip() for line in text.splitlines())
    return [PublicKey.parse(line) for line in lines if line and not line.startswith("#")]


def _cosigned(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _key_parts(text: str) -> tuple[str, str, bytes]:
    name, _, rest = text.partition("+")
    hash, _, encoded = rest.partition("+")
    if not NAME.fullmatch(name) or not re.fullmatch(r"[0-9a-f]{8}", hash):
        raise NoteError("a key is written <name>+<hash>+<base64>")
    data = decode(encoded, f"the key of {name}")
    if len(data) != 1 + KEY_BYTES:
        raise NoteError(f"the key of {name} is not {KEY_BYTES} bytes long")
    return name, hash, data


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise NoteError(f"“{text}” is no name for a key: it must be without spaces and plus signs")
    return text


def encode(data: bytes) -> str:
    return b64encode(data).decode()


def decode(text: str, what: str) -> bytes:
    """Strict: what is not the one way to write these bytes is refused."""
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        data = b""
    if not data or encode(data) != text:
        raise NoteError(f"{what} is not written as base64")
    return data
