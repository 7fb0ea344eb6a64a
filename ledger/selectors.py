"""Reads of the log. Lists page by id (newest first), a case's changes by number, never by time or index.

Queries: `log_page` 1, `entry_with_checks` 3, `case_timeline` 2, `open_payloads` 1.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import JSONField
from django.db.models.expressions import RawSQL

from ledger import partitions
from ledger.canonical import Json, join
from ledger.checks import (
    ChainRow,
    Check,
    check_chain,
    check_columns,
    check_disclosures,
    check_leaf,
    commitment_places,
    leaf,
    opens,
    pretty,
    read_document,
)
from ledger.commitments import Opening
from ledger.document import decode, disclosed
from ledger.errors import DisclosureAltered
from ledger.events import EventKind
from ledger.filters import LogFilter
from ledger.models import CaseLink, Disclosure, Entry

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page of the log; `older` is the id to pass as `before` for the next one, None on the last page."""

    entries: list[Entry]
    older: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class PayloadRow:
    """One member of an entry's data as a table shows it."""

    name: str
    value: str
    kept: str
    """Where the value is, in words: in the bytes, disclosed beside them, or not disclosed here."""


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """An entry with what its bytes hold and what recomputing found."""

    entry: Entry
    document: dict[str, Any]
    openings: list[Opening]
    payload: list[PayloadRow]
    checks: list[Check]
    case_number: int | None

    @property
    def bytes_text(self) -> str:
        return bytes(self.entry.bytes).decode("utf-8", "backslashreplace")

    @property
    def leaf_stored(self) -> str:
        return bytes(self.entry.leaf_hash).hex()

    @property
    def leaf_recomputed(self) -> str:
        return leaf(bytes(self.entry.bytes)).hex()


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One change of a case: its number there, and the entry."""

    number: int
    entry: Entry


def log_page(filter: LogFilter, before: uuid.UUID | None = None, size: int = PAGE_SIZE) -> LogPage:
    """The `size` newest entries that `filter` lets through and whose id is smaller than `before`, without
    their bytes.
    """
    entries = filter.apply(Entry.objects.defer("bytes", "leaf_hash", "tx_id"))
    if before is not None:
        entries = entries.filter(id__lt=before)
    found = list(entries.order_by("-id")[: size + 1])
    shown = found[:size]
    return LogPage(shown, shown[-1].id if len(found) > size else None)


def entry_with_checks(id: uuid.UUID) -> CheckedEntry | None:
    """The entry with everything recomputed from its bytes; None if there is none with this id."""
    entry = Entry.objects.defer("tx_id").filter(id=id).first()
    if entry is None:
        return None
    openings = _openings([id]).get(id, [])
    document, unreadable = read_document(bytes(entry.bytes))
    linked = entry.kind == EventKind.CHANGE and entry.case_id is not None
    rows = _chain(entry.case_id) if linked else iter(())
    number, chain = check_chain(entry, rows)
    checks = [check_leaf(entry), check_columns(entry, document), check_disclosures(document, openings), chain]
    if unreadable is not None:
        checks.insert(0, unreadable)
    return CheckedEntry(entry, document, openings, _payload_rows(document, openings), checks, number)


def _payload_rows(document: dict[str, Any], openings: Sequence[Opening]) -> list[PayloadRow]:
    written, data = document.get("data"), disclosed(document, openings)
    if not isinstance(written, Mapping) or not isinstance(data, Mapping):
        return []
    opened = {opening.pointer for opening in openings}
    rows = []
    for name, value in data.items():
        committed = set(commitment_places(written[name], join("/data", name)))
        if not committed:
            kept = "in the bytes"
        elif committed <= opened:
            kept = "beside the bytes, which hold a commitment"
        else:
            kept = "not all disclosed here; the bytes hold a commitment"
        rows.append(PayloadRow(name, pretty(value), kept))
    return rows


def _chain(case_id: uuid.UUID | None) -> Iterator[ChainRow]:
    """Every number of the case with its entry, and every change of the case that has no number; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT link.number, coalesce(link.entry_id, entry.id), link.case_hash, entry.bytes FROM (SELECT
            number, entry_id, case_hash FROM public.ledger_case_link WHERE case_id = %(case)s) AS link FULL
            JOIN ( SELECT id, bytes FROM public.ledger_entry WHERE case_id = %(case)s AND kind = 'change' )
            AS entry ON entry.id = link.entry_id ORDER BY link.number NULLS LAST, entry.id
            """,
            {"case": case_id},
        )
        while batch := cursor.fetchmany(500):
            for number, entry_id, case_hash, data in batch:
                yield ChainRow(number, entry_id, _bytes(case_hash), _bytes(data))


def case_timeline(case_id: uuid.UUID) -> list[TimelineRow]:
    """The changes of a case in order of their numbers."""
    numbers = dict(
        CaseLink.objects.filter(case_id=case_id).order_by("number").values_list("entry_id", "number")
    )
    entries = Entry.objects.defer("leaf_hash", "tx_id").in_bulk(numbers)
    return [TimelineRow(number, entries[id]) for id, number in numbers.items() if id in entries]


def open_payloads(entries: Iterable[Entry]) -> dict[uuid.UUID, Json]:
    """`data` of each entry with its committed values put back; one query for all.

    Raises `DisclosureAltered` where a value does not fit its commitment: what was signed must not be shown
    otherwise.
    """
    wanted = list(entries)
    openings = _openings([entry.id for entry in wanted])
    opened: dict[uuid.UUID, Json] = {}
    for entry in wanted:
        opened[entry.id] = _opened(entry.id, bytes(entry.bytes), openings.get(entry.id, []))
    return opened


def _opened(entry_id: uuid.UUID, data: bytes, openings: Sequence[Opening]) -> Json:
    document = decode(data)
    for opening in openings:
        if not opens(document, opening):
            raise DisclosureAltered(
                f"The value at {opening.pointer} of entry {entry_id} is not the committed one."
            )
    return disclosed(document, openings)


OPENINGS = """(SELECT jsonb_agg(jsonb_build_array(d.pointer, encode(d.salt, 'hex'), encode(d.value_bytes, 'hex'))
    ORDER BY d.pointer) FROM ledger_disclosure d WHERE d.entry_id = ledger_entry.id)"""


def entry_opened(entry_id: uuid.UUID) -> tuple[Entry, Json]:
    """An entry and its `data` as `open_payloads` gives it, in one query. Raises `Entry.DoesNotExist`."""
    kept = RawSQL(OPENINGS, [], output_field=JSONField())  # noqa: S611 - a constant
    entry = Entry.objects.annotate(kept=kept).get(pk=entry_id)
    return entry, opened_bytes(entry_id, bytes(entry.bytes), entry.kept)


def opened_bytes(entry_id: uuid.UUID, data: bytes, kept: Iterable[Sequence[str]] | None) -> Json:
    """`data` of an entry from its bytes and what `OPENINGS` gave for it, where another query brought both along."""
    openings = [
        Opening(pointer, bytes.fromhex(salt), bytes.fromhex(value)) for pointer, salt, value in kept or ()
    ]
    return _opened(entry_id, data, openings)


def open_entry_payload(entry: Entry) -> Json:
    """`open_payloads` for one entry."""
    return open_payloads([entry])[entry.id]


def _openings(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Opening]]:
    found: dict[uuid.UUID, list[Opening]] = {}
    rows = Disclosure.objects.filter(entry_id__in=ids).order_by("entry_id", "pointer")
    for entry_id, pointer, salt, value in rows.values_list("entry_id", "pointer", "salt", "value_bytes"):
        found.setdefault(entry_id, []).append(Opening(pointer, bytes(salt), bytes(value)))
    return found


def _bytes(value: memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)


def partitions_missing() -> list[str]:
    """This month (`YYYY-MM`) if it has no partition, so that no entry could be written; else empty. One cheap
    query.
    """
    return partitions.missing()
