"""A new person, identifiers, encounters, and the office of a case."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from accounts.models import UNASSIGNED, User
from cases.dates import UncertainDate
from cases.errors import Conflict, Refused
from cases.events import CaseTaken, IdentifierRecorded, PersonChanged, PersonRecorded
from cases.happenings import Happening, tell
from cases.identifiers import normalise
from cases.models import Case, Encounter, IdentifierKind, Person, PersonIdentifier
from cases.models.encounter import CUSTODY
from cases.screening.store import keep_row
from cases.services.common import note_change, require_own, subject, write_version
from ledger.actors import Actor
from ledger.clock import now
from ledger.events import Committed
from ledger.services import NewEntry, append
from policy.services import current

PERSON_COLUMNS = (
    "family_name",
    "given_name",
    "birth_earliest",
    "birth_latest",
    "birth_precision",
    "birth_certainty",
    "birth_words",
)
TAKEN = (
    "An identifier like this is already recorded for another person, so nothing was saved. Search "
    "for it; if you find "
    "nobody, ask your supervisor, because some cases are shown to one office only."
)


def create_person_and_case(
    *,
    actor: Actor,
    user: User,
    family_name: str,
    given_name: str = "",
    birth: UncertainDate | None = None,
    identifiers: Sequence[tuple[str, str]] = (),
    shown_duplicates: Sequence[uuid.UUID] = (),
) -> Case:
    """Record a person with an open case in the user's office.

    `identifiers` are pairs of `IdentifierKind` and text as typed. Raises `Refused` when neither a name nor
    an identifier is given, when an identifier cannot be read, or belongs to another person.
    """
    family_name, given_name = " ".join(family_name.split()), " ".join(given_name.split())
    wanted = [(kind, normalise(kind, value)) for kind, value in identifiers if value.strip()]
    if not family_name and not wanted:
        raise Refused(
            "Write a family name or an identifier; with neither, nobody could find the case.",
            field="family_name",
        )
    _check_birth(birth)
    moment = now()
    try:
        with transaction.atomic():
            person = Person(family_name=family_name, given_name=given_name, recorded_at=moment)
            person.birth = birth
            person.save(force_insert=True)
            PersonIdentifier.objects.bulk_create(
                [PersonIdentifier(person=person, kind=kind, value=value) for kind, value in wanted]
            )
            case = Case(person=person, office=user.office, opened_at=moment, opened_by=user)
            case.save(force_insert=True)
            payload = PersonRecorded(
                office=user.office_id,
                family_name=Committed(family_name),
                given_name=Committed(given_name),
                birth=Committed(str(birth or "")),
                identifiers=Committed([f"{kind}:{value}" for kind, value in wanted]),
                shown_duplicates=[str(one) for one in shown_duplicates],
            )
            append(NewEntry(payload=payload, actor=actor, subject=subject(case)))
    except IntegrityError as error:
        if "identifier_unique" in str(error):
            raise Refused(TAKEN, field="a_number") from error
        raise
    return case


def _check_birth(birth: UncertainDate | None) -> None:
    if birth is not None and birth.earliest > now().date():
        raise Refused(
            f"The date of birth, {birth}, is still to come. Correct it, or leave it empty when nobody knows.",
            field="birth",
        )


def change_person(
    *,
    actor: Actor,
    user: User,
    case: Case,
    version: int,
    family_name: str,
    given_name: str = "",
    birth: UncertainDate | None = None,
) -> Person:
    """Replace name and birth of the case's person, who still has `version`. Raises `Conflict` or
    `Refused`."""
    require_own(user, case)
    _check_birth(birth)
    person = case.person
    wanted = Person(family_name=" ".join(family_name.split()), given_name=" ".join(given_name.split()))
    wanted.birth = birth
    columns = {name: getattr(wanted, name) for name in PERSON_COLUMNS}
    with transaction.atomic():
        if not wanted.family_name and not PersonIdentifier.objects.filter(person=person).exists():
            raise Refused(
                "Write a family name: without a name and an identifier nobody could find the case.",
                field="family_name",
            )
        if not write_version(person, version=version, changes=columns):
            stored = Person.objects.get(pk=person.pk)
            raise Conflict(
                what="The person", stored=in_words(stored), yours=in_words(wanted), version=stored.version
            )
        payload = PersonChanged(
            version=person.version,
            family_name=Committed(person.family_name),
            given_name=Committed(person.given_name),
            birth=Committed(str(birth or "")),
        )
        append(NewEntry(payload=payload, actor=actor, subject=subject(case)))
        tell(Happening(what="person_changed", actor=actor, user=user, case=case))
    return person


def in_words(person: Person) -> str:
    """Name and birth in one line."""
    return f"{person.name}; born {person.birth or 'on an unknown day'}"


def add_identifier(*, actor: Actor, user: User, case: Case, kind: str, value: str) -> PersonIdentifier:
    """One more identifier of the case's person. Raises `Refused`."""
    require_own(user, case)
    if kind not in IdentifierKind.values:
        raise Refused("Choose the kind of identifier from the list.", field="identifier_kind")
    row = PersonIdentifier(person_id=case.person_id, kind=kind, value=normalise(kind, value))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            payload = IdentifierRecorded(identifier_kind=kind, value=Committed(row.value))
            append(NewEntry(payload=payload, actor=actor, subject=subject(case)))
    except IntegrityError as error:
        if "identifier_unique" in str(error):
            raise Refused(TAKEN, field="identifier_value") from error
        raise
    return row


def record_encounter(
    *,
    actor: Actor,
    user: User,
    case: Case,
    on: UncertainDate | None,
    custody: str = "",
    site: str = "",
    referral_source: str = "",
    source_relation: str = "",
    kind: str = "arrest",
) -> Encounter:
    """An encounter that an officer records by hand. Codes are the edition's. Raises `Refused`."""
    require_own(user, case)
    edition, _ = current()
    if referral_source not in {"", *(term.key for term in edition.referral_sources)}:
        raise Refused("Choose from the list how the case came to us.", field="referral_source")
    if source_relation not in {"", *(term.key for term in edition.source_relations)}:
        raise Refused("Choose from the list who the source is to the person.", field="source_relation")
    if custody not in CUSTODY:
        raise Refused("Choose from the list where the person was met.", field="custody")
    with transaction.atomic():
        row = Encounter(
            case=case,
            kind=kind,
            custody=custody,
            site=" ".join(site.split())[:200],
            referral_source=referral_source,
            source_relation=source_relation,
            recorded_at=now(),
        )
        row.on = on
        row.save(force_insert=True)
        keep_row(row, case_id=case.id)
        content = {
            "on": str(on or ""),
            "kind": kind,
            "custody": custody,
            "site": row.site,
            "referral_source": referral_source,
            "source_relation": source_relation,
        }
        note_change(actor=actor, case=case, part="encounter", row=row.id, version=1, content=content)
    return row


def take_case(*, actor: Actor, user: User, case: Case) -> Case:
    """Move a case without an office into the user's. Raises `Refused` when another office has it by now."""
    if user.office_id == UNASSIGNED:
        raise Refused(
            "You belong to no office yet, so you cannot take a case. Ask an administrator for an office."
        )
    with transaction.atomic():
        fresh = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)
        if fresh.office_id == user.office_id:
            return fresh
        if fresh.office_id != UNASSIGNED:
            raise Refused(
                f"The office '{fresh.office_id}' took this case before you, so nothing was changed."
            )
        if not write_version(fresh, version=fresh.version, changes={"office_id": user.office_id}):
            raise Refused("The case was changed at this moment by somebody else. Open it again and repeat.")
        append(
            NewEntry(
                payload=CaseTaken(before=UNASSIGNED, after=user.office_id),
                actor=actor,
                subject=subject(fresh),
            )
        )
    return Case.objects.select_related("person", "office").get(pk=fresh.pk)
