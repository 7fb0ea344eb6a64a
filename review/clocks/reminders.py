"""Verbs of the clocks: plan the reminders of a signed version, sweep what is due, mark as seen."""

from __future__ import annotations

import datetime
import logging
import uuid
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import Role, User
from assessment import workflow
from assessment.models import Decision
from assessment.workdays import add_working_days
from ledger.actors import SYSTEM
from ledger.clock import now, policy_date
from ledger.services import NewEntry, append
from review.clocks.models import Notification, Pause, Reminder, ReminderKind
from review.events import ReminderSent

log = logging.getLogger(__name__)

# A worker that took a reminder and is silent for so long is taken for dead.
TAKEN_FOR: Final = datetime.timedelta(minutes=5)
BATCH: Final = 100
DAY_BEGINS: Final = datetime.time(tzinfo=datetime.UTC)
# Working days after the due date.
AFTER: Final = {ReminderKind.DUE: 0, ReminderKind.OVERDUE: 1, ReminderKind.ESCALATED: 2}


def plan(decision: Decision) -> None:
    """The reminders of a version that waits for its review, in the transaction of its signature."""
    if decision.due_on is None:
        return
    Reminder.objects.bulk_create(
        [
            Reminder(
                decision=decision,
                version_number=decision.signed_number,
                kind=kind,
                due_at=due_at(decision.due_on, kind),
            )
            for kind in ReminderKind
        ],
        ignore_conflicts=True,
    )


def follow(decision: Decision) -> None:
    """Reminders that wait are due by the decision's new date."""
    if decision.due_on is None:
        return
    for row in decision.reminders.filter(version_number=decision.signed_number, done_at__isnull=True):
        row.due_at = due_at(decision.due_on, row.kind)
        row.save(update_fields=["due_at"])


def due_at(due_on: datetime.date, kind: str) -> datetime.datetime:
    """When a reminder of this kind is sent for a review that is due on a day: from its first minute, UTC."""
    return datetime.datetime.combine(add_working_days(due_on, AFTER[ReminderKind(kind)]), DAY_BEGINS)


def judged_now() -> datetime.datetime:
    """The day on which policy is judged, at the true time of day: with a practice date, time stands still by days."""
    return datetime.datetime.combine(policy_date(), now().timetz())


def sweep() -> int:
    """Send what is due; how many reminders were finished. Any number of workers share the work, none waits."""
    taken = _take()
    done = sum(_finish(one) for one in taken)
    _mail_waiting()
    return done


def _take() -> list[uuid.UUID]:
    """Mark due reminders as taken, committed before anything is sent, so that attempts are counted."""
    with transaction.atomic():
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now() - TAKEN_FOR)
        # Of a paused clock nothing is sent; its reminders wait where they are until it runs again.
        paused = Pause.objects.filter(decision=OuterRef("decision"), ended_at__isnull=True)
        rows = list(
            Reminder.objects.select_for_update(skip_locked=True)
            .filter(free, ~Exists(paused), done_at__isnull=True, due_at__lte=judged_now())
            .order_by("due_at", "id")[:BATCH]
        )
        for row in rows:
            row.claimed_at = now()
            row.attempts += 1
        Reminder.objects.bulk_update(rows, ["claimed_at", "attempts"])
    return [row.pk for row in rows]


def _finish(reminder_id: uuid.UUID) -> bool:
    """Tell whom it concerns, once. A date that moved is waited for; a review that is over needs no reminder."""
    with transaction.atomic():
        row = (
            Reminder.objects.select_for_update(of=("self",))
            .select_related("decision__office")
            .get(pk=reminder_id)
        )
        if row.done_at is not None:
            return False
        decision = row.decision
        over = decision.state not in workflow.IN_REVIEW or decision.signed_number != row.version_number
        if not over and decision.pauses.filter(ended_at__isnull=True).exists():
            # Paused after it was taken by the sweep.
            row.claimed_at = None
            row.save(update_fields=["claimed_at"])
            return False
        if not over and decision.due_on is not None:
            moved = due_at(decision.due_on, row.kind)
            if moved > judged_now():
                row.due_at, row.claimed_at = moved, None
                row.save(update_fields=["due_at", "claimed_at"])
                return False
            _tell(row, decision)
        row.done_at = now()
        row.save(update_fields=["done_at"])
    return True


def _tell(row: Reminder, decision: Decision) -> None:
    people = _whom(row, decision)
    Notification.objects.bulk_create(
        [Notification(reminder=row, user=one, made_at=now()) for one in people], ignore_conflicts=True
    )
    append(
        NewEntry(
            payload=ReminderSent(number=row.version_number, reminder=row.kind, people=len(people)),
            actor=SYSTEM,
            subject={
                "case": decision.case_id,
                "assessment": decision.assessment_id,
                "decision": decision.pk,
            },
        )
    )


def _whom(row: Reminder, decision: Decision) -> list[User]:
    """Whoever has it, or was given it; without one, and once it is escalated, every supervisor of the office."""
    own = [one for one in (decision.signed_by_id, decision.created_by_id) if one is not None]
    holder = decision.claimed_by_id or decision.assigned_to_id
    supervisors = User.objects.filter(role=Role.SUPERVISOR, is_active=True).exclude(pk__in=own)
    if holder is None or row.kind == ReminderKind.ESCALATED:
        found = Q(office=decision.office_id) | Q(pk=holder)
    else:
        found = Q(pk=holder)
    return list(supervisors.filter(found).order_by("id"))


def _mail_waiting() -> int:
    """Send the mails that wait; how many went. One that cannot be sent waits for the next sweep."""
    sent, last = 0, uuid.UUID(int=0)
    for _ in range(BATCH if settings.MAIL_ENABLED else 0):
        # Each in a transaction of its own: what is sent stays sent, however slow the server and whoever dies.
        with transaction.atomic():
            row = (
                Notification.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("user", "reminder")
                .filter(mailed_at__isnull=True, seen_at__isnull=True, user__is_active=True, id__gt=last)
                .exclude(user__email="")
                .order_by("id")
                .first()
            )
            if row is None:
                break
            last = row.pk
            try:
                send_mail(subject_of(row), MAIL, settings.DEFAULT_FROM_EMAIL, [row.user.email])
            except SMTPRecipientsRefused:
                # This address alone; whoever comes behind it is told all the same.
                log.warning("A reminder was refused for its address")
                continue
            except (OSError, SMTPException) as error:
                log.warning("A reminder was not mailed: %s", type(error).__name__)
                break
            row.mailed_at = now()
            row.save(update_fields=["mailed_at"])
            sent += 1
    return sent


# Nothing of a case: mail leaves the machine.
MAIL: Final = (
    "Something waits for you in Totality. Sign in and look under My work.\n\n"
    "This mail names no person and no case. Do not answer it.\n"
)


def subject_of(row: Notification) -> str:
    return f"Totality: {ReminderKind(row.reminder.kind).label.lower()}"


def mark_seen(*, user: User, notification_id: uuid.UUID) -> None:
    """Take one's own notification off the list. It changes nothing about the review."""
    rows = Notification.objects.filter(user=user, seen_at__isnull=True)
    one = rows.filter(pk=notification_id).values("reminder__decision")
    # What was said of the decision before goes with it.
    rows.filter(reminder__decision__in=one).update(seen_at=now())


def unseen(user: User, most: int = 50) -> list[Notification]:
    """What this person was told and has not put aside, newest first: the last word on each decision in review."""
    newest = (
        Notification.objects.filter(
            user=user, seen_at__isnull=True, reminder__decision__state__in=workflow.IN_REVIEW
        )
        .order_by("reminder__decision", "-reminder__due_at", "-id")
        .distinct("reminder__decision")
        .values("pk")
    )
    return list(
        Notification.objects.filter(pk__in=newest).select_related("reminder__decision").order_by("-id")[:most]
    )
