"""Reading is an event too: one entry a page that shows facts of a person, before the answer is sent."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from cases.events import CaseListShown, CaseOpened, PersonSearched
from cases.models import Case
from ledger.actors import Actor
from ledger.events import Committed
from ledger.services import NewEntry, append


def note_case_opened(*, actor: Actor, case: Case, page: str = "case") -> None:
    """`page` names which page of the case: `case`, `status`, `fact`, `evidence`, `record_request`, ..."""
    with transaction.atomic():
        append(
            NewEntry(
                payload=CaseOpened(page=page),
                actor=actor,
                subject={"case": case.id, "person": case.person_id},
            )
        )


def note_person_search(
    *, actor: Actor, query: str, shown: Sequence[uuid.UUID], reason: str, similar: bool = False
) -> None:
    """`shown` are the cases that the search showed; none is an answer as well. `reason` is a code of `searching`."""
    with transaction.atomic():
        payload = PersonSearched(
            query=Committed(query[:200]),
            shown=[str(one) for one in shown],
            reason=reason,
            similar=similar,
        )
        append(NewEntry(payload=payload, actor=actor))


def note_case_list(*, actor: Actor, office: str, state: str, before: str, shown: Sequence[uuid.UUID]) -> None:
    """One page of the list, with its filter."""
    with transaction.atomic():
        payload = CaseListShown(office=office, state=state, before=before, shown=[str(one) for one in shown])
        append(NewEntry(payload=payload, actor=actor))
