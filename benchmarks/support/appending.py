"""Writers in processes of their own for the append benchmark: ours, a plain ORM create of the row, a global chain.

Each process connects once and works until the time that it is told, so that a round measures appends and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

TABLES = """
CREATE TABLE bench_plain (
    id uuid PRIMARY KEY, at timestamptz NOT NULL, policy_date date NOT NULL, event text NOT NULL, kind text NOT NULL,
    actor_id text NOT NULL, actor_name text NOT NULL, actor_role text NOT NULL, actor_office text NOT NULL,
    case_id uuid, assessment_id uuid, decision_id uuid, request text NOT NULL, data jsonb NOT NULL
);
CREATE INDEX ON bench_plain (event, id DESC);
CREATE INDEX ON bench_plain (actor_id, id DESC);
CREATE INDEX ON bench_plain (case_id, id DESC) WHERE case_id IS NOT NULL;
CREATE INDEX ON bench_plain (decision_id, id DESC) WHERE decision_id IS NOT NULL;
CREATE TABLE bench_chain (LIKE bench_plain INCLUDING ALL);
ALTER TABLE bench_chain ADD COLUMN number bigint NOT NULL UNIQUE, ADD COLUMN hash bytea NOT NULL
"""
CASES = 400
GLOBAL_LOCK = 77
NARRATIVE = (
    "The subject has lived at one address since 2009, works nights at a bakery, and came forward as a witness in a"
    " wage case. Two removals were looked for and not found. The supervisor of the earlier shift was asked and"
    " remembers no incident. The family's older child is in the last year of school. Nothing in the record bears on"
    " the ground that was named; see the evidence list for what was read, by whom and on which day."
)
# Twenty-four fields, about a kilobyte.
FIELDS: dict[str, Any] = {
    "decision_type": "detainer",
    "direction": "do",
    "outcome": "decline",
    "lane": "totality",
    "priority": "none",
    "ground": "public_safety",
    "factors_present": ["advanced_or_tender_age", "length_of_presence", "caregiver", "victim_or_witness"],
    "factors_looked_for": ["military_service", "pending_relief", "health"],
    "evidence": [f"evidence-{number}" for number in range(6)],
    "sources": ["interview", "record", "counsel"],
    "narrative": NARRATIVE,
    "opposite": NARRATIVE[:180],
    "edition": "2021-09-30",
    "version": 3,
    "returned": 1,
    "minutes": 47,
    "is_oral": False,
    "is_disputed": True,
    "is_selected": False,
    "office": "north",
    "second_office": "south",
    "approved_by": "supervisor",
    "day": "2024-12-10",
    "reference": "N-2024-000123",
}
# What a real entry of this kind keeps beside its bytes.
APART = ("narrative", "opposite", "approved_by", "reference")


def serve(pipe: Connection, place: int) -> None:
    """One writer: waits for `(variant, until)` and answers how many it wrote; None ends it."""
    variants = _variants(place)
    pipe.send(0)
    while (asked := pipe.recv()) is not None:
        variant, until = asked
        write, count = variants[variant], 0
        while time.time() < until:
            write()
            count += 1
        pipe.send(count)


def _variants(place: int) -> dict[str, Callable[[], object]]:
    from django.db import connection, transaction

    from benchmarks.support.plain import Chained, Plain
    from ledger import clock
    from ledger.actors import Actor
    from ledger.ids import new_id
    from ledger.services import NewEntry, append

    all_in_bytes, four_apart = _payloads()
    actor = Actor(id=str(uuid.UUID(int=place)), name="Jo Field", role="officer", office="north")
    cases = [new_id() for _ in range(CASES)]
    state = {"turn": 0}

    def case() -> uuid.UUID:
        state["turn"] += 1
        return cases[state["turn"] % CASES]

    def columns() -> dict[str, Any]:
        return {
            "id": new_id(),
            "at": clock.now(),
            "policy_date": clock.policy_date(),
            "event": "ledger.bench.written",
            "kind": "change",
            "actor_id": actor.id,
            "actor_name": actor.name,
            "actor_role": actor.role,
            "actor_office": actor.office,
            "case_id": case(),
            "assessment_id": None,
            "decision_id": new_id(),
            "request": "",
            "data": FIELDS,
        }

    @transaction.atomic
    def ours(make: Callable[[], Any]) -> None:
        append(NewEntry(payload=make(), actor=actor, subject={"case": case(), "decision": new_id()}))

    @transaction.atomic
    def plain() -> None:
        Plain(**columns()).save(force_insert=True)

    @transaction.atomic
    def chained() -> None:
        """One head for all: what a log does that hashes each entry onto the last one."""
        values = columns()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GLOBAL_LOCK])
            cursor.execute("SELECT number, hash FROM bench_chain ORDER BY number DESC LIMIT 1")
            number, hash = cursor.fetchone() or (0, b"")
        data = json.dumps(FIELDS, sort_keys=True).encode()
        digest = hashlib.sha256(bytes(hash) + data).digest()
        Chained(number=number + 1, hash=digest, **values).save(force_insert=True)

    return {
        "ours": lambda: ours(all_in_bytes),
        "ours, four values apart": lambda: ours(four_apart),
        "plain": plain,
        "chain": chained,
    }


def _payloads() -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Makers of the two payloads, whose types are registered here."""
    from pydantic import create_model

    from ledger.events import Committed, EventKind, Payload, event

    types = {name: list[str] if isinstance(value, list) else type(value) for name, value in FIELDS.items()}
    fields: dict[str, Any] = {name: (kind, ...) for name, kind in types.items()}
    apart: dict[str, Any] = {**fields, **dict.fromkeys(APART, (Committed[str], ...))}
    written: type[Payload] = create_model("Written", __base__=Payload, **fields)
    kept: type[Payload] = create_model("Kept", __base__=Payload, **apart)
    event("ledger.bench.written", kind=EventKind.CHANGE, words="Wrote for the benchmark")(written)
    event("ledger.bench.kept", kind=EventKind.CHANGE, words="Wrote for the benchmark, values apart")(kept)

    def four_apart() -> Any:
        return kept(**{**FIELDS, **{name: Committed(FIELDS[name]) for name in APART}})

    return lambda: written(**FIELDS), four_apart
