"""`seed_demo` at full size: a part of it against COPY of the same bytes into plain tables, without index or constraint.

What the rows must not lose costs the rest: keys, foreign keys, the indexes of queue and search. Both sides run in
turns in the same run; the parts are those of 11,000,000 cases and 3,000,000 assessments.
"""

from __future__ import annotations

import io
import time
from typing import Any

from benchmarks.base import Row, database, in_turns, row

ROUNDS = 5


def results() -> list[Row]:
    database()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEMONSTRATION = True
    call_command("seed_demo", verbosity=0)
    return _measured()


def _measured() -> list[Row]:
    from config.demo.field_offices import staffed_offices
    from config.demo.patterns import patterns
    from config.demo.scale import parts
    from config.demo.scale_rows import Plan, Writer
    from ledger.clock import policy_date

    plan = Plan(11_000_000, 3_000_000, 5, policy_date(), staffed_offices(1), patterns())
    # Parts with cases that wait: those write most.
    chosen = [part for part in parts(plan) if part.start >= 8_000_000][: ROUNDS + 1]
    texts = [(part, Writer(plan, part).written()) for part in chosen]
    first, rest = texts[0], iter(texts[1:])
    _make_plain()
    _copy(first[1], "")
    current: list[Any] = [first]
    took_making: list[float] = []

    def product() -> float:
        part, rows = current[0] = next(rest)
        began = time.perf_counter()
        Writer(plan, part).written()
        took_making.append(time.perf_counter() - began)
        return _copy(rows, "")

    ours, plain, ratio = in_turns(product, lambda: _copy(current[0][1], "bench_"), ROUNDS)
    cases = len(chosen[0])
    making = sorted(took_making)[len(took_making) // 2]
    return [
        row(
            "seed",
            f"{cases:,} cases and what belongs to them, by COPY with their checks, committed",
            product=ours,
            reference=plain,
            reference_name="COPY of the same bytes into plain tables",
            ratio=ratio,
            runs=ROUNDS,
            unit="s",
            limit="no limit stated",
        ),
        row(
            "seed",
            "11,000,000 cases in proportion: making and copying, one process after the other",
            product=(ours + making) * plan.cases / cases / 60,
            reference=15,
            reference_name="15 minutes",
            runs=ROUNDS,
            unit="min",
            limit="at most 1",
        ),
    ]


def _make_plain() -> None:
    """Tables with the same columns and nothing else."""
    from config.demo.scale_rows import TABLES
    from tests.support.database import owner_connection

    with owner_connection() as owner, owner.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING DEFAULTS)")


def _copy(rows: Any, prefix: str) -> float:
    """Seconds until the rows of a part are committed."""
    from django.db import connection, transaction

    from config.demo.scale_rows import TABLES

    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, columns in TABLES.items():
            cursor.copy_expert(f"COPY {prefix}{table} ({columns}) FROM STDIN", io.StringIO(rows.text(table)))
    return time.perf_counter() - began
