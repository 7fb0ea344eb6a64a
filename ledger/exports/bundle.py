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
from ledger.exports import files, frozen, frozen_files, tables, texts
from ledger.exports.files import Values
from ledger.exports.frozen_models import FrozenMonths, Reason
from ledger.exports.output import FolderOutput, Member, Output, ZipOutput
from ledger.exports.plan import Plan
from ledger.verifier import verify

FORMAT = verify.FORMAT
TableWriter = Callable[[Plan, Values, bytes, Member, files.Progress], None]
TABLES: dict[str, tuple[str, TableWriter]] = {
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
        self.beat()

    def beat(self) -> None:
        """Nothing more is done, and the worker lives."""
        self._told(min(self._done / self._whole, 1.0), min(self._done, self._span))


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


def write(plan: Plan, request: Request, path: Path, at: datetime, told: Told = _tell_nobody) -> Plan:
    """Write the bundle to `path`: a ZIP file where it ends in `.zip`, else a folder; returns the plan as carried out.

    Data files of closed months are those that were frozen. Raises `CannotExport` or `OSError`; what was written so far
    is the caller's to remove.
    """
    output: Output = ZipOutput(path, at) if path.suffix == ".zip" else FolderOutput(path)
    try:
        return _write(plan, request, output, at, told)
    finally:
        output.close()


def _data_files(plan: Plan, request: Request, steps: _Steps) -> list[tuple[str, frozen.Writer]]:
    """Every file that is made from the log, in the order of the bundle, and what writes it."""
    secret = person_secret()

    def entries(member: Member) -> None:
        files.entries(plan, member, steps)

    def disclosures(member: Member) -> None:
        files.disclosures(plan, request.values, member, steps)

    def index(member: Member) -> None:
        files.index(plan, member, steps)

    def dictionary(member: Member) -> None:
        member.write(tables.dictionary())

    def table(writer: TableWriter) -> frozen.Writer:
        return lambda member: writer(plan, request.values, secret, member, steps)

    wanted = [TABLES[format] for format in TABLES if format in request.formats]
    return [
        ("entries.ndjson", entries),
        ("disclosures.ndjson", disclosures),
        ("index.csv", index),
        *((name, table(writer)) for name, writer in wanted),
        ("dictionary.csv", dictionary),
    ]


def _write(plan: Plan, request: Request, output: Output, at: datetime, told: Told) -> Plan:
    steps = _Steps(plan, 3 + len(request.formats), told)
    writers = _data_files(plan, request, steps)
    months = None
    if frozen.may_freeze(plan.scope, request.values, at):
        months = frozen.of(plan, request.values, request.formats, writers, steps.beat)
        plan = frozen.planned(plan, months)
    for name, writer in writers:
        with output.member(name) as member:
            if months:
                frozen_files.copy(months, name, member, steps.beat)
            else:
                writer(member)
    verifier = Path(verify.__file__).read_bytes()
    small = {
        "checkpoint.txt": plan.signed.note.encode(),
        "proof.json": files.proof(plan),
        **({"consistency.json": files.consistency(plan, request.since_size)} if request.since_size else {}),
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
    listed = manifest(plan, request, output, at, months)
    with output.member("manifest.json") as member:
        member.write(listed)
    return plan


def manifest(
    plan: Plan, request: Request, output: Output, at: datetime, months: FrozenMonths | None = None
) -> bytes:
    sample = plan.scope.sample
    drawn = months.decisions if months else len(plan.decisions or ())
    found = {
        "format": FORMAT,
        "schema_version": texts.SCHEMA_VERSION,
        "created_at": utc_text(at),
        "exporter": asdict(request.exporter),
        "purpose": request.purpose,
        "filter": {"data": plan.scope.as_data(), "words": plan.scope.in_words()},
        "sample": asdict(sample) | {"decisions": drawn} if sample else None,
        "range": {"first": plan.first, "end": plan.end, "tree_size": plan.signed.size},
        "rows": plan.rows,
        "counting_rules": texts.COUNTING_RULES,
        "masking": texts.masking(request.values),
        "values": request.values.value,
        "frozen": months and _frozen(months),
        "files": [{**asdict(one), "media_type": one.media_type} for one in output.files],
    }
    return (json.dumps(found, indent=1, ensure_ascii=False) + "\n").encode()


def _frozen(months: FrozenMonths) -> dict[str, object]:
    """Which revision of closed months the data files are, and the entry of the log that holds their digests."""
    return {
        "at": utc_text(months.frozen_at),
        "revision": months.revision,
        "because": Reason(months.reason).label,
        "entry": str(months.entry_id),
    }
