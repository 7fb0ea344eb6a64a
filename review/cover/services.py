"""Verbs of cover: set it, end it, take an urgent decision under it. None decides anything."""

from __future__ import annotations

import datetime
import uuid

from django.db import transaction

from accounts.models import UNASSIGNED, Role, User
from accounts.zones import judged_in, zone_of
from assessment.models import Decision
from ledger.actors import Actor
from ledger.clock import now
from ledger.services import NewEntry, append
from review import services
from review.cover.models import Cover, CoverTaken
from review.cover.selectors import active_for, could_cover, coverable
from review.errors import Refused
from review.events import CoverEnded, CoverListed, CoverRecorded, DecisionCovered

# Whoever needs a cover for longer sets the next one; nobody covers unawares for months.
LONGEST = datetime.timedelta(days=14)


def record_cover(
    *,
    actor: Actor,
    user: User,
    person: uuid.UUID | None,
    starts: datetime.datetime | None,
    ends: datetime.datetime | None,
) -> Cover:
    """Let a supervisor of another office cover one's own between two moments. Raises `Refused` by field.

    The same cover asked for again, as by a form that was sent twice, is the one that stands: no second row or entry.
    """
    errors = {}
    found = next((one for one in could_cover(user.office_id) if one.pk == person), None)
    if user.role != Role.SUPERVISOR or user.office_id == UNASSIGNED:
        raise Refused({"": "A supervisor of an office sets who covers it."})
    if found is None:
        errors["cover_person"] = "Choose a supervisor of another office."
    if starts is None:
        errors["cover_from_day"] = "Write the day and the time at which the cover begins."
    if ends is None:
        errors["cover_until_day"] = "Write the day and the time at which the cover ends."
    elif starts is not None and ends <= starts:
        errors["cover_until_day"] = "The end is not after the beginning."
    elif ends <= judged_in(zone_of(user.office_id)):
        errors["cover_until_day"] = "The end is over already."
    elif starts is not None and ends - starts > LONGEST:
        errors["cover_until_day"] = f"A cover lasts at most {LONGEST.days} days. Set the next one after it."
    if errors or found is None or starts is None or ends is None:
        raise Refused(errors)
    with transaction.atomic():
        row, is_new = Cover.objects.get_or_create(
            office_id=user.office_id,
            person=found,
            starts=starts,
            ends=ends,
            ended_at=None,
            defaults={"recorded_by": user, "recorded_at": now()},
        )
        if not is_new:
            return row
        payload = CoverRecorded(
            cover=str(row.pk),
            office=user.office_id,
            person=str(found.pk),
            starts=_utc(starts),
            ends=_utc(ends),
        )
        append(NewEntry(payload=payload, actor=actor))
    return row


def end_cover(*, actor: Actor, user: User, cover: uuid.UUID) -> Cover:
    """End a cover of one's office early. Raises `Cover.DoesNotExist` for one that is over or of elsewhere."""
    with transaction.atomic():
        row = (
            Cover.objects.select_for_update(of=("self",))
            .select_related("person")
            .get(pk=cover, office=user.office_id, ended_at__isnull=True)
        )
        row.ended_at = now()
        row.save(update_fields=["ended_at"])
        append(NewEntry(payload=CoverEnded(cover=str(row.pk)), actor=actor))
    return row


def take_as_cover(*, actor: Actor, user: User, decision: uuid.UUID) -> Decision:
    """Take an urgent decision of an office that one covers at this moment; it is given to them and claimed.

    Raises `Refused` where the cover is over, or the decision is not urgent, was taken, or is not theirs to review.
    """
    with transaction.atomic():
        covers = {one.office_id: one for one in active_for(user)} if user.role == Role.SUPERVISOR else {}
        rows = coverable(user, list(covers)).select_for_update(of=("self",))
        locked = rows.filter(pk=decision).first()
        if locked is None:
            raise Refused(
                {
                    "": "It cannot be taken as cover now: your cover is over, somebody else has it, or it is not "
                    "urgent. The list below shows what waits for you."
                }
            )
        cover = covers[locked.office_id]
        given_before = locked.assigned_to_id
        locked.assigned_to = user
        locked.save(update_fields=["assigned_to"])
        entry = append(
            NewEntry(
                payload=DecisionCovered(
                    number=locked.signed_number,
                    cover=str(cover.pk),
                    office=cover.office_id,
                    given_before=str(given_before or ""),
                ),
                actor=actor,
                subject={"case": locked.case_id, "assessment": locked.assessment_id, "decision": locked.pk},
            )
        )[0]
        CoverTaken.objects.create(
            cover=cover,
            decision=locked,
            version_number=locked.signed_number,
            taken_by=user,
            entry_id=entry.pk,
            at=entry.at,
        )
        return services.claim(actor=actor, user=user, decision=locked)


def note_listed(*, actor: Actor, shown: list[uuid.UUID]) -> None:
    with transaction.atomic():
        append(NewEntry(payload=CoverListed(shown=[str(one) for one in shown]), actor=actor))


def _utc(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).isoformat(timespec="minutes")
