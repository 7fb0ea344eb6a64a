"""All files of a bundle in their order, the manifest last. The same plan gives the same bytes in every data file."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from ledger.actors import Actor
from ledger.canonical import utc_text
from ledger.exports import files, tables, texts
from ledger.exports.files import Values
from ledger.exports.output import FolderOutput, Output, ZipOutput
from ledger.exports.plan import Plan
from ledger.verifier import verify

FORMAT = verify.FORMAT
TABLES = {
    "csv": ("decisions.csv", tables.decisions_csv),
    "parquet": ("decisions.parquet", tables.decisions_parquet),
    "xlsx": ("decisions.xlsx", tables.decisions_xlsx),
}
Told = Callable[[float, int], None]
"""Is told the share that is done and the rows of the run that are; may raise to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who wants it, why, and in which form."""

    exporter: Actor
    purpose: str
    values: Values = Values.OPEN
    formats: Sequence[str] = ("csv",)
    since_size: int = 0


class _Steps:
    """Turns what each file reports into one share of the whole."""

    def __init__(self, plan: Plan, passes: int, told: Told) -> None:
        self._span, self._whole = plan.end - plan.first, max((plan.end - plan.first) * passes, 1)
        self._done, self._told = 0, told

    def __call__(self, rows: int) -> None:
        self._done += rows
        self._told(self._done / self._whole, min(self._done, self._span))


def person_secret() -> bytes:
    """The key of person keys; another one than any other use of the product's secret."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"totality export person key", "sha256")


def file_name(plan: Plan, at: datetime) -> str:
    """`decision-log-<from>-<to>.zip`; an open end is named by the day of the export."""
    since = plan.scope.since.isoformat() if plan.scope.since else "start"
    until = plan.scope.until.isoformat() if plan.scope.until else f"{at:%Y-%m-%dT%H%M%SZ}"
    return f"decision-log-{since}-{until}.zip"


def _tell_nobody(share: float, rows: int) -> None:
    """Nobody waits for progress."""


def write(plan: Plan, request: Request, path: Path, at: datetime, told: Told = _tell_nobody) -> None:
    """Write the bundle to `path`: a ZIP file where it ends in `.zip`, else a folder.

    Raises `CannotExport` or `OSError`; what was written so far is the caller's to remove.
    """
    output: Output = ZipOutput(path, at) if path.suffix == ".zip" else FolderOutput(path)
    try:
        _write(plan, request, output, at, told)
    finally:
        output.close()


def _write(plan: Plan, request: Request, output: Output, at: datetime, told: Told) -> None:
    wanted = [TABLES[format] for format in TABLES if format in request.formats]
    steps = _Steps(plan, 3 + len(wanted), told)
    with output.member("entries.ndjson") as member:
        files.entries(plan, member, steps)
    with output.member("disclosures.ndjson") as member:
        files.disclosures(plan, request.values, member, steps)
    with output.member("index.csv") as member:
        files.index(plan, member, steps)
    secret = person_secret()
    for file, writer in wanted:
        with output.member(file) as member:
            writer(plan, request.values, secret, member, steps)
    verifier = Path(verify.__file__).read_bytes()
    small = {
        "checkpoint.txt": plan.signed.note.encode(),
        "proof.json": files.proof(plan),
        **({"consistency.json": files.consistency(plan, request.since_size)} if request.since_size else {}),
        "dictionary.csv": tables.dictionary(),
        "public-key.txt": files.public_keys(),
        "verify.py": verifier,
        "README.txt": texts.readme(
            words=plan.scope.in_words(),
            purpose=request.purpose,
            exporter=f"{request.exporter.name}, {request.exporter.role}, {request.exporter.office}",
            created_at=utc_text(at),
            name=file_name(plan, at),
            verifier=hashlib.sha256(verifier).hexdigest(),
            values=request.values,
        ),
    }
    for file, content in small.items():
        with output.member(file) as member:
            member.write(content)
    listed = manifest(plan, request, output, at)
    with output.member("manifest.json") as member:
        member.write(listed)


def manifest(plan: Plan, request: Request, output: Output, at: datetime) -> bytes:
    sample = plan.scope.sample
    found = {
        "format": FORMAT,
        "schema_version": texts.SCHEMA_VERSION,
        "created_at": utc_text(at),
        "exporter": asdict(request.exporter),
        "purpose": request.purpose,
        "filter": {"data": plan.scope.as_data(), "words": plan.scope.in_words()},
        "sample": asdict(sample) | {"decisions": len(plan.decisions or ())} if sample else None,
        "range": {"first": plan.first, "end": plan.end, "tree_size": plan.signed.size},
        "rows": plan.rows,
        "counting_rules": texts.COUNTING_RULES,
        "masking": texts.masking(request.values),
        "values": request.values.value,
        "files": [{**asdict(one), "media_type": one.media_type} for one in output.files],
    }
    return (json.dumps(found, indent=1, ensure_ascii=False) + "\n").encode()
