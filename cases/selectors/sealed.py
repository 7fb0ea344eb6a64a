"""What may be told of sealed notes without opening them, and which texts name a filing that belongs behind the seal."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from cases.models import Case, NoteGround, NoteState, SealedNote
from cases.screening.doors import texts_of_case
from cases.screening.places import place_of
from policy.guard.restricted import restricted


@dataclass(frozen=True, kw_only=True, slots=True)
class FilingText:
    """A text that names a filing of restricted kind: what it is called, and its address for the move."""

    label: str
    target: str


def notes_of(case_id: uuid.UUID) -> QuerySet[SealedNote]:
    """The notes of a case, and of the cases that a merge closed into it: what lies behind the gate cannot move."""
    held = RawSQL("SELECT public.cases_held_by(%s)", (case_id,))
    return SealedNote.objects.filter(case__in=held)


def sealed_notes(case: Case) -> list[SealedNote]:
    """Every note of a case with its readings, in the order in which they came. Two queries."""
    rows = notes_of(case.pk).select_related("written_by", "ruled_by")
    return list(rows.prefetch_related("readings__reader").order_by("id"))


def notes_to_rule_on(case_id: uuid.UUID) -> list[SealedNote]:
    """Notes of a case that wait for a supervisor. One query."""
    rows = notes_of(case_id).filter(state=NoteState.OPEN).exclude(ground=NoteGround.DETAIL)
    return list(rows.select_related("written_by").order_by("id"))


def texts_with_filings(case: Case) -> list[FilingText]:
    """The texts that can be changed and name such a filing."""
    return [
        FilingText(
            label=place_of(one.kind, case.pk, one.row_id, one.field).label,
            target=f"{one.kind}|{one.row_id}|{one.field}",
        )
        for one in texts_of_case(case.pk)
        if restricted(one.text)
    ]
