"""What supervisors learn of their own reviews, and what an auditor learns of an office's: no person is ranked.

Own figures are shown to nobody else. Of an office, a figure is told only when it comes from at least ten reviews by
at least three supervisors, none of whom made more than four in five of them; the share of approvals is hidden too
when all but a few went one way. The next level is the auditor: accounts know no other, and no supervisor sees
another's. Time on page runs from the first opening of the decision on that day to the verdict, both as the log
tells them.
"""

from __future__ import annotations

import datetime
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from accounts.models import Office, User
from ledger.clock import now
from review.models import ReturnPoint, Verdict
from review.sections import label_of

DAYS = 90
SMALLEST = 10
FEWEST_PEOPLE = 3
# Of five; whoever makes more than that is read off the figure of the office.
MOST_OF_ONE = 4
NOT_TOLD = (
    "not told: it comes from fewer than 10 reviews, from fewer than 3 supervisors, or nearly all from one"
)
COUNTED = 2000
LONGEST = datetime.timedelta(hours=12)
REVIEWS = """
    SELECT r.id, r.verdict, r.reviewer_id, r.at, (
        SELECT min(e.at) FROM ledger_entry e
        WHERE e.decision_id = r.decision_id AND e.event = 'review.decision.opened'
            AND e.actor_id = r.reviewer_id::text AND e.at BETWEEN r.at - %(longest)s AND r.at
    )
    FROM review_review r JOIN accounts_user u ON u.id = r.reviewer_id
    WHERE r.at >= %(since)s AND {whose}
    ORDER BY r.at DESC, r.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of reviews in words, so that none is more exact than it may be. `points` are sections and counts."""

    reviews: str
    approved: str
    minutes: str
    points: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _Review:
    id: object
    verdict: str
    reviewer: object
    took: datetime.timedelta | None


def own_figures(user: User) -> Figures:
    """The supervisor's own reviews of the last days, for themselves. Two queries."""
    found = _reviews("r.reviewer_id = %(whose)s", str(user.pk))
    return _figures(found, exact=True)


def office_figures(office: Office) -> Figures:
    """An office's reviews of the last days, nobody named; what is small is not told. Two queries."""
    return _figures(_reviews("u.office_id = %(whose)s", office.pk), exact=False)


def _reviews(whose: str, value: str) -> list[_Review]:
    given: dict[str, Any] = {
        "since": now() - datetime.timedelta(days=DAYS),
        "longest": LONGEST,
        "most": COUNTED,
        "whose": value,
    }
    with connection.cursor() as cursor:
        cursor.execute(REVIEWS.format(whose=whose), given)
        return [
            _Review(key, verdict, reviewer, at - opened if opened else None)
            for key, verdict, reviewer, at, opened in cursor.fetchall()
        ]


def _figures(found: Sequence[_Review], *, exact: bool) -> Figures:
    number = len(found)
    by_person = Counter(one.reviewer for one in found)
    small = (
        number < SMALLEST
        or len(by_person) < FEWEST_PEOPLE
        or 5 * max(by_person.values()) > MOST_OF_ONE * number
    )
    if not exact and small:
        return Figures(NOT_TOLD if number else "none", NOT_TOLD, NOT_TOLD, [])
    approved = sum(one.verdict == Verdict.APPROVED for one in found)
    one_way = min(approved, number - approved)
    took = [one.took.total_seconds() / 60 for one in found if one.took is not None]
    share = f"{approved} of {number}" if exact else f"{round(100 * approved / number)} of 100"
    if not exact and 0 < one_way < SMALLEST:
        share = NOT_TOLD
    return Figures(
        reviews=str(number) if number < COUNTED else f"the latest {COUNTED:,}",
        approved=share if number else "none yet",
        minutes=_minutes(took, exact=exact),
        points=_points(found, exact=exact),
    )


def _minutes(took: Sequence[float], *, exact: bool) -> str:
    if not took:
        return "not known yet"
    if not exact and len(took) < SMALLEST:
        return NOT_TOLD
    middle = statistics.median(took)
    return "less than a minute" if middle < 1 else f"{round(middle)} minutes" if middle >= 1.5 else "1 minute"


def _points(found: Sequence[_Review], *, exact: bool) -> list[tuple[str, int]]:
    """What returns were about, by section; an office's rare ones are left out."""
    abouts = ReturnPoint.objects.filter(review__in=[one.id for one in found]).values_list("about", flat=True)
    counted = Counter(label_of(about) or "The whole" for about in abouts)
    return [(label, number) for label, number in sorted(counted.items()) if exact or number >= SMALLEST]
