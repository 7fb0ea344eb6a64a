"""Reading an edition, and looking a day up in the calendar, against their absolute limits.

The reference is the limit itself in milliseconds: the ratio says how much of it is used. An edition is read from
its files anew each time, with both digests; a look-up goes through what pages use, with the calendar in the process.
"""

from __future__ import annotations

import datetime
import statistics

from benchmarks.base import Row, database, row, seconds

ROUNDS = 11
EDITION_MS, DAY_MS = 200.0, 1.0


def results() -> list[Row]:
    database()
    return [_edition(), _day()]


def _edition() -> Row:
    from policy.editions import FOLDER, available, load_folder

    def read(key: str) -> None:
        edition = load_folder(FOLDER / key)
        assert edition.rules_digest
        assert edition.content_digest

    slowest = {
        key: statistics.median(seconds(lambda key=key: read(key)) for _ in range(ROUNDS))  # type: ignore[misc]
        for key in available()
    }
    key = max(slowest, key=lambda one: slowest[one])
    return row(
        "policy",
        f"read an edition with digests, the slowest ({key})",
        product=slowest[key] * 1000,
        reference=EDITION_MS,
        reference_name="absolute limit",
        runs=ROUNDS,
        unit="ms",
        limit="under 200 ms",
    )


def _day() -> Row:
    from policy.selectors import standing

    days = [datetime.date(2014, 1, 1) + datetime.timedelta(days=17 * step) for step in range(250)]
    standing(days[0])
    measured = [seconds(lambda: [standing(day) for day in days]) / len(days) for _ in range(ROUNDS)]
    return row(
        "policy",
        "what was in force on a day",
        product=statistics.median(measured) * 1000,
        reference=DAY_MS,
        reference_name="absolute limit",
        runs=ROUNDS,
        unit="ms",
        limit="under 1 ms",
    )
