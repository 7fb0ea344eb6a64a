"""Open drafts that a change of the calendar reaches, counted by office for the policy managers, who see no case.

A draft is reached when the footing that its author knows is not the one of today: the same question that the rule
`reaffirmed_after_change` asks when it is signed.
"""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count

from assessment import workflow
from assessment.models import Decision
from ledger.clock import policy_date
from policy import contents
from policy.calendar import Calendar
from policy.calendar_changes.reach import Reached, register
from policy.calendar_file import seed
from policy.footing import Footing, footing_of, kept
from policy.standing import standing_in


def footing_under(calendar: Calendar, decision_type: str, begun_with: str) -> Footing:
    """The footing of today for a draft of an assessment that began with an edition, by a calendar only thought of."""
    today = standing_in(calendar, seed(), policy_date(), decision_type)
    key = today.edition_key
    return footing_of(today, contents.in_force(key if key and contents.activated(key) else begun_with))


def counted(calendar: Calendar) -> list[Reached]:
    """Offices with open drafts. One query: drafts of one type on one footing are judged together."""
    rows = (
        Decision.objects.filter(state__in=workflow.EDITABLE)
        .values("office__name", "type", "assessment__edition_key", "footing")
        .annotate(number=Count("id"))
        .order_by("office__name")
    )
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        affirmed = kept(row["footing"])
        today = footing_under(calendar, row["type"], row["assessment__edition_key"])
        total = totals[row["office__name"]]
        total[0] += row["number"]
        if affirmed is not None and not affirmed.same_ground(today):
            total[1] += row["number"]
    return [Reached(office, open=total[0], reached=total[1]) for office, total in totals.items()]


def register_count() -> None:
    """Let the pages of the calendar ask; called once, when the room starts."""
    register(counted)
