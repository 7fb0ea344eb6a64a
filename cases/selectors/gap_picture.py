"""The gap map as a picture: one line a kind of record, one column a state; the table beside it says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cases.selectors.views import GapRow

LABEL, CELL, ROW, TOP = 330, 130, 26, 34
STATES = (
    ("obtained", "Obtained"),
    ("requested", "Requested"),
    ("open", "To be requested"),
    ("unavailable", "Could not be had"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A state that a kind of record has: where it is drawn, and how many requests stand there."""

    state: str
    x: int
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    y: int
    cells: tuple[Cell, ...]
    not_looked_for: bool


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    x: int


@dataclass(frozen=True, slots=True)
class GapPicture:
    """`x1` to `x2` is where a dashed line stands for a record that nobody looked for."""

    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    width: int
    height: int
    x1: int
    x2: int
    words: str


def picture(gaps: Sequence[GapRow]) -> GapPicture:
    """Positions for the drawing, and in `words` what it shows."""
    lines = tuple(
        Line(
            row.label if len(row.label) <= 44 else f"{row.label[:43]}…",
            TOP + ROW * place,
            tuple(
                Cell(state, LABEL + CELL * column, count)
                for column, (state, _) in enumerate(STATES)
                if (count := getattr(row, state))
            ),
            row.not_looked_for,
        )
        for place, row in enumerate(gaps)
    )
    return GapPicture(
        lines=lines,
        columns=tuple(Column(label, LABEL + CELL * place) for place, (_, label) in enumerate(STATES)),
        width=LABEL + CELL * len(STATES),
        height=TOP + ROW * len(lines) + 6,
        x1=LABEL,
        x2=LABEL + CELL * len(STATES) - 20,
        words=_words(gaps),
    )


def _words(gaps: Sequence[GapRow]) -> str:
    parts = []
    for state, label in STATES:
        if named := [row.label for row in gaps if getattr(row, state)]:
            parts.append(f"{label}: {', '.join(named)}.")
    if missing := [row.label for row in gaps if row.not_looked_for]:
        parts.append(f"Nobody looked for: {', '.join(missing)}.")
    return " ".join(parts)
