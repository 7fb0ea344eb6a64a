"""The application's side of schema `gate`: hand protected attributes over, get coded statements back.

Invariants: a value is passed on and forgotten. The driver's own cursor is used, because the framework's keeps
the text of statements in memory while debugging; errors name the kind, never the value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from cases.models import AlienageBasis, StatusRecord
from policy import services as policy

KINDS: Final = frozenset(
    {"country_of_birth", "citizenship_country", "departure_country", "language", "sex", "gender"}
)
LONGEST_VALUE: Final = 200
LONGEST_SOURCE: Final = 60
LONGEST_NOTE: Final = 4_000
LONGEST_STATUTE: Final = 120

CODED: Final = {
    "birth_abroad": "A place of birth abroad is recorded",
    "foreign_citizenship": "A foreign citizenship is recorded",
    "us_citizenship_sign": "A sign of United States citizenship is recorded",
}
# What may be said of a sealed note: its ground in general words, and whether a supervisor confirmed it.
SEALED: Final = {
    "ground_of_relief": "Relief",
    "bias_motive": "Motive of an offense",
    "element_of_benefit": "Eligibility for a status or benefit",
}
SEALED_STATES: Final = {
    "open": "claimed, not yet confirmed",
    "confirmed": "claimed; a supervisor confirmed the sealed note",
    "not_confirmed": "claimed; a supervisor did not confirm the sealed note",
}


@dataclass(frozen=True, slots=True, repr=False)
class Attribute:
    """One value on its way to the gate. It has no text form, so that no message or trace can show it."""

    person_id: UUID
    kind: str
    value: str
    source: str


@dataclass(frozen=True, slots=True, repr=False)
class Note:
    """What a sealed note says, for the page that was asked for and nothing else. It has no text form either."""

    text: str
    statute: str


def put_attributes(*, person_id: UUID, attributes: Mapping[str, str], source: str) -> None:
    """Hand over what one source says of one person, by kind; blank values are left out.

    The same value of the same source is kept once. Raises `ValueError` for an unknown kind, a value over 200
    or a source over 60 characters.
    """
    put_many(Attribute(person_id, kind, value, source) for kind, value in attributes.items())


def put_many(attributes: Iterable[Attribute]) -> None:
    """The same for many persons in one call, in the transaction of the change that brought them."""
    rows = [_checked(one) for one in attributes if one.value.strip()]
    if not rows:
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute("SELECT gate.put_attributes_many(%s::jsonb)", [json.dumps(rows)])


def coded_statements(*, case_id: UUID) -> list[str]:
    """What decision pages may say of status and removability: codes and numbers of sources, never a value."""
    status = StatusRecord.objects.filter(case_id=case_id).first()
    bases = (
        list(AlienageBasis.objects.filter(status=status).values_list("basis", "evidence_id"))
        if status
        else []
    )
    return statements_of(status, bases, _gate_codes(case_id))


def statements_of(
    status: StatusRecord | None, bases: Sequence[tuple[str, Any]], codes: Iterable[tuple[str, int]]
) -> list[str]:
    """The same from rows that were read already: bases as `(basis, evidence id)`, the gate's codes with sources."""
    statements = _status_statements(status, bases)
    statements += [f"{CODED[code]}, {_sources(sources)}." for code, sources in codes if code in CODED]
    return statements + [line for code, _ in codes if (line := _sealed_statement(code))]


def _sealed_statement(code: str) -> str:
    """The statement of a code `ground:state` of a sealed note; empty for other codes."""
    ground, _, state = code.partition(":")
    return f"{SEALED[ground]}: {SEALED_STATES[state]}." if ground in SEALED and state in SEALED_STATES else ""


def put_note(*, note: UUID, case_id: UUID, text: str, statute: str) -> None:
    """Hand the words of a sealed note over, in the transaction that records it. Raises `ValueError`."""
    content = {"text": text.strip(), "statute": statute.strip()}
    if not 0 < len(content["text"]) <= LONGEST_NOTE or "\x00" in text + statute:
        raise ValueError(f"A sealed note has 1 to {LONGEST_NOTE} characters.")
    if len(content["statute"]) > LONGEST_STATUTE:
        raise ValueError(f"The statute has at most {LONGEST_STATUTE} characters.")
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(
            "SELECT gate.put_status_note(%s, %s, %s::jsonb)", [str(note), str(case_id), json.dumps(content)]
        )


def read_note(*, note: UUID, entry: UUID) -> Note | None:
    """The words of a note, for the reading that `entry` tells of; None when the entry names another case.

    Raises the database's error unless the entry was appended in this transaction.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute("SELECT gate.read_status_note(%s, %s)", [str(note), str(entry)])
        (answer,) = cursor.fetchone()
    # The framework leaves jsonb as text.
    found = json.loads(answer) if isinstance(answer, str) else answer
    return Note(found["text"], found.get("statute", "")) if found else None


def _checked(one: Attribute) -> dict[str, str]:
    if one.kind not in KINDS:
        raise ValueError("This kind of protected attribute is not known; nothing was recorded.")
    value, source = one.value.strip(), one.source.strip()
    if len(value) > LONGEST_VALUE or "\x00" in value:
        raise ValueError(f"The value for {one.kind} is longer than {LONGEST_VALUE} characters or unreadable.")
    if not 0 < len(source) <= LONGEST_SOURCE:
        raise ValueError(f"The source for {one.kind} must have 1 to {LONGEST_SOURCE} characters.")
    return {"person": str(one.person_id), "kind": one.kind, "value": value, "source": source}


def _status_statements(status: StatusRecord | None, bases: Sequence[tuple[str, Any]]) -> list[str]:
    if status is None:
        return ["Status and removability: not recorded yet."]
    if bases:
        edition, _ = policy.current()
        independent = {basis.key for basis in edition.alienage_bases if basis.independent}
        # Two bases that rest on one paper are one source.
        by_source: dict[Any, bool] = {}
        for basis, evidence_id in bases:
            source = evidence_id or basis
            by_source[source] = by_source.get(source, False) or basis in independent
        bare = len({basis for basis, evidence_id in bases if not evidence_id})
        statements = [
            f"{_alienage(status, bare, len(bases))}, {_sources(len(by_source))}, "
            f"{_number(sum(by_source.values()))} independent{f', {bare} without evidence' if bare else ''}."
        ]
    else:
        statements = ["Alienage not established: no basis is recorded."]
    statements += [f"Charge {status.charge_other if one == 'other' else one}." for one in status.charges]
    return statements


def _alienage(status: StatusRecord, bare: int, bases: int) -> str:
    """What is said first. A tick without a paper behind it establishes nothing, and is not called so."""
    if not status.complete:
        return "Alienage recorded, page not complete"
    return "Alienage stated, not yet supported" if bare == bases else "Alienage established"


def _gate_codes(case_id: UUID) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coded.code, sum(coded.sources)::integer FROM cases_case c"
            " CROSS JOIN LATERAL public.cases_persons_of(c.person_id) AS person"
            " CROSS JOIN LATERAL gate.coded_statements(person) AS coded"
            " WHERE c.id = %s GROUP BY coded.code"
            " UNION SELECT n.ground || ':' || n.state, 1 FROM public.cases_held_by(%s) AS held"
            " JOIN public.cases_sealednote n ON n.case_id = held ORDER BY 1",
            [case_id, case_id],
        )
        return [(code, sources) for code, sources in cursor.fetchall()]


def _sources(count: int) -> str:
    return f"{count} source{'' if count == 1 else 's'}"


def _number(count: int) -> str:
    return {0: "none", 1: "one", 2: "two", 3: "three"}.get(count, str(count))
