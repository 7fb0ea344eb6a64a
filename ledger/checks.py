"""Recomputing what an entry page claims: from the bytes, never from what the database says about them.

Every check looks at everything and lists all it finds, each in words. `holds` is None where there is nothing
to check.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ledger.canonical import join, resolve, utc_text
from ledger.commitments import Opening, commitment
from ledger.document import decode
from ledger.events import EventKind, kind_for
from ledger.models import Entry


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `findings` is empty when it holds."""

    name: str
    holds: bool | None
    words: str
    findings: list[str] = field(default_factory=list)


class ChainRow(NamedTuple):
    """One number of a case's chain; an entry without a number or a number without an entry has None for the
    rest.
    """

    number: int | None
    entry_id: uuid.UUID
    case_hash: bytes | None
    bytes: bytes | None


def leaf(data: bytes) -> bytes:
    """RFC 6962 leaf hash."""
    return hashlib.sha256(b"\x00" + data).digest()


def running(previous: bytes, leaf_hash: bytes) -> bytes:
    """The case hash after one more change; `previous` is empty for the first."""
    return hashlib.sha256(b"\x02" + previous + leaf_hash).digest()


def check_leaf(entry: Entry) -> Check:
    computed, stored = leaf(bytes(entry.bytes)), bytes(entry.leaf_hash)
    if computed == stored:
        return Check("Leaf hash", True, "The hash recomputed from the bytes is the stored one.")
    found = f"The bytes give {computed.hex()}, stored is {stored.hex()}: one of them was changed."
    return Check("Leaf hash", False, "The hash recomputed from the bytes is not the stored one.", [found])


def check_columns(entry: Entry, document: dict[str, Any]) -> Check:
    """Whether the columns that filters and lists use say what the bytes say."""
    actor, subject = document.get("actor") or {}, document.get("subject") or {}
    expected = {
        "id": (str(entry.id), document.get("id")),
        "at": (utc_text(entry.at), document.get("at")),
        "policy_date": (entry.policy_date.isoformat(), document.get("policy_date")),
        "event": (entry.event, document.get("event")),
        "actor_id": (entry.actor_id, actor.get("id")),
        "actor_name": (entry.actor_name, actor.get("name")),
        "actor_role": (entry.actor_role, actor.get("role")),
        "actor_office": (entry.actor_office, actor.get("office")),
        "case_id": (_text(entry.case_id), subject.get("case")),
        "assessment_id": (_text(entry.assessment_id), subject.get("assessment")),
        "decision_id": (_text(entry.decision_id), subject.get("decision")),
    }
    findings = [
        f"The column {name} says “{column}”, the bytes say “{written}”."
        for name, (column, written) in expected.items()
        if column != written
    ]
    kind = kind_for(entry.event)
    if kind is not None and entry.kind != kind:
        findings.append(f"The entry is filed as “{entry.kind}”, but its event is registered as “{kind}”.")
    if findings:
        return Check("Columns", False, "Lists and filters say something else than the bytes.", findings)
    return Check("Columns", True, "What lists and filters use is what the bytes say.")


def check_disclosures(document: dict[str, Any], openings: Sequence[Opening]) -> Check:
    """Every disclosed value against its commitment, and how many commitments have no value any more."""
    commitments = set(commitment_places(document.get("data"), "/data"))
    findings = [
        f"The value shown for {opening.pointer} does not fit its commitment: one of them was changed."
        for opening in openings
        if not opens(document, opening)
    ]
    closed = len(commitments - {opening.pointer for opening in openings})
    withheld = f" {_count(closed, 'committed value')} not disclosed here." if closed else ""
    if findings:
        return Check(
            "Disclosed values",
            False,
            f"{_count(len(findings), 'value')} not as committed.{withheld}",
            findings,
        )
    if not openings:
        nothing = (
            "The bytes hold every value in clear; there is nothing to disclose."
            if not closed
            else withheld.strip()
        )
        return Check("Disclosed values", None, nothing)
    all_fit = f"{_count(len(openings), 'disclosed value')} recomputed: as committed in the bytes.{withheld}"
    return Check("Disclosed values", True, all_fit)


def opens(document: dict[str, Any], opening: Opening) -> bool:
    """Whether salt and value give the commitment that stands at the opening's place."""
    try:
        return resolve(document, opening.pointer) == {"c": commitment(opening.salt, opening.value_bytes)}
    except KeyError:
        return False


def check_chain(entry: Entry, rows: Iterable[ChainRow]) -> tuple[int | None, Check]:
    """The entry's number in its case, and the case's chain recomputed from number 1 to the newest.

    After a break the stored hash is taken as the start of what follows, so that one change is one finding and
    every further one is found too.
    """
    findings: list[str] = []
    number: int | None = None
    previous, expected = b"", 1
    for row in rows:
        if row.entry_id == entry.id:
            number = row.number
        if row.number is None or row.case_hash is None:
            findings.append(f"The entry {row.entry_id} is a change of this case, but has no number in it.")
            continue
        if row.number != expected:
            missing = f"{expected}" if row.number == expected + 1 else f"{expected} to {row.number - 1}"
            findings.append(f"Number {missing} of the case is missing.")
        elif row.bytes is None:
            findings.append(f"The entry of number {row.number} ({row.entry_id}) is missing from this case.")
        elif running(previous, leaf(row.bytes)) != row.case_hash:
            findings.append(
                f"Number {row.number} ({row.entry_id}) does not follow from the numbers before it: its bytes,"
                " or the hash kept for it, were changed after writing."
            )
        previous, expected = row.case_hash, row.number + 1
    count = expected - 1
    if entry.kind != EventKind.CHANGE or entry.case_id is None:
        return None, Check(
            "Chain of the case", None, "Only changes of a case are in its chain; this entry is none."
        )
    if number is None and not any(str(entry.id) in finding for finding in findings):
        findings.append("This entry has no number in the chain of its case.")
    if findings:
        words = f"The chain of this case, numbers 1 to {count}, does not hold."
        return number, Check("Chain of the case", False, words, findings)
    words = f"The chain of this case was recomputed from the bytes, numbers 1 to {count}, and holds."
    return number, Check("Chain of the case", True, words)


def read_document(data: bytes) -> tuple[dict[str, Any], Check | None]:
    """The bytes as a document; where they are none any more, an empty one and the finding."""
    try:
        return decode(data), None
    except (ValueError, UnicodeDecodeError) as error:
        return {}, Check("Bytes", False, "The bytes are no entry any more.", [str(error)])


def commitment_places(value: Any, pointer: str) -> Iterator[str]:
    """The pointers of all commitments under `value`, which stands at `pointer`."""
    if isinstance(value, dict):
        if set(value) == {"c"} and isinstance(value["c"], str):
            yield pointer
        for name, member in value.items():
            yield from commitment_places(member, join(pointer, name))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from commitment_places(member, f"{pointer}/{index}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _text(value: uuid.UUID | None) -> str | None:
    return None if value is None else str(value)


def pretty(value: Any) -> str:
    """A value for a table cell: text as it is, the rest as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
