"""Small cells: what is not told, and that no total gives it away."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oversight import cells


@pytest.mark.parametrize(
    ("counts", "told", "total"),
    [
        ([], [], 0),
        ([0, 0], [0, 0], 0),
        ([10, 200], [10, 200], 210),
        ([9, 200, 40], [None, 200, None], 249),
        ([3, 4, 200, 40], [None, None, 200, None], 247),
        ([6, 7, 200], [None, None, 200], 213),
        ([9, 0], [None, 0], None),
        ([9, 200], [None, None], 209),
        ([9], [None], None),
    ],
)
def test_small_counts_and_the_next_smallest(
    counts: Sequence[int], told: Sequence[int | None], total: int | None
) -> None:
    found = cells.told(counts)
    assert found.cells == list(told)
    assert found.total == total


def test_a_small_remainder_is_not_told_either() -> None:
    """Of a hundred, 97 are told only if nobody can subtract."""
    assert cells.told([97, 40, 500], [100, 80, 1000]).cells == [None, None, 500]


@given(some.lists(some.tuples(some.integers(0, 60), some.integers(0, 60)), max_size=6))
def test_nothing_small_is_told_and_nothing_can_be_subtracted(pairs: list[tuple[int, int]]) -> None:
    parts = [part for part, _ in pairs]
    wholes = [part + rest for part, rest in pairs]
    found = cells.told(parts, wholes)
    assert not any(
        cell is not None and (cells.is_small(cell) or cells.is_small(whole - cell))
        for cell, whole in zip(found.cells, wholes, strict=True)
    )
    hidden = [place for place, cell in enumerate(found.cells) if cell is None]
    if found.total is not None and hidden:
        assert len(hidden) > 1
        for column in (parts, [whole - part for part, whole in zip(parts, wholes, strict=True)]):
            assert not cells.is_small(sum(column[place] for place in hidden))
