"""Reads of cover: who covers when, what waits for whoever covers now, and what was taken so."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from accounts.models import Role, User
from accounts.zones import judged_in, told, zone_of
from assessment import workflow
from assessment.carried_codes import APPROVED_ORALLY
from assessment.models import Decision
from assessment.panels import Line
from review.cover.models import Cover, CoverTaken
from review.desk.beside import there_is

SHOWN = 50


def could_cover(office: str) -> list[User]:
    """Active supervisors of other offices, by office and name."""
    people = User.objects.filter(role=Role.SUPERVISOR, is_active=True).exclude(
        office__in=[office, "unassigned"]
    )
    return list(people.order_by("office__name", "full_name", "id"))


def covers_of(office: str) -> list[Cover]:
    """Covers of an office that last or begin later, by their beginning."""
    moment = judged_in(zone_of(office))
    rows = Cover.objects.filter(office=office, ends__gt=moment, ended_at__isnull=True)
    return list(rows.select_related("person", "office").order_by("starts", "id"))


def active_for(user: User) -> list[Cover]:
    """The covers under which this supervisor may take decisions at this moment."""
    rows = Cover.objects.filter(person=user, ended_at__isnull=True).select_related("office")
    return [one for one in rows.order_by("starts", "id") if one.starts <= _moment(one) < one.ends]


def _moment(cover: Cover) -> datetime.datetime:
    return judged_in(zone_of(cover.office_id))


def coverable(user: User, offices: list[str]) -> QuerySet[Decision]:
    """Urgent decisions of these offices that wait and that this supervisor had no part in."""
    part = Q(signed_by=user) | Q(created_by=user) | Q(escalated_by=user)
    return (
        Decision.objects.filter(
            office__in=offices,
            state__in=sorted(workflow.WAITING),
            case__restricted=False,
            signed_number__gt=0,
        )
        .exclude(urgency="")
        # What was approved orally is confirmed by who said so.
        .exclude(notices__contains=[APPROVED_ORALLY])
        .exclude(part)
    )


def waiting_for(user: User, covers: list[Cover]) -> list[Decision]:
    """What whoever covers may take now, by due date and time waited."""
    if not covers:
        return []
    rows = coverable(user, [one.office_id for one in covers])
    return list(rows.select_related("case__person", "office").order_by("due_on", "id")[:SHOWN])


def hours(cover: Cover) -> str:
    """From when to when, in the time of the covered office."""
    zone = zone_of(cover.office_id)
    return f"from {told(cover.starts, zone)} to {told(cover.ends, zone)}"


def lines(user: User, decision: Decision) -> list[Line]:
    """That a version was taken as cover, in words, wherever the decision is shown."""
    # Whoever took it so was given it; nothing is asked about any other.
    if decision.assigned_to_id is None or not there_is(decision, "covers"):
        return []
    rows = CoverTaken.objects.filter(decision=decision).select_related(
        "taken_by__office", "cover__recorded_by", "cover__office"
    )
    return [
        Line(
            "Taken as cover",
            f"{one.taken_by.full_name} ({one.taken_by.office.name}) took version {one.version_number} on "
            f"{one.at:%Y-%m-%d %H:%M} UTC, covering {one.cover.office.name} {hours(one.cover)}, as set by "
            f"{one.cover.recorded_by.full_name}.",
        )
        for one in rows.order_by("id")
    ]
