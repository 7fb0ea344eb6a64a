"""A kept filter by mail: on each working day, how many decisions it lists, for whoever keeps it and asked for it.

Mail leaves the machine: it has the filter in words, a capped count and the filter's address, and no word of a case or a
person; the name of the filter, which is free text, stays here. When the next mail goes is a value of the kept filter's
row: it moves on in the transaction that sends, so that a worker that dies loses nothing. One that dies between sending
and the commit sends once more under the same Message-ID, by which mailboxes know a double.
"""

from __future__ import annotations

import datetime
import logging
import uuid
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Role, User
from accounts.zones import zone_of
from assessment.workdays import add_working_days
from ledger.actors import SYSTEM, Actor
from ledger.clock import now
from ledger.services import NewEntry, append
from review.desk import filters, queue
from review.errors import Refused
from review.events import DigestSent, DigestSet
from review.models import SavedView

log = logging.getLogger(__name__)

MORNING: Final = datetime.time(6)
WORDS: Final = (
    "On working days at 06:00 in your office a mail tells how many decisions it lists; it names nobody. "
    "When there are none, no mail goes."
)
BATCH: Final = 100


def offered(user: User) -> bool:
    """Whether a mail would reach this person."""
    return settings.MAIL_ENABLED and bool(user.email)


def set_daily(*, actor: Actor, user: User, view: uuid.UUID, daily: bool) -> SavedView:
    """Turn the mail of a filter of one's own on or off. `SavedView.DoesNotExist` for another's and for one gone."""
    if daily and not offered(user):
        raise Refused(
            {"mail_on": "No mail would reach you: ask the administrator for a mail address of your account."}
        )
    with transaction.atomic():
        row = SavedView.objects.select_for_update().get(pk=view, user=user)
        if daily != (row.mail_at is not None):
            row.mail_at = next_morning(user.office_id, now()) if daily else None
            row.save(update_fields=["mail_at"])
            append(NewEntry(payload=DigestSet(view=str(row.pk), daily=daily), actor=actor))
    return row


def next_morning(office_id: str, after: datetime.datetime) -> datetime.datetime:
    """The morning of the next working day of an office, in its own zone."""
    zone = zone_of(office_id)
    day = add_working_days(after.astimezone(zone).date(), 1)
    return datetime.datetime.combine(day, MORNING, zone)


def sweep() -> int:
    """Send the mails that are due; how many went. Any number of workers share them, and none waits for another."""
    sent = 0
    for _ in range(BATCH if settings.MAIL_ENABLED else 0):
        try:
            went = _send_next()
        except (OSError, SMTPException) as error:
            # The server is away. What is due stays due for the next sweep.
            log.warning("A digest was not mailed: %s", type(error).__name__)
            break
        if went is None:
            break
        sent += went
    return sent


def _send_next() -> bool | None:
    """Send one that is due, each in a transaction of its own. None where nothing is due, False where nothing went."""
    with transaction.atomic():
        row = (
            SavedView.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("user")
            .filter(mail_at__lte=now(), user__is_active=True, user__role=Role.SUPERVISOR)
            .exclude(user__email="")
            .order_by("mail_at", "id")
            .first()
        )
        if row is None or row.mail_at is None:
            return None
        due = row.mail_at
        row.mail_at = next_morning(row.user.office_id, now())
        row.save(update_fields=["mail_at"])
        chosen = filters.read(QueryDict(row.address))
        counted = queue.count(row.user, chosen)
        if not counted.number:
            return False
        listed = min(counted.number, counted.most)
        payload = DigestSent(view=str(row.pk), listed=listed, more=counted.number > counted.most)
        try:
            with transaction.atomic():
                append(NewEntry(payload=payload, actor=SYSTEM))
                _mail(row, chosen, counted, due).send()
        except SMTPRecipientsRefused:
            # This address alone: the others are not kept waiting for it, and it is tried again tomorrow.
            log.warning("A digest was refused for its address")
            return False
        return True


def _mail(
    row: SavedView, chosen: filters.QueueFilter, counted: queue.Count, due: datetime.datetime
) -> EmailMessage:
    context = {
        "counted": "1 decision" if counted.number == 1 else f"{counted} decisions",
        "words": chosen.words(otherwise="the person you chose"),
        "address": f"{settings.PUBLIC_ADDRESS}{reverse('review:queue')}?{row.address}",
    }
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
    return EmailMessage(
        subject="Totality: a filter that you keep of the review queue",
        body=render_to_string("review/digest.txt", context),
        to=[row.user.email],
        headers={"Message-ID": f"<{row.pk}.{due:%Y%m%d}@{host}>"},
    )
