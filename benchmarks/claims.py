"""Taking the next decision of one office's queue: 32 supervisors at once against one, and nobody takes one twice.

Each supervisor is a process of its own and takes by the product's own verb, with its entry, again and again.
BENCH_CLAIMS gives how many are taken in all (2,000). BENCH_DATABASE names a database that `seed_demo` filled already:
it is used instead of one made here, and what was claimed stays claimed.
"""

from __future__ import annotations

import os
import statistics

from benchmarks.base import Row, database, row
from benchmarks.ledger_append import Crowd
from benchmarks.support.claiming import OFFICE, serve

# Forty in a hundred wait, nine in a hundred of those in the largest office.
SIZE = (150_000, 200_000)
CROWD = 32
ROUNDS = 9
SECONDS = 1.0
CLAIMS = int(os.environ.get("BENCH_CLAIMS", "2000"))


def results() -> list[Row]:
    database()
    from benchmarks.support.filled import database_with

    with database_with(*SIZE) as name:
        return _measured(name)


def _measured(name: str) -> list[Row]:
    from django.db import connection

    from ledger.models import Entry

    claimed = Entry.objects.filter(event="review.decision.claimed", actor_office=OFFICE)
    before = claimed.count()
    connection.close()
    crowd = Crowd({"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1"}, serve, name, most=CROWD)
    try:
        crowd.round("claim", CROWD, SECONDS)
        pairs = []
        for number in range(ROUNDS):
            sides = (CROWD, 1) if number % 2 else (1, CROWD)
            rates = {side: crowd.round("claim", side, SECONDS) for side in sides}
            pairs.append((rates[CROWD], rates[1]))
        # The rest of the claims asked for, by all at once.
        while claimed.count() - before < CLAIMS and crowd.round("claim", CROWD, 10 * SECONDS):
            connection.close()
    finally:
        crowd.end()
    taken = claimed.count() - before
    doubled = taken - len(set(claimed.order_by("-id").values_list("decision_id", flat=True)[:taken]))
    connection.close()
    return [
        row(
            "claims",
            f"claims a second, {CROWD} supervisors of one office at once",
            product=statistics.median(many for many, _ in pairs),
            reference=statistics.median(one for _, one in pairs),
            reference_name="one supervisor",
            ratio=statistics.median(many / one for many, one in pairs if one),
            runs=ROUNDS,
            unit="1/s",
            limit="at least 1",
        ),
        row(
            "claims",
            "decisions taken twice",
            product=doubled,
            reference=taken,
            reference_name="claims",
            runs=1,
            unit="claims",
            limit="0",
        ),
    ]
