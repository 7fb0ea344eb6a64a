"""How much is reviewed on a day: the edition's first days, times of full review of an office, and the sample after."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q

from policy.editions import Edition
from review.regime.models import FullReview


@dataclass(frozen=True, slots=True)
class Stage:
    """`until` is exclusive; None where no end is known. `since` is the first day of a time of full review."""

    full: bool
    per_thousand: int
    since: datetime.date | None
    until: datetime.date | None


def stage_of(edition: Edition, office_id: str, day: datetime.date) -> Stage:
    """What holds for a decision that is signed in this office on this day."""
    regime = edition.review_regime
    ordered = (
        FullReview.objects.filter(Q(ends__isnull=True) | Q(ends__gt=day), office=office_id, starts__lte=day)
        .order_by("starts")
        .first()
    )
    if ordered is not None:
        return Stage(True, regime.full_per_thousand, ordered.starts, ordered.ends)
    stage = regime.stage(day)
    if stage.rigorous:
        return Stage(True, stage.per_thousand, regime.starts, stage.until)
    return Stage(False, stage.per_thousand, None, None)
