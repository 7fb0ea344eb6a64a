"""Other names of a person: recorded with their evidence, withdrawn when recorded by mistake, never changed."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction

from accounts.models import User
from cases.errors import Refused
from cases.events import AliasRecorded, AliasWithdrawn
from cases.models import Case, Evidence, PersonAlias
from cases.services.common import require_own, subject
from ledger.actors import Actor
from ledger.clock import now
from ledger.events import Committed
from ledger.services import NewEntry, append

LONGEST = 100


def record_alias(
    *,
    actor: Actor,
    user: User,
    case: Case,
    family_name: str = "",
    given_name: str = "",
    evidence: uuid.UUID | None = None,
) -> PersonAlias:
    """One more name of the case's person; the search finds it. `evidence` is of this case. Raises `Refused`."""
    require_own(user, case)
    family, given = _words(family_name, "alias_family_name"), _words(given_name, "alias_given_name")
    if not family and not given:
        raise Refused("Write the other name; both parts are empty.", field="alias_family_name")
    person = case.person
    if (family.casefold(), given.casefold()) == (person.family_name.casefold(), person.given_name.casefold()):
        raise Refused("This is the name that is recorded already.", field="alias_family_name")
    if evidence and not Evidence.objects.filter(case=case, pk=evidence).exists():
        raise Refused(
            "The evidence that you chose is not of this case. Choose again.", field="alias_evidence"
        )
    row = PersonAlias(
        person=person,
        family_name=family,
        given_name=given,
        evidence_id=evidence,
        recorded_at=now(),
        recorded_by=user,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            payload = AliasRecorded(
                family_name=Committed(family),
                given_name=Committed(given),
                evidence=Committed(str(evidence or "")),
            )
            append(NewEntry(payload=payload, actor=actor, subject=subject(case, record=row.id)))
    except IntegrityError as error:
        if "alias_once" in str(error):
            raise Refused("This other name is recorded already.", field="alias_family_name") from error
        raise
    return row


def withdraw_alias(*, actor: Actor, user: User, case: Case, alias: uuid.UUID) -> PersonAlias:
    """Take another name out of the record; the row stays, marked. Raises `Refused`."""
    require_own(user, case)
    with transaction.atomic():
        changed = PersonAlias.objects.filter(pk=alias, person_id=case.person_id, withdrawn=False).update(
            withdrawn=True
        )
        if not changed:
            raise Refused("This other name is not in the record any more, so nothing was changed.")
        append(NewEntry(payload=AliasWithdrawn(), actor=actor, subject=subject(case, record=alias)))
    return PersonAlias.objects.get(pk=alias)


def _words(text: str, field: str) -> str:
    words = " ".join(text.replace("\x00", " ").split())
    if len(words) > LONGEST:
        raise Refused(f"Shorten this part of the name to {LONGEST} characters.", field=field)
    return words
