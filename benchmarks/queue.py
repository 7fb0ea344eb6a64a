"""The SQL of queue and search at full size against 10,000 assessments, and the pages that show it against the floor.

BENCH_CASES and BENCH_ASSESSMENTS give the size of the large database (1,000,000 and 300,000). BENCH_DATABASE names a
database of the same server that `seed_demo` filled already, today: it is measured instead of one made here, and stays.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from benchmarks.base import Row, database, in_turns, row, seconds

ROUNDS = 60
PAGES = 21


def results() -> list[Row]:
    name = database()
    from django.test import override_settings

    from benchmarks.support.filled import practice_day

    with override_settings(
        ROOT_URLCONF="benchmarks.support.floor", PRACTICE_DATE=practice_day(), ALLOWED_HOSTS=["testserver"]
    ):
        return _measured(name)


def _measured(name: str) -> list[Row]:
    from benchmarks.support.filled import LARGE, SMALL, THERE, fill, found, point_at
    from tests.support.database import create_test_database, drop_test_database

    small_name = create_test_database(f"benchsmall{os.getpid()}")
    try:
        small = fill(*SMALL)
        point_at(THERE or name)
        rows_there = small.rows()
        large = found(rows=rows_there) if THERE else fill(*LARGE, rows_there)
        size = f"{large.cases:,} cases, {large.waiting:,} waiting in the office"
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
            rows += _growth(statement, large, small, f"{rows_there[statement]} rows; {size}")
        rows.append(
            _against("first page", "admin", large, "admin's counts and page", "at most 0.01", rounds=5)
        )
        rows.append(_against("A-number", "primary key", large, "by primary key", "at most 1.5"))
        rows.append(_against("name prefix", "primary key", large, "by primary key, p95", "under 10", at=0.95))
        large.connection.close()
        small.connection.close()
        return rows + _pages(size)
    finally:
        drop_test_database(small_name)


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


def _pages(size: str) -> list[Row]:
    """The queue and a decision's page of the largest office's supervisor against the floor, and their queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from accounts.models import User
    from assessment.models import Decision
    from benchmarks.support import floor
    from tests.assessment.situations import client

    floor.open_route()
    boss = User.objects.get(username="supervisor")
    browser = client(boss)
    others = Decision.objects.filter(office_id=boss.office_id, state="submitted").exclude(created_by=boss)
    waiting = others.exclude(signed_by=boss).order_by("due_on", "id")
    pages = {
        "queue, first page": reverse("review:queue"),
        "queue, urgent ones": reverse("review:queue") + "?urgency=imminent_removal",
        **{
            f"review page, {words}": reverse("review:detail", args=[decision.pk]) + "?queue=1"
            for words, origin in (("invented row", "demo"), ("signed decision", ""))
            if (decision := waiting.filter(origin=origin).first())
        },
    }

    def reach(url: str) -> float:
        def get() -> None:
            assert browser.get(url).status_code == 200, url

        return seconds(get, 3) * 1000

    rows = []
    for name, url in pages.items():
        reach(url)
        with CaptureQueriesContext(connection) as sent:
            browser.get(url)
        # Opening and closing a transaction is no query.
        asked = [
            one for one in sent if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
        ]
        product, reference, ratio = in_turns(
            lambda url=url: reach(url),  # type: ignore[misc]
            lambda: reach(floor.URL),
            PAGES,
        )
        rows += [
            row(
                "queue",
                name,
                product=product,
                reference=reference,
                reference_name=f"floor page; {size}",
                ratio=ratio,
                runs=PAGES,
                unit="ms",
                limit="at most 2.5",
            ),
            row(
                "queue",
                f"{name}, queries",
                product=len(asked),
                reference=8,
                reference_name="8",
                runs=1,
                unit="queries",
                limit="at most 1",
            ),
        ]
    return rows
