"""Refused words are opened by privacy and auditor together: one asks, somebody of the other role opens.

Everything about it is in the log, and the database's door looks there itself: what is asked and opened needs no table.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from accounts.models import Role, User
from assessment.errors import NotAllowed
from assessment.events import OpeningAsked, RefusalsListed, WordsOpened
from cases.protected.refused import RefusedWords, unseal
from ledger.actors import Actor
from ledger.document import decode
from ledger.events import Committed
from ledger.models import Entry
from ledger.services import NewEntry, append

REFUSALS: Final = ("assessment.text.refused", "review.text.refused")
ASKED: Final = "assessment.opening.asked"
TWO: Final = frozenset({Role.PRIVACY.value, Role.AUDITOR.value})
LONGEST: Final = 400
MOST: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """One refusal as the log tells it, without a word; `asked_by` is the first of the two, where somebody asked."""

    entry: uuid.UUID
    at: datetime.datetime
    by: str
    role: str
    where: list[str]
    asked: uuid.UUID | None
    asked_by: str
    may_ask: bool
    may_open: bool


def refusals(user: User) -> list[Refusal]:
    """The newest refusals, for a privacy officer or an auditor. Two queries."""
    asked = {}
    for one in Entry.objects.filter(event=ASKED).order_by("id"):
        asked[_data(one)["refusal"]] = one
    listed = []
    for entry in Entry.objects.filter(event__in=REFUSALS).order_by("-id")[:MOST]:
        first = asked.get(str(entry.pk))
        listed.append(
            Refusal(
                entry=entry.pk,
                at=entry.at,
                by=entry.actor_name,
                role=entry.actor_role,
                where=[
                    f"{one['field']}: {one['attribute'].replace('_', ' ')}" for one in _data(entry)["words"]
                ],
                asked=first.pk if first else None,
                asked_by=first.actor_name if first else "",
                may_ask=first is None,
                may_open=first is not None
                and first.actor_role != user.role
                and first.actor_id != str(user.pk),
            )
        )
    return listed


def note_listed(*, actor: Actor, shown: list[Refusal]) -> None:
    with transaction.atomic():
        append(NewEntry(payload=RefusalsListed(shown=[str(one.entry) for one in shown]), actor=actor))


def ask_to_open(*, actor: Actor, user: User, refusal: uuid.UUID, purpose: str) -> Entry:
    """The first of the two says which refusal, and why. Raises `NotAllowed`."""
    _require_role(user)
    words = " ".join(purpose.replace("\x00", " ").split())
    if not words or len(words) > LONGEST:
        raise NotAllowed(f"Say in one sentence, of at most {LONGEST} characters, why the words are needed.")
    with transaction.atomic():
        entry = Entry.objects.filter(pk=refusal, event__in=REFUSALS).first()
        if entry is None:
            raise NotAllowed("There is no such refusal.")
        payload = OpeningAsked(refusal=str(refusal), purpose=Committed(words))
        return append(NewEntry(payload=payload, actor=actor, subject=_subject(entry)))[0]


def open_words(*, actor: Actor, user: User, asked: uuid.UUID) -> list[RefusedWords]:
    """The second of the two, of the other role, sees the words once. Raises `NotAllowed`."""
    _require_role(user)
    with transaction.atomic():
        first = Entry.objects.filter(pk=asked, event=ASKED).first()
        if first is None:
            raise NotAllowed("Nobody asked for this. One asks first, and somebody of the other role opens.")
        if first.actor_role == user.role or first.actor_id == str(user.pk):
            raise NotAllowed(
                "A privacy officer and an auditor open refused words together. You are of the role that asked, so "
                "somebody of the other one opens them."
            )
        payload = WordsOpened(refusal=str(_data(first)["refusal"]), asked=str(asked))
        entry = append(NewEntry(payload=payload, actor=actor, subject=_subject(first)))[0]
        return unseal(opening=entry.pk)


def _require_role(user: User) -> None:
    if user.role not in TWO:
        raise NotAllowed("Refused words are opened by a privacy officer and an auditor together.")


def _data(entry: Entry) -> dict[str, Any]:
    data: dict[str, Any] = decode(bytes(entry.bytes))["data"]
    return data


def _subject(entry: Entry) -> dict[str, uuid.UUID]:
    named = {"case": entry.case_id, "assessment": entry.assessment_id, "decision": entry.decision_id}
    return {name: value for name, value in named.items() if value is not None}
