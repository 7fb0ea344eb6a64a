"""An export of any size as a folder and a ZIP file, made by hand so that no database is needed: invented content.

About 1.6 kB a line; every tenth entry signs a decision and has two disclosed values, as in a log of real work.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
import zipfile
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.canonical import canonical
from ledger.commitments import commitment
from ledger.verifier import verify

ORIGIN = "bench.example/log"
DETAIL = {"presence": "present", "weight": "material", "why": "Invented: keeps the only well of the town."}
RATIONALE = {"pins": [], "text": "invented words " * 20}


def write(folder: Path, entries: int) -> Path:
    """The bundle as a folder; returns the path of the same as a ZIP file."""
    folder.mkdir(parents=True)
    tree = verify.Tree()
    with (
        (folder / "entries.ndjson").open("wb") as log,
        (folder / "disclosures.ndjson").open("wb") as values,
        (folder / "index.csv").open("wb") as index,
    ):
        index.write(b"index,leaf_hash,included\n")
        for number in range(entries):
            line, opened = _entry(number)
            leaf = hashlib.sha256(b"\x00" + line).digest()
            tree.add(leaf)
            log.write(line + b"\n")
            index.write(b"%d,%s,1\n" % (number, leaf.hex().encode()))
            values.writelines(canonical(one) + b"\n" for one in opened)
    key = Ed25519PrivateKey.generate()
    public = b"\x01" + key.public_key().public_bytes_raw()
    id = hashlib.sha256(ORIGIN.encode() + b"\n" + public).digest()[:4]
    body = f"{ORIGIN}\n{entries}\n{base64.b64encode(tree.root()).decode()}\n"
    signature = base64.b64encode(id + key.sign(body.encode())).decode()
    proof = {"first": 0, "end": entries, "tree_size": entries, "left": [], "right": []}
    _small(folder, "checkpoint.txt", f"{body}\n\u2014 {ORIGIN} {signature}\n")
    _small(folder, "public-key.txt", f"{ORIGIN}+{id.hex()}+{base64.b64encode(public).decode()}\n")
    _small(folder, "proof.json", json.dumps(proof))
    listed = [_listed(one) for one in sorted(folder.iterdir())]
    manifest = {"format": verify.FORMAT, "purpose": "a benchmark", "filter": {"data": {}}, "rows": entries}
    _small(folder, "manifest.json", json.dumps({**manifest, "files": listed}))
    packed = folder.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in sorted(folder.iterdir(), key=lambda path: path.name == "manifest.json"):
            archive.write(one, one.name)
    return packed


def _entry(number: int) -> tuple[bytes, list[dict[str, Any]]]:
    id = str(uuid.UUID(int=(number << 80) | (7 << 76) | (2 << 62) | number))
    signing = number % 10 == 0
    data: dict[str, Any] = {"filler": hashlib.md5(str(number).encode()).hexdigest() * 38}
    opened = []
    if signing:
        detail, rationale = (
            _opening(id, pointer, value)
            for pointer, value in (
                ("/data/document/factors/0/detail", DETAIL),
                ("/data/document/rationale", RATIONALE),
            )
        )
        opened = [detail[1], rationale[1]]
        factor = {"key": "age", "side": "mitigating", "detail": {"c": detail[0]}}
        data["document"] = {"factors": [factor], "outcome": "decline", "rationale": {"c": rationale[0]}}
    entry = {
        "actor": {"id": "officer", "name": "Jo Field", "office": "north", "role": "officer"},
        "at": "2026-11-24T12:00:00.000000Z",
        "data": data,
        "edition": {"key": "2021-09-30"},
        "event": "assessment.decision.signed" if signing else "assessment.step.saved",
        "id": id,
        "policy_date": "2024-12-10",
        "request": "",
        "subject": {"case": id, "decision": id} if signing else {"case": id},
        "v": 1,
    }
    return canonical(entry), opened


def _opening(entry: str, pointer: str, value: object) -> tuple[str, dict[str, Any]]:
    salt = hashlib.sha256((entry + pointer).encode()).digest()
    text = base64.urlsafe_b64encode(salt).rstrip(b"=").decode()
    return commitment(salt, canonical(value)), {
        "entry": entry,
        "pointer": pointer,
        "salt": text,
        "value": value,
    }


def _small(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def _listed(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"name": path.name, "bytes": path.stat().st_size, "sha256": digest}
