"""Small cells: which counts of a table are not told, so that no person is recognised in it.

A count of 1 to 9 is not told, nor is one whose remainder to its whole is. Nor may a total give a hidden cell away:
while the hidden cells of a column are fewer than two or come to fewer than ten together, the next smallest cell is
hidden too, and where none is left, the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SMALLEST: Final = 10
NOT_TOLD: Final = "fewer than 10, or not told"


def is_small(count: int) -> bool:
    return 0 < count < SMALLEST


@dataclass(frozen=True, slots=True)
class Column:
    """One column of counts, one cell a line; None is a cell that is not told."""

    cells: list[int | None]
    total: int | None


def told(counts: Sequence[int], wholes: Sequence[int] | None = None) -> Column:
    """The column as it may be told. `wholes` are the counts that these are parts of, line by line."""
    remainders = [whole - count for count, whole in zip(counts, wholes, strict=True)] if wholes else []
    hidden = {place for place, count in enumerate(counts) if is_small(count)}
    hidden |= {place for place, rest in enumerate(remainders) if is_small(rest)}
    total = sum(counts)
    may_tell = not is_small(total) and not (wholes and is_small(sum(wholes) - total))
    # A remainder can be taken from the wholes' totals just as a count can from its own.
    columns = [counts, remainders] if wholes else [counts]
    while hidden and may_tell and any(_gives_away([one[place] for place in hidden]) for one in columns):
        rest = [place for place in range(len(counts)) if place not in hidden and counts[place]]
        if rest:
            hidden.add(min(rest, key=lambda place: (counts[place], place)))
        else:
            may_tell = False
    cells = [None if place in hidden else count for place, count in enumerate(counts)]
    return Column(cells, total if may_tell else None)


def _gives_away(hidden: Sequence[int]) -> bool:
    """Whether subtracting the told cells from the total says too much about these."""
    return len(hidden) < 2 or 0 < sum(hidden) < SMALLEST
