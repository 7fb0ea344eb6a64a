"""Kept filters of the queue: each under a name, for the supervisor who keeps it. Nothing of them is about a case."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q, Value

from accounts.models import Role, User
from ledger.actors import Actor
from ledger.clock import now
from ledger.services import NewEntry, append
from review.desk.filters import QueueFilter
from review.errors import Refused
from review.events import SavedViewKept, SavedViewRemoved
from review.models import SavedView

MOST = 20
LONGEST = 60
PEOPLE = 500
Person = tuple[uuid.UUID, str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept filter as the queue lists it: whether it is the one that is shown, and whether it comes by mail."""

    id: uuid.UUID
    name: str
    address: str
    here: bool
    mailed: bool


def people_and_kept(user: User, chosen: QueueFilter) -> tuple[list[Person], list[Kept]]:
    """Whom the queue can be filtered by, and what the user keeps of it; both by name. One query.

    People are the active officers and supervisors of the user's office.
    """
    people = User.objects.filter(
        office_id=user.office_id, role__in=(Role.OFFICER, Role.SUPERVISOR), is_active=True
    ).annotate(part=Value("person"), mailed=Value(value=False))
    by_mail = ExpressionWrapper(Q(mail_at__isnull=False), output_field=BooleanField())
    kept = SavedView.objects.filter(user=user).annotate(part=Value("kept"), mailed=by_mail)
    rows = people.values_list("part", "id", "full_name", "role", "mailed").union(
        kept.values_list("part", "id", "name", "address", "mailed"), all=True
    )
    found = list(rows.order_by("full_name", "id")[: PEOPLE + MOST])
    here = chosen.address()
    return (
        [(key, name, role) for part, key, name, role, _ in found if part == "person"],
        [
            Kept(key, name, address, address == here, mailed)
            for part, key, name, address, mailed in found
            if part == "kept"
        ],
    )


def keep(*, actor: Actor, user: User, name: str, chosen: QueueFilter) -> SavedView:
    """Keep a filter under a name. A name that stands already stands for this filter from now on."""
    name = " ".join(name.replace("\x00", " ").split())
    address = chosen.address()
    if user.role != Role.SUPERVISOR:
        raise Refused({"saved_name": "Only a supervisor has a queue to filter."})
    if not name:
        raise Refused({"saved_name": "Give the filter a name."})
    if len(name) > LONGEST:
        raise Refused(
            {"saved_name": f"The name has {len(name)} characters. Shorten it to {LONGEST} or fewer."}
        )
    if chosen.empty:
        raise Refused({"saved_name": "Nothing is filtered. Choose a filter, show it, and then keep it."})
    with transaction.atomic():
        # Whoever keeps filters in two windows at once waits here, so that neither goes over the limit.
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
        mine = SavedView.objects.filter(user=user)
        row = mine.filter(name=name).first()
        replaced = row is not None
        if row is None:
            if mine.count() >= MOST:
                raise Refused({"saved_name": f"You keep {MOST} filters already. Remove one first."})
            row = SavedView(user=user, name=name)
        row.address, row.saved_at = address, now()
        row.save()
        payload = SavedViewKept(view=str(row.pk), filter=address, replaced=replaced)
        append(NewEntry(payload=payload, actor=actor))
    return row


def remove(*, actor: Actor, user: User, view: uuid.UUID) -> str:
    """Remove a filter of one's own; its name. `SavedView.DoesNotExist` for another's, and for one that is gone."""
    with transaction.atomic():
        row = SavedView.objects.select_for_update().get(pk=view, user=user)
        payload = SavedViewRemoved(view=str(row.pk))
        row.delete()
        append(NewEntry(payload=payload, actor=actor))
    return row.name
