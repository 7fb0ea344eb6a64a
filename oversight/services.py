"""Reading is an event: each of these is called before the answer is sent, and if it fails there is none."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Final

from django.db import transaction

from cases.identifiers import normalise_a_number
from cases.models import Case
from ledger.actors import Actor
from ledger.events import Committed
from ledger.models import Entry
from ledger.services import NewEntry, append
from oversight.events import CaseSearched, ReportDownloaded, ReportShown, TimelineOpened
from oversight.filters import ReportFilter
from oversight.sql import not_masked_of

MOST: Final = 20


@transaction.atomic
def note_shown(*, actor: Actor, report: str, filter: ReportFilter, cases: Iterable[uuid.UUID] = ()) -> Entry:
    """A page of a report is about to be shown."""
    named = [str(one) for one in dict.fromkeys(cases)]
    return append(
        NewEntry(payload=ReportShown(report=report, filter=filter.as_query(), cases=named), actor=actor)
    )[0]


@transaction.atomic
def note_downloaded(*, actor: Actor, report: str, filter: ReportFilter) -> Entry:
    """A report is about to be sent as a file."""
    return append(NewEntry(payload=ReportDownloaded(report=report, filter=filter.as_query()), actor=actor))[0]


@transaction.atomic
def find_case(*, actor: Actor, number: str) -> list[uuid.UUID]:
    """The cases of whom an A-number or source id is; none that the law masks. The search is an entry either way."""
    words = " ".join(number.split())[:60]
    values = {words, words.upper(), normalise_a_number(words) or words}
    known = Case.objects.filter(person__identifiers__value__in=values).order_by("id").distinct()
    found = not_masked_of(list(known.values_list("pk", flat=True)[:MOST]))
    payload = CaseSearched(query=Committed(words), shown=[str(one) for one in found])
    append(NewEntry(payload=payload, actor=actor))
    return found


@transaction.atomic
def note_timeline(*, actor: Actor, case: uuid.UUID, which: str, before: uuid.UUID | None) -> Entry:
    """A page of a case's timeline is about to be shown."""
    payload = TimelineOpened(which=which, before=str(before or ""))
    return append(NewEntry(payload=payload, actor=actor, subject={"case": case}))[0]
