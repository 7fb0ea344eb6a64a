"""The dated facts of a case in order of time: a picture, and the same as rows.

An uncertain date is drawn as long as its interval, so that nobody reads more into it than the source says.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from cases.selectors.views import EncounterView, FactView
from ledger.clock import policy_date

LEFT, WIDTH, ROW, TOP = 210, 700, 22, 30
MOST = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """One dated fact: its row of the table, and where it is drawn."""

    on: str
    label: str
    words: str
    x1: float
    x2: float
    y: int


@dataclass(frozen=True, slots=True)
class Tick:
    year: int
    x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """At most 40 marks, the latest ones, with their axis. Empty without dated facts."""

    rows: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    day_x: float
    height: int
    left_out: int


def marks(encounters: Sequence[EncounterView], facts: Sequence[FactView]) -> Timeline:
    """The timeline of what is given; asks for nothing more."""
    dated = [(view.on, view) for view in [*(one.fact for one in encounters), *facts] if view.on is not None]
    dated.sort(key=lambda pair: (pair[0].earliest, pair[0].latest, pair[1].ref))
    left_out, dated = max(0, len(dated) - MOST), dated[-MOST:]
    if not dated:
        return Timeline((), (), 0, 0, 0)
    day = policy_date()
    first = datetime.date(min(when.earliest for when, _ in dated).year, 1, 1)
    last = max(day, *(when.latest for when, _ in dated))
    span = max(365, (last - first).days)

    def x(moment: datetime.date) -> float:
        return round(LEFT + WIDTH * (moment - first).days / span, 1)

    rows = tuple(
        Mark(str(when), view.label, view.summary, x(when.earliest), x(when.latest), TOP + ROW * place)
        for place, (when, view) in enumerate(dated)
    )
    step = max(1, (last.year - first.year) // 8)
    years = range(first.year, last.year + 1, step)
    ticks = tuple(Tick(year, x(datetime.date(year, 1, 1))) for year in years)
    return Timeline(rows, ticks, x(day), TOP + ROW * len(rows) + 12, left_out)
