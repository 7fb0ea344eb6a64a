"""Every entry: what its bytes give against what the database says about it, and the values that it discloses."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from ledger import checks
from ledger.commitments import Opening
from ledger.events import EventKind
from ledger.findings import Finding, FindingKind
from ledger.models import CaseLink, Disclosure, Entry, Leaf

STEP: Final = 2000
NIL: Final = uuid.UUID(int=0)
ERASED: Final = "ledger.disclosure.erased"
Tell = Callable[[Finding], None]


@dataclass(slots=True)
class Counted:
    """What was looked at."""

    entries: int = 0
    unsealed: int = 0
    disclosures: int = 0
    erased: int = 0


@dataclass(frozen=True, slots=True)
class Watermark:
    """Every entry of a transaction of this cluster below `upto` had a leaf when the check began."""

    upto: int

    @classmethod
    def read(cls) -> Watermark:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT last.upto::text FROM public.ledger_batch AS last, pg_control_system() AS here"
                " WHERE last.system_identifier = here.system_identifier ORDER BY last.number DESC LIMIT 1"
            )
            row = cursor.fetchone()
        return cls(int(row[0]) if row else 0)


def check_rows(tell: Tell, step: int = STEP) -> Counted:
    """Look at all entries in order of id; `tell` is called with each finding."""
    counted, watermark, after = Counted(), Watermark.read(), NIL
    while entries := list(Entry.objects.filter(id__gt=after).order_by("id")[:step]):
        _check_step(entries, watermark, counted, tell)
        after = entries[-1].id
    for entry_id, pointer in _disclosures_of_nothing():
        tell(
            Finding(
                FindingKind.BAD_DISCLOSURE, f"entry {entry_id}", f"a value for {pointer}, but no such entry"
            )
        )
    return counted


def _check_step(entries: Sequence[Entry], watermark: Watermark, counted: Counted, tell: Tell) -> None:
    ids = [entry.id for entry in entries]
    leaves = {
        id: (index, bytes(hash))
        for id, index, hash in Leaf.objects.filter(entry_id__in=ids).values_list(
            "entry_id", "index", "leaf_hash"
        )
    }
    numbered = set(CaseLink.objects.filter(entry_id__in=ids).values_list("entry_id", flat=True))
    openings = _openings(ids)
    erased = _erased(ids)
    for entry in entries:
        counted.entries += 1
        where = f"entry {entry.id}"
        computed = checks.leaf(bytes(entry.bytes))
        if computed != bytes(entry.leaf_hash):
            tell(Finding(FindingKind.ALTERED, where, "its bytes do not give the hash kept with them"))
        if entry.id in leaves:
            index, hash = leaves[entry.id]
            if computed != hash:
                tell(
                    Finding(
                        FindingKind.ALTERED,
                        f"index {index}, {where}",
                        "its bytes do not give the sealed hash",
                    )
                )
        elif entry.tx_id < watermark.upto:
            words = "it has no place in the tree, though everything written up to then was sealed"
            tell(Finding(FindingKind.INSERTED, where, words))
        else:
            counted.unsealed += 1
        document, unreadable = checks.read_document(bytes(entry.bytes))
        if unreadable is not None:
            tell(Finding(FindingKind.ALTERED, where, "its bytes are no entry any more"))
            continue
        for words in checks.check_columns(entry, document).findings:
            tell(Finding(FindingKind.ALTERED, where, words))
        if entry.kind == EventKind.CHANGE and entry.case_id is not None and entry.id not in numbered:
            tell(
                Finding(
                    FindingKind.INSERTED,
                    where,
                    f"a change of the case {entry.case_id} without a number in it",
                )
            )
        if (entry.kind != EventKind.CHANGE or entry.case_id is None) and entry.id in numbered:
            words = "it has a number in a case, though it is no change of one"
            tell(Finding(FindingKind.INSERTED, where, words))
        _check_disclosures(
            entry, document, openings.get(entry.id, []), erased.get(entry.id, set()), counted, tell
        )


def _check_disclosures(
    entry: Entry,
    document: dict[str, Any],
    openings: Sequence[Opening],
    erased: set[str],
    counted: Counted,
    tell: Tell,
) -> None:
    counted.disclosures += len(openings)
    for opening in openings:
        if not checks.opens(document, opening):
            words = f"the value for {opening.pointer} is not the committed one"
            tell(Finding(FindingKind.BAD_DISCLOSURE, f"entry {entry.id}", words))
        # It may have been erased after it was read here, so it is asked for once more.
        if opening.pointer in erased and _is_there(entry.id, opening.pointer):
            words = f"the value for {opening.pointer} was erased by order, and is there again"
            tell(Finding(FindingKind.BAD_DISCLOSURE, f"entry {entry.id}", words))
    committed = set(checks.commitment_places(document.get("data"), "/data"))
    for pointer in sorted(committed - {opening.pointer for opening in openings}):
        if pointer in erased:
            counted.erased += 1
        else:
            words = f"the value for {pointer} is gone, and no entry tells of an order to erase it"
            tell(Finding(FindingKind.BAD_DISCLOSURE, f"entry {entry.id}", words))


def _openings(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Opening]]:
    found: dict[uuid.UUID, list[Opening]] = {}
    rows = Disclosure.objects.filter(entry_id__in=ids).values_list(
        "entry_id", "pointer", "salt", "value_bytes"
    )
    for entry_id, pointer, salt, value in rows:
        found.setdefault(entry_id, []).append(Opening(pointer, bytes(salt), bytes(value)))
    return found


def _is_there(entry_id: uuid.UUID, pointer: str) -> bool:
    return Disclosure.objects.filter(entry_id=entry_id, pointer=pointer).exists()


def _erased(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """Which values of these entries other entries say were erased."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT document #>> '{subject,entry}', document #>> '{data,pointer}' FROM ("
            "  SELECT convert_from(bytes, 'UTF8')::jsonb AS document FROM public.ledger_entry WHERE event = %s"
            ") AS orders WHERE document #>> '{subject,entry}' = ANY(%s)",
            [ERASED, [str(id) for id in ids]],
        )
        found: dict[uuid.UUID, set[str]] = {}
        for entry, pointer in cursor.fetchall():
            found.setdefault(uuid.UUID(entry), set()).add(pointer)
    return found


def _disclosures_of_nothing() -> Iterator[tuple[uuid.UUID, str]]:
    after = NIL
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT step.entry_id, step.pointer, EXISTS ("
                "    SELECT FROM public.ledger_entry AS entry WHERE entry.id = step.entry_id)"
                "  FROM (SELECT entry_id, pointer FROM public.ledger_disclosure WHERE entry_id > %s"
                "         ORDER BY entry_id FETCH FIRST %s ROWS WITH TIES) AS step",
                [str(after), STEP],
            )
            found = cursor.fetchall()
        if not found:
            return
        yield from ((entry_id, pointer) for entry_id, pointer, is_there in found if not is_there)
        after = max(entry_id for entry_id, _, _ in found)
