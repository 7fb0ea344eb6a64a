"""The queue and the search at full size against 10,000 assessments; claims of 32 supervisors; memory of a process.

BENCH_CASES and BENCH_ASSESSMENTS give the size of the large database (1,000,000 and 300,000), BENCH_CLAIMS the claims
of each round, BENCH_REQUESTS the requests between the two looks at memory. BENCH_DATABASE names a database of the same
server that `seed_demo` filled already, today: it is measured instead of one made here, and stays.
"""

from __future__ import annotations

import itertools
import os
import statistics
import threading
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.base import Row, database, row

ROUNDS = 60
CLAIMS = int(os.environ.get("BENCH_CLAIMS", "2000"))
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "10000"))
THERE = os.environ.get("BENCH_DATABASE", "")


def results() -> list[Row]:
    name = database()
    from django.test import override_settings

    with override_settings(PRACTICE_DATE=_day(), ALLOWED_HOSTS=["testserver"]):
        return _measured(name)


def _day() -> Any:
    """The day of the demonstration; a database that was filled before has that of its settings."""
    import datetime

    from django.conf import settings

    return settings.PRACTICE_DATE if THERE else datetime.date(2024, 12, 10)


def _measured(name: str) -> list[Row]:
    from benchmarks.support.filled import LARGE, SMALL, fill, found
    from tests.support.database import create_test_database, drop_test_database

    small_name = create_test_database(f"benchsmall{os.getpid()}")
    try:
        small = fill(*SMALL)
        _point_at(THERE or name)
        large = found() if THERE else fill(*LARGE)
        size = f"{LARGE[1]:,} cases, {large.waiting:,} waiting in the office"
        rows = (
            []
            if THERE
            else [
                row(
                    "queue",
                    f"seed_demo, {LARGE[1]:,} cases and {LARGE[0]:,} assessments",
                    product=large.seconds,
                    reference=900 * LARGE[1] / 11_000_000,
                    reference_name="15 minutes for 11,000,000, in proportion",
                    runs=1,
                    unit="s",
                    limit="at most 1",
                )
            ]
        )
        for statement in large.sent:
            if statement in ("admin", "primary key", "case by primary key", "A-number", "name prefix"):
                continue
            rows += _growth(statement, large, small, size)
        rows.append(
            _against("first page", "admin", large, "admin's counts and page", "at most 0.01", rounds=5)
        )
        rows.append(_against("A-number", "primary key", large, "by primary key", "at most 1.5"))
        rows.append(_against("name prefix", "primary key", large, "by primary key, p95", "under 10", at=0.95))
        large.connection.close()
        small.connection.close()
        rows += _claims()
        rows.append(_memory())
        return rows
    finally:
        drop_test_database(small_name)


def _point_at(name: str) -> None:
    from django.db import connections

    for one in connections.all():
        one.close()
        one.settings_dict["NAME"] = name


def _quantile(values: Sequence[float], at: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * at))]


def _growth(statement: str, large: Any, small: Any, size: str) -> list[Row]:
    """p50 and p95 at full size over those at 10,000 assessments, in turns."""
    large.run(statement), small.run(statement)
    pairs = []
    for number in range(ROUNDS):
        pair = (large.run(statement), small.run(statement)) if number % 2 else None
        pairs.append(pair or (small.run(statement), large.run(statement))[::-1])
    grown, before = [one[0] for one in pairs], [one[1] for one in pairs]
    return [
        row(
            "queue",
            f"{statement}, {words}",
            product=_quantile(grown, at),
            reference=_quantile(before, at),
            reference_name=f"10,000 assessments; {size}",
            runs=ROUNDS,
            unit="ms",
            limit=limit,
        )
        for words, at, limit in (("p50", 0.5, "at most 1.5"), ("p95", 0.95, "at most 3"))
    ]


def _against(
    product: str,
    reference: str,
    at_size: Any,
    words: str,
    limit: str,
    *,
    at: float = 0.5,
    rounds: int = ROUNDS,
) -> Row:
    pairs = [(at_size.run(product), at_size.run(reference)) for _ in range(rounds + 1)][1:]
    return row(
        "queue",
        product,
        product=_quantile([one[0] for one in pairs], at),
        reference=_quantile([one[1] for one in pairs], at),
        reference_name=words,
        runs=rounds,
        unit="ms",
        limit=limit,
    )


def _claims() -> list[Row]:
    """The product's own verb with its entry, one supervisor after another and 32 at once, in turns."""
    from django.db import connection, connections

    from accounts.models import User
    from ledger.models import Entry
    from review.services import claim_next

    bosses = list(User.objects.filter(role="supervisor", office="los-angeles").order_by("username")[:32])
    if not bosses:
        return []

    def rate(crowd: int) -> float:
        left = itertools.count()

        def work(boss: Any) -> None:
            try:
                while next(left) < CLAIMS:
                    claim_next(actor=boss.actor(), user=boss)
            finally:
                connections.close_all()

        threads = [
            threading.Thread(target=work, args=(bosses[place % len(bosses)],)) for place in range(crowd)
        ]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return CLAIMS / (time.perf_counter() - began)

    rate(2)
    pairs = [(rate(32), rate(1)) for _ in range(3)]
    claimed = Entry.objects.filter(event="review.decision.claimed")
    taken = claimed.count()
    doubled = taken - claimed.values("decision_id").distinct().count()
    connection.close()
    return [
        row(
            "queue",
            "claims, 32 supervisors at once",
            product=statistics.median(one[0] for one in pairs),
            reference=statistics.median(one[1] for one in pairs),
            reference_name="one supervisor",
            runs=len(pairs),
            unit="1/s",
            limit="at least 1",
        ),
        row(
            "queue",
            "decisions claimed twice",
            product=doubled,
            reference=taken,
            reference_name="claims",
            runs=1,
            unit="claims",
            limit="0",
        ),
    ]


def _resident() -> float:
    """Mebibytes of this process that lie in memory."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _memory() -> Row:
    """The queue's page again and again by one process; the first thousand requests fill its caches."""
    from accounts.models import User
    from tests.assessment.situations import client

    browser = client(User.objects.get(username="supervisor"))

    def ask(times: int) -> None:
        for _ in range(times):
            assert browser.get("/review/").status_code == 200

    ask(min(1000, REQUESTS))
    before = _resident()
    ask(REQUESTS)
    return row(
        "queue",
        f"memory of the web process after {REQUESTS:,} more requests",
        product=_resident(),
        reference=before,
        reference_name="before them",
        runs=1,
        unit="MiB",
        limit="at most 1.05",
    )
