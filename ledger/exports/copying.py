"""COPY from the database into a file-like object, piece by piece; no row passes through Python.

Pieces are short runs of indexes, each a statement and a transaction of its own: indexes never change, so the whole is
the same as one statement would give, and neither a time limit nor the sealer's watermark is touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from django.db import connection, transaction

PIECE = 20_000
# One document or line a row, as it stands: these two characters occur in no JSON text.
PLAIN = "FORMAT csv, QUOTE e'\\x01', DELIMITER e'\\x02'"
CSV = "FORMAT csv"
# The rows are wanted in order of the index, and each is found by its key: sorting whole entries is what costs. An
# aggregate that wants its few rows in order sorts them itself, else the planner reads all leaves in order for it.
PLANNER = (
    "SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_hashjoin = off;"
    " SET LOCAL enable_mergejoin = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off;"
    " SET LOCAL enable_presorted_aggregate = off"
)


class Sink(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> object: ...


def pieces(first: int, end: int, size: int = PIECE) -> Iterator[tuple[int, int]]:
    """The run `[first, end)` in pieces."""
    for begin in range(first, end, size):
        yield begin, min(begin + size, end)


def copy(select: str, parameters: Mapping[str, Any], sink: Sink, options: str = PLAIN) -> None:
    """Write the rows of one SELECT to `sink`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLANNER)
        statement = cursor.mogrify(select, dict(parameters)).decode()
        cursor.copy_expert(f"COPY ({statement}) TO STDOUT ({options})", sink)
