"""A log with whole decisions in it, sealed, and bundles of it checked by both verifiers."""

from __future__ import annotations

import csv
import io
import time
import uuid
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from ledger.actors import Actor
from ledger.exports import bundle, plan
from ledger.exports.bundle import Request
from ledger.exports.files import Values
from ledger.exports.scope import Scope
from ledger.note_keys import SigningKey
from ledger.proofs import place_of
from ledger.sealing.keys import Keyring
from ledger.verifier import verify
from tests.ledger.sealing import seal
from tests.ledger.second_verifier import files_of, judge

AUDITOR = Actor(id="018f2c3e-7b1a-7c3d-9e2f-1a2b3c4d5e70", name="Ida Revis", role="auditor", office="")
AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
__all__ = ["AT", "AUDITOR", "Keyring", "SigningKey", "exported", "files_of", "must_hold", "seal", "table"]


def seal_upto(entry: uuid.UUID) -> None:
    """Seal until this entry has its place: the watermark waits for open transactions of tests beside this one."""
    for _ in range(600):
        seal()
        if place_of(entry) is not None:
            return
        time.sleep(0.1)
    raise AssertionError(
        f"The entry {entry} was not sealed within a minute; no transaction may last that long."
    )


def exported(path: Path, scope: Scope | None = None, **wanted: object) -> Path:
    """A bundle of the log as it is sealed now."""
    values = {"exporter": AUDITOR, "purpose": "A test of the export", **wanted}
    bundle.write(plan.make(scope or Scope()), Request(**values), path, AT)  # type: ignore[arg-type]
    return path


def must_hold(path: Path) -> list[str]:
    """Both verifiers say that it holds; the report of ours."""
    report = list(verify.verify(str(path)))
    assert all(line.holds for line in report), report
    assert judge(path) == set()
    return [line.text for line in report]


def table(path: Path, name: str) -> list[dict[str, str]]:
    """A CSV file of the bundle."""
    text = files_of(path)[name].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


OPEN, NONE, ALL = Values.OPEN, Values.NONE, Values.ALL
