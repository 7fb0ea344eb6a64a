"""Verbs and reads of feedback on clauses: anyone says it, the policy manager answers it once."""

from __future__ import annotations

import uuid
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from ledger.actors import Actor
from ledger.clock import now
from ledger.events import Committed
from ledger.services import NewEntry, append
from policy import contents
from policy.activation import MANAGER
from policy.errors import NotPossible, NotThatPerson
from policy.events import FeedbackAnswered, FeedbackGiven
from policy.models import ClauseFeedback, FeedbackAnswer

LONGEST: Final = 2000


def give(*, actor: Actor, edition_key: str, clause_id: str, text: str) -> ClauseFeedback:
    """Say something about a clause. Raises `NotPossible` for an unknown clause and for a text that does not fit."""
    if edition_key not in contents.known_keys():
        raise NotPossible("There is no such edition. Open the clause again from its edition's page.")
    edition = contents.shown(edition_key)
    if clause_id not in {clause.id for clause in edition.clauses}:
        raise NotPossible("There is no such clause in this edition. Open it again from the edition's page.")
    text = _checked(text, "Write what is wrong with the clause, or what it needs.")
    with transaction.atomic():
        said = ClauseFeedback.objects.create(
            edition=edition_key,
            content_digest=edition.content_digest,
            clause=clause_id,
            text=text,
            given_by=actor.id,
            given_name=actor.name,
            given_role=actor.role,
            given_at=now(),
        )
        append(
            NewEntry(
                payload=FeedbackGiven(
                    feedback=str(said.pk), edition=edition_key, clause=clause_id, text=Committed(text)
                ),
                actor=actor,
            )
        )
    return said


def answer(*, actor: Actor, feedback_id: uuid.UUID, text: str) -> FeedbackAnswer:
    """Answer a remark and close it. Raises `NotThatPerson`, or `NotPossible` when it is answered already."""
    if actor.role != MANAGER:
        raise NotThatPerson("Only policy managers answer feedback.")
    text = _checked(text, "Write what becomes of it; the person who said it reads your answer.")
    said = ClauseFeedback.objects.filter(pk=feedback_id).first()
    if said is None:
        raise NotPossible("There is no such remark. Open the inbox again.")
    try:
        with transaction.atomic():
            given = FeedbackAnswer.objects.create(
                feedback=said, text=text, answered_by=actor.id, answered_name=actor.name, answered_at=now()
            )
            append(
                NewEntry(payload=FeedbackAnswered(feedback=str(said.pk), text=Committed(text)), actor=actor)
            )
    except IntegrityError as error:
        raise NotPossible("This remark was answered meanwhile. Open the inbox again.") from error
    return given


def waiting() -> QuerySet[ClauseFeedback]:
    """Remarks without an answer, oldest first."""
    return ClauseFeedback.objects.filter(answer__isnull=True).order_by("id")


def answered() -> QuerySet[ClauseFeedback]:
    """The last fifty that were answered, newest first."""
    return ClauseFeedback.objects.filter(answer__isnull=False).select_related("answer").order_by("-id")[:50]


def of_person(actor_id: str) -> QuerySet[ClauseFeedback]:
    """What a person said, newest first, with the answers."""
    return ClauseFeedback.objects.filter(given_by=actor_id).select_related("answer").order_by("-id")[:50]


def _checked(text: str, missing: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text:
        raise NotPossible(missing)
    if len(text) > LONGEST:
        raise NotPossible(
            f"This text has {len(text):,} characters; {LONGEST:,} fit. Shorten it; it is still here."
        )
    return text
