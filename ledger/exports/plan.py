"""What an export covers, found out before anything is written.

The run `[first, end)` is the smallest that holds every entry between the two times; the checkpoint is the newest when
the plan is made. Decisions that a filter or a sample chooses are found once, so that every file has the same.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection

from ledger import proofs
from ledger.exports import registry
from ledger.exports.registry import Criterion
from ledger.exports.scope import Sample, Scope
from ledger.ids import id_floor
from ledger.proofs import Signed

AT_ONCE = 100_000
# An id is made within 5 seconds of the database's clock, as `at` is.
MARGIN = timedelta(minutes=1)
POLL_SECONDS = 0.1


class CannotExport(Exception):
    """The export cannot be made now; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The run of indexes with its checkpoint, and the chosen decisions (None when all are)."""

    scope: Scope
    first: int
    end: int
    rows: int
    signed: Signed
    decisions: list[str] | None = None
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def condition(self) -> str:
        return self.scope.condition()[0]


def nothing() -> None:
    """What is done where there is nothing to do."""


def wait_until_sealed(
    entry: uuid.UUID,
    seconds: float,
    ask: Callable[[], object] = nothing,
    each_time: Callable[[], object] = nothing,
) -> None:
    """Wait until the entry has its place in the tree, so that everything before it has too. Raises `CannotExport`.

    `ask` is called first, `each_time` before every look.
    """
    ask()
    deadline = time.monotonic() + seconds
    while True:
        each_time()
        place = proofs.place_of(entry)
        if place is not None and proofs.checkpoint(place + 1) is not None:
            return
        if time.monotonic() >= deadline:
            raise CannotExport(
                f"The log was not sealed within {seconds:.0f} seconds, so there is no signed checkpoint that covers"
                " it. Look whether the sealer runs (manage.py seal_log --follow), then run the export again."
            )
        time.sleep(POLL_SECONDS)


def make(scope: Scope) -> Plan:
    """The plan of an export as of now. Raises `CannotExport` when nothing was ever sealed."""
    signed = proofs.checkpoint()
    if signed is None:
        raise CannotExport("The log has no checkpoint yet. Start the sealer, then run the export again.")
    condition, parameters = scope.condition()
    decisions = decisions_of(scope, signed.size) if scope.of_decisions else None
    parameters["decisions"] = decisions
    if scope.is_all and not scope.since and not scope.until:
        first, end, rows = 0, signed.size, signed.size
    else:
        first, end, rows = _run(scope, condition, parameters, signed.size)
    return Plan(
        scope=scope,
        first=first,
        end=end,
        rows=rows,
        signed=signed,
        decisions=decisions,
        parameters={**parameters, "first": first, "end": end},
    )


def _run(scope: Scope, condition: str, parameters: dict[str, Any], size: int) -> tuple[int, int, int]:
    """First and end of the run between the times, and how many of its entries are in; a bounded piece at a time."""
    since, until = scope.times()
    after = id_floor(since - MARGIN) if since else uuid.UUID(int=0)
    last = id_floor(until + MARGIN) if until else uuid.UUID(int=2**128 - 1)
    between = Scope(since=scope.since, until=scope.until).condition()[0]
    first, end, rows = None, 0, 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                f"""WITH slice AS MATERIALIZED (
                    SELECT e.* FROM public.ledger_entry e WHERE e.id > %(after)s AND e.id < %(last)s
                    ORDER BY e.id LIMIT {AT_ONCE}
                )
                SELECT min(leaf.index), max(leaf.index) + 1, count(leaf.index) FILTER (WHERE {condition}),
                    (SELECT id FROM slice ORDER BY id DESC LIMIT 1)
                FROM slice e LEFT JOIN public.ledger_leaf leaf
                    ON leaf.entry_id = e.id AND leaf.index < %(size)s AND {between}""",
                {**parameters, "after": str(after), "last": str(last), "size": size},
            )
            low, high, count, newest = cursor.fetchone()
            if newest is None:
                break
            after, rows = newest, rows + count
            if low is not None:
                first, end = min(low, low if first is None else first), max(high, end)
    return (0, 0, 0) if first is None else (first, end, rows)


def decisions_of(scope: Scope, size: int) -> list[str]:
    """Ids of the decisions signed between the times that the criteria choose, then those that the sample draws."""
    known = registry.criteria()
    conditions, parameters = Scope(since=scope.since, until=scope.until).condition()
    parameters |= {"signed": registry.decision_event(), "size": size}
    for name, value in scope.chosen.items():
        key = f"value_{name}"
        chosen = _sql(known[name]).replace("%(value)s", f"%({key})s")
        conditions += f" AND e.decision_id IN ({chosen})"
        parameters[key] = value
    if scope.office or scope.case:
        more, values = Scope(office=scope.office, case=scope.case).condition()
        conditions += f" AND {more}"
        parameters |= values
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT DISTINCT e.decision_id::text FROM public.ledger_entry e
            JOIN public.ledger_leaf leaf ON leaf.entry_id = e.id AND leaf.index < %(size)s
            WHERE e.event = %(signed)s AND {conditions} ORDER BY 1""",
            parameters,
        )
        found = [row[0] for row in cursor.fetchall()]
        return _drawn(cursor, scope.sample, found) if scope.sample else found


def _sql(criterion: Criterion) -> str:
    return criterion.decisions.replace("{masked}", registry.masked_cases())


def _drawn(cursor: Any, sample: Sample, found: list[str]) -> list[str]:
    """The sample: in each group, those whose hash of seed, NUL and id comes first."""
    groups = _groups(cursor, sample, found)
    cursor.execute(
        """SELECT id FROM (
            SELECT id, row_number() OVER (
                PARTITION BY part ORDER BY sha256(convert_to(%(seed)s || '/' || id, 'UTF8'))
            ) AS place
            FROM unnest(%(ids)s::text[], %(groups)s::text[]) AS drawn (id, part)
        ) AS ranked WHERE place <= %(size)s ORDER BY id""",
        {"seed": sample.seed, "size": sample.size, "ids": found, "groups": [groups[id] for id in found]},
    )
    return [row[0] for row in cursor.fetchall()]


def _groups(cursor: Any, sample: Sample, found: list[str]) -> dict[str, str]:
    groups = dict.fromkeys(found, "")
    criterion = registry.criteria().get(sample.by)
    if criterion:
        for value, _ in criterion.choices():
            cursor.execute(_sql(criterion), {"value": value})
            for (id,) in cursor.fetchall():
                if str(id) in groups:
                    groups[str(id)] = value
    return groups
