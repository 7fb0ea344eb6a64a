"""An export of any size as a folder and a ZIP file, made by hand so that no database is needed: invented content.

Of one of two kinds. `long_lines` has about 1.6 kB a line, the rows for which the limit was set, and every tenth entry
has two disclosed values. `working_log` has what the demonstration writes: 0.7 kB a line and two disclosed values to
each entry, most of them in the few entries that sign a decision.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.canonical import canonical
from ledger.commitments import commitment
from ledger.verifier import verify

ORIGIN = "bench.example/log"
DETAIL = {"presence": "present", "weight": "material", "why": "Invented: keeps the only well of the town."}
RATIONALE = {"pins": [], "text": "invented words " * 20}
NOT_LOOKED = {
    "pins": [],
    "presence": "did_not_look",
    "presence_label": "Did not look",
    "record": "",
    "subtypes": [],
}
Values = dict[str, Any]
Shape = tuple[str, Values, Values]


def write(folder: Path, entries: int, shape: Callable[[int], Shape] | None = None) -> Path:
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
            line, opened = _entry(number, (shape or long_lines)(number))
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


def long_lines(number: int) -> Shape:
    """The event, what stands in its data in clear, and the values that are disclosed, by where they stand."""
    data: Values = {"filler": hashlib.md5(str(number).encode()).hexdigest() * 38}
    if number % 10:
        return "assessment.step.saved", data, {}
    document = {"factors": [{"key": "age", "side": "mitigating", "detail": None}], "outcome": "decline"}
    opened = {"/data/document/factors/0/detail": DETAIL, "/data/document/rationale": RATIONALE}
    return "assessment.decision.signed", {**data, "document": document}, opened


def working_log(number: int) -> Shape:
    """The same as a log of work has it, by the shares that the demonstration shows."""
    if number % 39 == 0:
        factors = [{"key": f"factor_{one}", "side": "mitigating", "detail": None} for one in range(24)]
        texts = dict.fromkeys(("rationale", "opposite_case", "facts_held", "consequences"))
        findings = [{"key": f"finding_{one}", "clause": "II.B", "detail": None} for one in range(9)]
        document = {
            "factors": factors,
            "findings": findings,
            "outcome": "decline",
            "filler": "x" * 600,
            **texts,
        }
        opened: Values = {f"/data/document/factors/{one}/detail": NOT_LOOKED for one in range(24)}
        opened |= {f"/data/document/findings/{one}/detail": {"pins": []} for one in range(9)}
        opened |= {f"/data/document/{name}": {**RATIONALE, "number": number} for name in texts}
        return "assessment.decision.signed", {"document": document}, opened
    if number % 17 == 1:
        person = ("family_name", "given_name", "birth", "a_number")
        return "cases.person.recorded", {}, {f"/data/{name}": f"{name} {number}" for name in person}
    data = {"action": "recorded", "part": "evidence", "version": 1}
    text = {"label": "Invented record", "text": f"{number} " + "invented words " * 10}
    return "cases.record.changed", data, {"/data/content": text} if number % 4 else {}


def _entry(number: int, shape: Shape) -> tuple[bytes, list[Values]]:
    id = str(uuid.UUID(int=(number << 80) | (7 << 76) | (2 << 62) | number))
    event, data, values = shape
    opened = []
    for pointer, value in values.items():
        committed, opening = _opening(id, pointer, value)
        _put(data, pointer.split("/")[2:], {"c": committed})
        opened.append(opening)
    entry = {
        "actor": {"id": "officer", "name": "Jo Field", "office": "north", "role": "officer"},
        "at": "2026-11-24T12:00:00.000000Z",
        "data": data,
        "edition": {"key": "2021-09-30"},
        "event": event,
        "id": id,
        "policy_date": "2024-12-10",
        "request": "",
        "subject": {"case": id, "decision": id, "person": id},
        "v": 1,
    }
    return canonical(entry), opened


def _put(data: Any, names: list[str], value: Values) -> None:
    for name in names[:-1]:
        data = data[int(name)] if isinstance(data, list) else data[name]
    data[names[-1]] = value


def _opening(entry: str, pointer: str, value: object) -> tuple[str, Values]:
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
