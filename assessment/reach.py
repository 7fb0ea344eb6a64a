"""Open drafts that a change of the calendar reaches: by name for who may see them, counted for the policy managers.

A draft is reached when the footing that its author knows is not the one of today: the same question that the rule
`reaffirmed_after_change` asks when it is signed.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db.models import Count, QuerySet

from accounts.models import User
from assessment import workflow
from assessment.models import Decision
from cases.selectors import visible_cases
from ledger.clock import policy_date
from policy import calendar_store, contents
from policy.calendar import Calendar
from policy.calendar_changes.reach import Reached, register
from policy.calendar_file import seed
from policy.footing import Footing, footing_of, kept
from policy.standing import standing_in

MOST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class MovedDrafts:
    """Drafts that a person may see and whose author has to re-affirm, oldest first; `total` counts all of them."""

    drafts: list[Decision]
    total: int


def footing_under(calendar: Calendar, decision_type: str, begun_with: str) -> Footing:
    """The footing of today for a draft of an assessment that began with an edition, by a calendar only thought of."""
    today = standing_in(calendar, seed(), policy_date(), decision_type)
    key = today.edition_key
    return footing_of(today, contents.in_force(key if key and contents.activated(key) else begun_with))


def counted(calendar: Calendar) -> list[Reached]:
    """Offices with open drafts. One query: drafts of one type on one footing are judged together."""
    rows = list(
        _open()
        .values("office__name", "type", "assessment__edition_key", "footing")
        .annotate(number=Count("id"))
        .order_by("office__name")
    )
    drafts: dict[str, int] = defaultdict(int)
    reached: dict[str, int] = defaultdict(int)
    for row in rows:
        drafts[row["office__name"]] += row["number"]
    for waiting in _moved(rows, calendar):
        reached[waiting["office__name"]] += waiting["number"]
    return [Reached(office, open=number, reached=reached[office]) for office, number in drafts.items()]


def _open() -> QuerySet[Decision]:
    return Decision.objects.filter(state__in=workflow.EDITABLE)


def _moved(rows: Iterable[Mapping[str, Any]], calendar: Calendar) -> list[Mapping[str, Any]]:
    """Those drafts whose kept footing is not the one that the calendar gives today."""

    @lru_cache(maxsize=256)
    def mark(decision_type: str, begun_with: str) -> str:
        return footing_under(calendar, decision_type, begun_with).mark

    found = []
    for row in rows:
        affirmed = kept(row["footing"])
        if affirmed is not None and affirmed.mark != mark(row["type"], row["assessment__edition_key"]):
            found.append(row)
    return found


def moved_drafts(user: User) -> MovedDrafts:
    """Open drafts of the person's office, on cases that the person may see, under which the guidance moved."""
    seen = _open().filter(office=user.office_id, case__in=visible_cases(user)).order_by("id")
    rows = seen.values("id", "type", "assessment__edition_key", "footing")
    ids: list[uuid.UUID] = [row["id"] for row in _moved(rows, calendar_store.calendar())]
    found = (
        Decision.objects.filter(pk__in=ids[:MOST_SHOWN])
        .select_related("case__person", "created_by", "assessment")
        .order_by("id")
    )
    return MovedDrafts(list(found), len(ids))


def register_count() -> None:
    """Let the pages of the calendar ask; called once, when the room starts."""
    register(counted)
