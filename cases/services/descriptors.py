"""Take descriptors out of a text that an officer is writing: what is law of status goes through the gate, once."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from cases.events import DescriptorsTakenOut
from cases.models import Case
from cases.protected.gate import put_attributes
from cases.screening.descriptors import kinds_of, take_out
from cases.services.common import require_own, subject
from ledger.actors import Actor
from ledger.events import Committed
from ledger.services import NewEntry, append

SOURCE = "narrative, descriptors taken out"


def take_descriptors_out(*, actor: Actor, user: User, case: Case, text: str) -> str:
    """The text without its identity phrases. Country and language that they name go to the protected attributes.

    The cleaned text is given back and saved by whoever saves the form. A text without descriptors comes back as it is
    and leaves no entry. Raises `Refused`.
    """
    require_own(user, case)
    cleaned = take_out(text)
    if not cleaned.count:
        return text
    with transaction.atomic():
        if cleaned.attributes:
            put_attributes(person_id=case.person_id, attributes=cleaned.attributes, source=SOURCE)
        payload = DescriptorsTakenOut(
            count=cleaned.count, protected_kinds=Committed(list(kinds_of(cleaned.attributes)))
        )
        append(NewEntry(payload=payload, actor=actor, subject=subject(case)))
    return cleaned.text
