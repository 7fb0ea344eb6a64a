"""One case in the log: its changes with their numbers, who read it, which lists named it, which files contain it.

Entries about the case are found by its id. A list, a search or a report names cases, decisions or entries in its
data, so those are looked through since the case's first entry. Files are asked whether their filter lets one of its
entries through.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from ledger.document import decode
from ledger.events import EventKind, registered
from ledger.exports import plan
from ledger.exports.models import Export, ExportState
from ledger.exports.scope import Scope, ScopeRefused
from ledger.filters import filter_of
from ledger.models import CaseLink, Entry

PAGE_SIZE: Final = 50
MOST_FILES: Final = 50
NAMING: Final = ("shown", "cases", "decisions")
DOWNLOADED: Final = "ledger.log.downloaded"


class Which(StrEnum):
    """What of a case is shown; the value stands in addresses."""

    ALL = "all"
    CHANGES = "changes"
    READS = "reads"
    LISTS = "lists"


WORDS: Final = {
    Which.ALL: "Everything about the case",
    Which.CHANGES: "Changes of the case",
    Which.READS: "Readings of the case",
    Which.LISTS: "Lists, searches and reports that named it",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry, and its number where it is a change of the case."""

    entry: Entry
    number: int | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page, newest first; `older` is the id to go on before, None on the last page."""

    moments: list[Moment]
    older: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that contains entries of the case; `sample` where only drawing it again tells."""

    at: datetime
    who: str
    words: str
    export: uuid.UUID | None
    entry: uuid.UUID
    sample: bool


def timeline(
    case: uuid.UUID, which: Which, before: uuid.UUID | None = None, size: int = PAGE_SIZE
) -> Timeline:
    """One page of the case. Two queries, three for lists."""
    entries = _lists(case) if which is Which.LISTS else Entry.objects.filter(case_id=case)
    if which is Which.CHANGES:
        entries = entries.filter(kind=EventKind.CHANGE.value)
    elif which is Which.READS:
        entries = entries.filter(kind=EventKind.ACCESS.value)
    if before is not None:
        entries = entries.filter(id__lt=before)
    found = list(entries.defer("bytes", "leaf_hash", "tx_id").order_by("-id")[: size + 1])
    shown = found[:size]
    links = CaseLink.objects.filter(entry_id__in=[entry.id for entry in shown]).order_by("number")
    numbers = dict(links.values_list("entry_id", "number"))
    return Timeline(
        [Moment(entry, numbers.get(entry.id)) for entry in shown],
        shown[-1].id if len(found) > size else None,
    )


def _lists(case: uuid.UUID) -> QuerySet[Entry]:
    """Lists that named the case, one of its decisions, or one of its entries."""
    rows = list(
        Entry.objects.filter(case_id=case).order_by("id").values_list("id", "decision_id", "assessment_id")
    )
    if not rows:
        return Entry.objects.none()
    names = sorted({str(case), *(str(one) for row in rows for one in row if one)})
    tests = " OR ".join(
        f"convert_from(bytes, 'UTF8')::jsonb #> '{{data,{name}}}' ?| %s::text[]" for name in NAMING
    )
    about = Entry.objects.filter(event__in=_list_events(), id__gte=rows[0][0])
    named = RawSQL(f"({tests})", [names] * len(NAMING), output_field=BooleanField())  # noqa: S611  names of ours
    return about.filter(named)


def _list_events() -> list[str]:
    return [
        one.code
        for one in registered()
        if one.kind == EventKind.ACCESS and set(NAMING) & set(one.payload.model_fields)
    ]


def taken(case: uuid.UUID) -> list[Taken]:
    """Finished exports and downloads of the log that contain an entry of the case: of the newest fifty of each."""
    exports = Export.objects.filter(state__in=[ExportState.DONE, ExportState.EXPIRED], end__isnull=False)
    found = [_export(case, one) for one in exports.order_by("-id")[:MOST_FILES]]
    downloads = Entry.objects.filter(event=DOWNLOADED).defer("tx_id").order_by("-id")[:MOST_FILES]
    found += [_download(case, one) for one in downloads]
    return sorted((one for one in found if one), key=lambda one: one.at, reverse=True)


def _export(case: uuid.UUID, export: Export) -> Taken | None:
    try:
        scope = export.scope
    except ScopeRefused:
        # A filter of an earlier release that this one cannot read: its own page says what it was.
        return None
    inside = Scope(
        since=scope.since, until=scope.until, event=scope.event, office=scope.office, case=scope.case
    )
    condition, values = inside.condition()
    decisions: Sequence[str] | None = None
    if scope.chosen:
        chosen = Scope(
            since=scope.since, until=scope.until, office=scope.office, case=case, chosen=scope.chosen
        )
        decisions = plan.decisions_of(chosen, export.tree_size or 0)
    if scope.of_decisions:
        condition += " AND e.decision_id IS NOT NULL"
        if decisions is not None:
            condition += " AND e.decision_id = ANY(%(decisions)s::uuid[])"
    parameters: dict[str, Any] = {
        **values,
        "decisions": list(decisions or ()),
        "about": str(case),
        "first": export.first,
        "end": export.end,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT EXISTS (SELECT FROM public.ledger_entry e JOIN public.ledger_leaf leaf ON leaf.entry_id = e.id
            WHERE e.case_id = %(about)s AND leaf.index >= %(first)s AND leaf.index < %(end)s AND {condition})""",
            parameters,
        )
        [inside_it] = cursor.fetchone() or (False,)
    if not inside_it:
        return None
    return Taken(
        at=export.ended_at or export.requested_at,
        who=f"{export.actor_name}, {export.actor_role}",
        words=scope.in_words(),
        export=export.pk,
        entry=export.entry_id,
        sample=scope.sample is not None,
    )


def _download(case: uuid.UUID, entry: Entry) -> Taken | None:
    data = decode(bytes(entry.bytes))["data"]
    filter = filter_of(data["filter"])
    entries = filter.apply(Entry.objects.filter(case_id=case, id__lte=uuid.UUID(data["upto"])))
    if not entries.exists():
        return None
    return Taken(
        at=entry.at,
        who=f"{entry.actor_name}, {entry.actor_role}",
        words=filter.in_words(),
        export=None,
        entry=entry.id,
        sample=False,
    )
