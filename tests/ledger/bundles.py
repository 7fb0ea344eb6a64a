"""Small bundles made by hand, with a log of their own, for tests that break them."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.ledger.second_verifier import leaf, subtree

ORIGIN = "totality.example/log"


def vkey(key: Ed25519PrivateKey, name: str = ORIGIN) -> str:
    data = b"\x01" + key.public_key().public_bytes_raw()
    id = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
    return f"{name}+{id.hex()}+{base64.b64encode(data).decode()}\n"


def note(key: Ed25519PrivateKey, size: int, root: bytes, name: str = ORIGIN) -> str:
    body = f"{name}\n{size}\n{base64.b64encode(root).decode()}\n"
    id = bytes.fromhex(vkey(key, name).split("+")[1])
    return f"{body}\n\u2014 {name} {base64.b64encode(id + key.sign(body.encode())).decode()}\n"


@dataclass
class Made:
    """A log of invented entries, and the bundle of a range of it as files."""

    size: int = 23
    first: int = 5
    end: int = 19
    left_out: tuple[int, ...] = (9,)
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    entries: list[bytes] = field(default_factory=list)
    disclosures: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number in range(self.size):
            salt = os.urandom(32)
            value: Any = {"text": f"invented \u00e9\U0001f600 {number}", "n": number}
            digest = hashlib.sha256(salt + rfc8785.dumps(value)).digest()
            entry: Any = {
                "id": f"entry-{number:04}",
                "data": {"rows": [{"a/b": {"c": _text(digest)}}], "filler": "x" * (number * 7)},
            }
            self.entries.append(rfc8785.dumps(entry))
            opening = {
                "entry": entry["id"],
                "pointer": "/data/rows/0/a~1b",
                "salt": _text(salt),
                "value": value,
            }
            if self.first <= number < self.end and number not in self.left_out and number % 3:
                self.disclosures.append(opening)
        self.lay_out()

    @property
    def kept(self) -> list[int]:
        return [one for one in range(self.first, self.end) if one not in self.left_out]

    def lay_out(self) -> None:
        leaves = [leaf(entry) for entry in self.entries]
        self.known = {(i, i + 1): hash for i, hash in enumerate(leaves)}
        rows = [f"{i},{leaves[i].hex()},{int(i in self.kept)}\n" for i in range(self.first, self.end)]
        self.files = {
            "entries.ndjson": b"".join(self.entries[i] + b"\n" for i in self.kept),
            "disclosures.ndjson": b"".join(rfc8785.dumps(row) + b"\n" for row in self.disclosures),
            "index.csv": ("index,leaf_hash,included\n" + "".join(rows)).encode(),
            "checkpoint.txt": note(self.key, self.size, self.root(self.size)).encode(),
            "proof.json": json.dumps(
                {
                    "first": self.first,
                    "end": self.end,
                    "tree_size": self.size,
                    "left": self.range(0, self.first),
                    "right": self.range(self.end, self.size),
                }
            ).encode(),
            "public-key.txt": vkey(self.key).encode(),
        }

    def root(self, size: int) -> bytes:
        return subtree(0, size, self.known)

    def range(self, first: int, end: int) -> list[str]:
        hashes = []
        while first < end:
            size = 1
            while first % (size * 2) == 0 and first + size * 2 <= end:
                size *= 2
            hashes.append(subtree(first, first + size, self.known).hex())
            first += size
        return hashes

    def write(self, folder: Path, *, manifest: bool = True) -> Path:
        """Write the files, with a manifest that fits them unless `manifest` is False."""
        folder.mkdir(exist_ok=True)
        if manifest:
            self.files["manifest.json"] = json.dumps(self.manifest()).encode()
        for name, data in self.files.items():
            (folder / name).write_bytes(data)
        return folder

    def manifest(self) -> dict[str, Any]:
        included = self.files["index.csv"].count(b",1\n")
        return {
            "format": "decision-log-export/1",
            "rows": included,
            "purpose": "a test",
            "masking": "none",
            "filter": {"data": {"x": "y"}, "words": "some"},
            "files": [
                {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                for name, data in self.files.items()
                if name != "manifest.json"
            ],
        }


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
