"""What became of contests of the text guard: how many of each category were upheld, refused, or wait.

The figures tell where the guard stops ordinary texts. Small cells are not told (`oversight.cells`), for a contest is of
somebody's case.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from cases.models import ContestCategory, ContestState, TextContest
from oversight.cells import NOT_TOLD, told

TEMPLATE = "oversight/_contests.html"


@dataclass(frozen=True, slots=True)
class Line:
    """One category: its name, and a count for each ruling; None is not told."""

    name: str
    counts: tuple[int | None, ...]


def panel() -> dict[str, Any]:
    """The table of the panel. One query."""
    counted: Counter[tuple[str, str]] = Counter(
        {
            (category, state): number
            for category, state, number in TextContest.objects.order_by()
            .values_list("category", "state")
            .annotate(number=Count("id"))
        }
    )
    columns = [
        told([counted[category, state] for category in ContestCategory.values])
        for state in ContestState.values
    ]
    lines = [
        Line(label, tuple(column.cells[place] for column in columns))
        for place, label in enumerate(ContestCategory.labels)
    ]
    return {
        "rulings": ContestState.labels,
        "lines": lines,
        "totals": tuple(column.total for column in columns),
        "not_told": NOT_TOLD,
        "any": bool(counted),
    }
