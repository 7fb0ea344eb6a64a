"""The time zone of an office: what people there call two in the afternoon.

Moments are kept and exported in UTC. The zone is for asking and telling; an office without one reads UTC.
"""

from __future__ import annotations

import datetime
import zoneinfo

from django.db import transaction

from accounts.events import OfficeZoneSet
from accounts.models import Office, OfficeZone
from ledger.actors import Actor
from ledger.clock import now, policy_date
from ledger.services import NewEntry, append

UTC = zoneinfo.ZoneInfo("UTC")


def set_zone(*, actor: Actor, office: Office, zone: str) -> OfficeZone:
    """Record an office's zone. Raises ValueError for a name that the time zone database does not hold."""
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"There is no time zone '{zone}'. Write one such as America/Denver.") from error
    with transaction.atomic():
        row = OfficeZone.objects.create(office=office, zone=zone, recorded_at=now())
        append(NewEntry(payload=OfficeZoneSet(office=office.pk, zone=zone), actor=actor))
    return row


def zone_of(office_id: str) -> zoneinfo.ZoneInfo:
    """The zone that counts for an office. One query."""
    found = OfficeZone.objects.filter(office=office_id).order_by("-id").values_list("zone", flat=True).first()
    return zoneinfo.ZoneInfo(found) if found else UTC


def local_moment(
    day: datetime.date, time: datetime.time, zone: zoneinfo.ZoneInfo
) -> datetime.datetime | None:
    """The moment that the clock of a zone shows; None for one that it skips when daylight time begins.

    An hour that it shows twice when daylight time ends is read as the first of the two.
    """
    moment = datetime.datetime.combine(day, time, zone)
    again = moment.astimezone(datetime.UTC).astimezone(zone)
    return moment if again.replace(tzinfo=None) == moment.replace(tzinfo=None) else None


def judged_in(zone: datetime.tzinfo) -> datetime.datetime:
    """Now, on the day by which policy is judged: with a practice date, at the office's true time of day."""
    moment = now()
    if policy_date() == moment.date():
        return moment
    return datetime.datetime.combine(policy_date(), moment.astimezone(zone).time(), zone)


def told(moment: datetime.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """A moment in the office's time with the zone's letters, and in UTC where that differs."""
    utc = moment.astimezone(datetime.UTC)
    local = moment.astimezone(zone)
    if local.utcoffset() == datetime.timedelta(0):
        return f"{utc:%Y-%m-%d %H:%M} UTC"
    return f"{local:%Y-%m-%d %H:%M} {local:%Z} ({utc:%Y-%m-%d %H:%M} UTC)"
