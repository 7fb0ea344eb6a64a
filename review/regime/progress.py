"""How far full review has come in each office, and what was drawn: counts of decisions, of no person.

An office stands in the order of its name, so that nothing here is a ranking.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q

from accounts.models import UNASSIGNED, Office
from assessment import workflow
from policy.editions import Edition
from review.models import Review, Selection
from review.regime.stages import Stage, stage_of


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office on a day. `days` and `day` are of its time of full review: `day` 90 of `days` 90 is the last."""

    office: str
    stage: Stage
    day: int
    days: int
    words: str
    signed: int
    drawn: int
    reviewed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the picture, in its own units: how much of the time of full review is over."""

    label: str
    y: int
    width: int
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    bars: list[Bar]
    height: int
    x: int
    full: int


Counts = dict[str, int]


def progress(edition: Edition, day: datetime.date) -> list[OfficeLine]:
    """Every office that decides, by name. Counts are of versions drawn under this edition."""
    reviewed = Review.objects.filter(decision=OuterRef("decision"), version_number=OuterRef("version_number"))
    counts: dict[str, Counts] = {
        row["decision__office"]: {name: row[name] for name in ("signed", "drawn", "reviewed", "waiting")}
        for row in Selection.objects.filter(edition_key=edition.key)
        .annotate(was_reviewed=Exists(reviewed))
        .values("decision__office")
        .annotate(
            signed=Count("id"),
            drawn=Count("id", filter=Q(selected=True)),
            reviewed=Count("id", filter=Q(was_reviewed=True)),
            waiting=Count(
                "id",
                filter=Q(decision__state__in=workflow.IN_REVIEW, version_number=F("decision__signed_number")),
            ),
        )
        .order_by("decision__office")
    }
    offices = (
        Office.objects.exclude(pk=UNASSIGNED).filter(users__role="officer").distinct().order_by("name", "key")
    )
    return [_line(office, edition, day, counts.get(office.pk, {})) for office in offices]


def _line(office: Office, edition: Edition, day: datetime.date, counts: Counts) -> OfficeLine:
    stage = stage_of(edition, office.pk, day)
    days = (stage.until - stage.since).days if stage.full and stage.since and stage.until else 0
    number = (day - stage.since).days + 1 if stage.full and stage.since else 0
    if not stage.full:
        words = f"A sample of {stage.per_thousand} of a thousand, and the triggers"
    elif days:
        words = f"Everything, day {number} of {days}"
    else:
        words = "Everything, until further notice"
    return OfficeLine(
        office=office.name,
        stage=stage,
        day=number,
        days=days,
        words=words,
        signed=counts.get("signed", 0),
        drawn=counts.get("drawn", 0),
        reviewed=counts.get("reviewed", 0),
        waiting=counts.get("waiting", 0),
    )


LABEL_WIDTH, FULL_WIDTH, LINE = 200, 360, 30


def picture(lines: list[OfficeLine]) -> Picture:
    """The same as bars: empty on the first day, full after the last, and full where only the sample is left."""
    bars = []
    for place, line in enumerate(lines):
        over = 1.0 if not line.stage.full else (line.day / line.days if line.days else 0.0)
        bars.append(Bar(line.office, place * LINE + 8, round(min(over, 1.0) * FULL_WIDTH), line.words))
    return Picture(bars, len(lines) * LINE + 8, LABEL_WIDTH, FULL_WIDTH)
