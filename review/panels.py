"""What the officer sees of a review, on the page of the assessment."""

from __future__ import annotations

from assessment.models import Decision
from assessment.panels import Return, ReturnPoint
from review.sections import label_of
from review.selectors import returns_of


def returns_for_officer(decision: Decision) -> list[Return]:
    return [
        Return(
            reviewer=one.reviewer.full_name,
            at=f"{one.at:%Y-%m-%d %H:%M} UTC",
            number=one.version_number,
            reason=one.reason,
            points=[
                ReturnPoint(point.ordinal, point.about, label_of(point.about), point.text)
                for point in one.points.all()
            ],
        )
        for one in returns_of(decision)
    ]
