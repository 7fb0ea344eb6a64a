"""A second verifier, written from RFC 6962, RFC 8785 and the C2SP texts alone: it shares no line with the product.

Slow and simple on purpose: hashes by the recursive definition, everything in memory, signatures by `cryptography`. It
answers with the set of classes of what is wrong; both verifiers must agree whether a bundle holds.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def files_of(bundle: Path) -> dict[str, bytes]:
    if bundle.is_dir():
        return {path.name: path.read_bytes() for path in bundle.iterdir()}
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def subtree(first: int, end: int, known: dict[tuple[int, int], bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, over `[first, end)`; `known` has hashes of leaves and of given subtrees."""
    if (first, end) in known:
        return known[first, end]
    if end - first <= 1:
        raise KeyError(f"no hash for [{first}, {end})")
    k = 1
    while k * 2 < end - first:
        k *= 2
    return hashlib.sha256(
        b"\x01" + subtree(first, first + k, known) + subtree(first + k, end, known)
    ).digest()


def place(first: int, end: int, hashes: list[str]) -> dict[tuple[int, int], bytes]:
    """Where the hashes of a compact range stand: each the largest subtree aligned to its own size."""
    placed, at = {}, first
    for text in hashes:
        size = 1
        while at % (size * 2) == 0 and at + size * 2 <= end:
            size *= 2
        placed[at, at + size] = bytes.fromhex(text)
        at += size
    if at != end:
        raise ValueError("too few or too many hashes")
    return placed


def signed_by(note: str, vkeys: str) -> bool:
    """C2SP signed-note: one line of a known key verifies the text up to and with its last line break."""
    text, _, signatures = note.rpartition("\n\n")
    message, origin = (text + "\n").encode(), text.split("\n")[0]
    held = False
    for vkey in vkeys.split():
        name, _, rest = vkey.partition("+")
        data = base64.b64decode(rest.partition("+")[2])
        key_id = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
        if data[0] != 1 or name != origin:
            continue
        for line in signatures.splitlines():
            dash, signer, blob = line.split(" ")
            raw = base64.b64decode(blob)
            if (dash, signer, raw[:4]) != ("\u2014", name, key_id):
                continue
            try:
                Ed25519PublicKey.from_public_bytes(data[1:]).verify(raw[4:], message)
            except InvalidSignature:
                return False
            held = True
    return held


def judge(bundle: Path, vkeys: str | None = None) -> set[str]:
    """What is wrong: any of entries, index, root, signature, disclosure, manifest; empty when all holds."""
    files = files_of(bundle)
    wrong: set[str] = set()
    manifest = json.loads(files["manifest.json"])
    listed = {one["name"]: (one["bytes"], one["sha256"]) for one in manifest["files"]}
    there = {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()}
    if listed != {name: value for name, value in there.items() if name != "manifest.json"}:
        wrong.add("manifest")
    proof = json.loads(files["proof.json"])
    rows = list(csv.DictReader(io.StringIO(files["index.csv"].decode())))
    if [int(row["index"]) for row in rows] != list(range(proof["first"], proof["end"])):
        wrong.add("index")
    lines = files["entries.ndjson"].split(b"\n")[:-1] if files["entries.ndjson"] else []
    named = [row["leaf_hash"] for row in rows if row["included"] == "1"]
    if [leaf(line).hex() for line in lines] != named:
        wrong.add("entries")
    if manifest["rows"] != len(named):
        wrong.add("manifest")
    note = files["checkpoint.txt"].decode()
    body = note.split("\n")
    if not signed_by(note, vkeys if vkeys is not None else files["public-key.txt"].decode()):
        wrong.add("signature")
    size, root = int(body[1]), base64.b64decode(body[2])
    try:
        known = {
            **place(0, proof["first"], proof["left"]),
            **place(proof["end"], size, proof["right"]),
            **{
                (proof["first"] + i, proof["first"] + i + 1): bytes.fromhex(row["leaf_hash"])
                for i, row in enumerate(rows)
            },
        }
        if proof["tree_size"] != size or subtree(0, size, known) != root:
            wrong.add("root")
    except (KeyError, ValueError, RecursionError):
        wrong.add("root")
    if not all(_opens(json.loads(line), lines) for line in files["disclosures.ndjson"].splitlines()):
        wrong.add("disclosure")
    return wrong


def _opens(row: dict[str, Any], lines: list[bytes]) -> bool:
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if entry.get("id") != row["entry"]:
            continue
        found: Any = entry
        for part in row["pointer"][1:].split("/"):
            name = part.replace("~1", "/").replace("~0", "~")
            found = found[int(name)] if isinstance(found, list) else found[name]
        salt = base64.urlsafe_b64decode(row["salt"] + "==")
        digest = hashlib.sha256(salt + rfc8785.dumps(row["value"])).digest()
        return bool(found == {"c": base64.urlsafe_b64encode(digest).decode().rstrip("=")})
    return False
