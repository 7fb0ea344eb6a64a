"""Reads of the exports' pages. Queries: `page_of_exports` 1, `saved` 1, `estimate` 1 or 2."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from ledger import proofs
from ledger.actors import Actor
from ledger.exports import plan
from ledger.exports.files import Values
from ledger.exports.jobs import may_unmask
from ledger.exports.models import Export, ExportState, SavedScope
from ledger.exports.scope import Scope

PAGE_SIZE = 25
# Beyond this many an exact number costs more than it says.
COUNTED = 1_000_000


@dataclass(frozen=True, slots=True)
class ExportsPage:
    """One page of the list, newest first; `older` is the id to pass as `before`."""

    exports: list[Export]
    older: uuid.UUID | None


def page_of_exports(before: uuid.UUID | None = None) -> ExportsPage:
    """Exports of everybody: who takes the log away is for every auditor to see."""
    exports: QuerySet[Export] = Export.objects.order_by("-id")
    if before is not None:
        exports = exports.filter(id__lt=before)
    found = list(exports[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return ExportsPage(shown, shown[-1].id if len(found) > PAGE_SIZE else None)


def saved(actor: Actor) -> list[SavedScope]:
    return list(SavedScope.objects.filter(owner_id=actor.id).order_by("name"))


def may_download(actor: Actor, export: Export) -> bool:
    """Whoever sees exports may take them, but an unmasked one only with a role that may unmask."""
    return export.state == ExportState.DONE and (export.values != Values.ALL or may_unmask(actor))


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many entries a filter lets through now."""

    entries: int
    decisions: int | None

    @property
    def in_words(self) -> str:
        """A sentence. The export counts exactly; entries that come until then are in it too."""
        entries = f"more than {COUNTED:,}" if self.entries > COUNTED else f"{self.entries:,}"
        noun = "entry" if self.entries == 1 else "entries"
        if self.decisions is None:
            return f"{entries} {noun} as of now."
        return (
            f"{entries} {noun} of {self.decisions:,} decision{'' if self.decisions == 1 else 's'} as of now."
        )


def estimate(scope: Scope) -> Estimate:
    """Count, up to a limit."""
    condition, parameters = scope.condition()
    decisions = None
    if scope.of_decisions:
        signed = proofs.checkpoint()
        chosen = plan.decisions_of(scope, signed.size) if signed else []
        parameters["decisions"], decisions = chosen, len(chosen)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT FROM public.ledger_entry e"
            f" WHERE {condition} LIMIT {COUNTED + 1}) AS found",
            parameters,
        )
        row = cursor.fetchone()
    return Estimate(int(row[0]), decisions)
