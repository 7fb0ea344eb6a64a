"""Frozen months: every row against the entry that told of it, and every such entry against its row.

The entry is proved by the tree; the row is what later exports trust. Whether the files on the disk still have these
digests is looked at when an export copies them.
"""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.db import connection

from ledger import checks
from ledger.exports.frozen_models import FrozenMonths
from ledger.findings import Finding, FindingKind
from ledger.verifying.rows import Tell

TOLD: Final = "ledger.months.frozen"


def check_frozen(tell: Tell) -> int:
    """Look at all of them; the number of rows."""
    # Rows first: a freeze that is committed meanwhile then has its entry, and is not missed as a row.
    rows = {row.pk: row for row in FrozenMonths.objects.all()}
    told = _told()
    for id, row in rows.items():
        where = f"frozen months {id}"
        if id not in told:
            tell(Finding(FindingKind.INSERTED, where, "no entry of the log tells that they were frozen"))
            continue
        entry, data = told[id]
        if row.entry_id != entry:
            words = f"they name the entry {row.entry_id}, but the entry {entry} tells of them"
            tell(Finding(FindingKind.ALTERED, where, words))
        for name in sorted(_differing(row, data)):
            tell(Finding(FindingKind.ALTERED, where, f"{name} is not what the entry {entry} tells"))
    for id in told.keys() - rows.keys():
        if not FrozenMonths.objects.filter(pk=id).exists():
            words = f"the entry {told[id][0]} tells of them, and they are gone"
            tell(Finding(FindingKind.MISSING, f"frozen months {id}", words))
    return len(rows)


def _told() -> dict[uuid.UUID, tuple[uuid.UUID, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, bytes FROM public.ledger_entry WHERE event = %s ORDER BY id", [TOLD])
        found = cursor.fetchall()
    told: dict[uuid.UUID, tuple[uuid.UUID, dict[str, Any]]] = {}
    for id, data in found:
        # Bytes that are no entry any more are a finding of the rows.
        document, _ = checks.read_document(bytes(data))
        months = (document.get("subject") or {}).get("months")
        if isinstance(months, str) and isinstance(document.get("data"), dict):
            told[uuid.UUID(months)] = (id, document["data"])
    return told


def _differing(row: FrozenMonths, told: dict[str, Any]) -> set[str]:
    says = {
        **{
            name: getattr(row, name)
            for name in ("filter", "values", "formats", "revision", "reason", "first", "end", "rows")
        },
        "files": {one.get("name"): one.get("sha256") for one in row.files},
    }
    return {name for name, value in says.items() if told.get(name) != value}
