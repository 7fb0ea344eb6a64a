"""What every benchmark shares: the shape of a figure, rounds in turns, a database of its own."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from functools import lru_cache
from typing import TypedDict


class Row(TypedDict):
    """One figure. `ratio` is product over reference, as `performance` states its limit; `limit` says it in words."""

    name: str
    metric: str
    product: float
    reference: float
    reference_name: str
    ratio: float
    runs: int
    unit: str
    limit: str


def row(
    name: str,
    metric: str,
    *,
    product: float,
    reference: float,
    reference_name: str,
    runs: int,
    unit: str,
    limit: str,
    ratio: float | None = None,
) -> Row:
    """A figure; the ratio is that of the two values unless the median of the rounds' own ratios is given."""
    found = ratio if ratio is not None else (product / reference if reference else 0.0)
    return Row(
        name=name,
        metric=metric,
        product=round(product, 4),
        reference=round(reference, 4),
        reference_name=reference_name,
        ratio=round(found, 3),
        runs=runs,
        unit=unit,
        limit=limit,
    )


def seconds(do: Callable[[], object], times: int = 1) -> float:
    """Seconds for one call of `do`, as the mean of `times` calls in a row."""
    began = time.perf_counter()
    for _ in range(times):
        do()
    return (time.perf_counter() - began) / times


def in_turns(
    product: Callable[[], float], reference: Callable[[], float], rounds: int
) -> tuple[float, float, float]:
    """Medians of product and reference and of the rounds' ratios; who goes first changes with every round."""
    pairs = []
    for index in range(rounds):
        if index % 2:
            second, first = reference(), product()
            pairs.append((first, second))
        else:
            pairs.append((product(), reference()))
    return (
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
        statistics.median(pair[0] / pair[1] for pair in pairs if pair[1]),
    )


@lru_cache(maxsize=1)
def database() -> str:
    """Set Django up and point it at an empty, migrated database of this run; returns its name.

    It is dropped when the process ends. Needs DATABASE_URL and DATABASE_OWNER_URL, as `make bench` sets them.
    """
    import atexit

    import django

    django.setup()

    from tests.support.database import create_test_database, drop_test_database

    # Two runs side by side do not drop each other's.
    name = create_test_database(f"bench{os.getpid()}")
    atexit.register(drop_test_database, name)
    return name
