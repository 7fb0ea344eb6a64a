"""What a screened text is called, and where it is changed. Rooms above name their own kinds; this room may not."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from cases.facts import KINDS as KINDS_OF_FACTS
from cases.models import Fact


@dataclass(frozen=True, slots=True)
class Place:
    """A text in words, and the address of the page that changes it; empty where none does."""

    label: str
    url: str = ""


# From case, row and field to the place.
PlaceOf = Callable[[uuid.UUID, uuid.UUID, str], Place]
_places: Final[dict[str, PlaceOf]] = {}

FIELDS: Final = {
    "source": "source",
    "caption": "caption",
    "file_name": "name of the file",
    "asked_of": "asked of",
    "note": "note",
    "charge_other": "charge",
    "reason": "reason",
    "clear_reason": "reason for clearing",
    "site": "place",
    "labels": "labels of the source",
    "outcomes": "later outcomes",
    "on_words": "words of the date",
}
KINDS: Final = {
    "fact": ("Fact", "cases:fact-edit"),
    "evidence": ("Evidence", "cases:evidence-edit"),
    "attachment": ("File", ""),
    "record_request": ("Record request", "cases:request-edit"),
    "encounter": ("Encounter", ""),
    "status": ("Status and removability", ""),
    "flag": ("Flag", ""),
    "merge": ("Merge", ""),
    "stop": ("Stop that a corrected answer ended", ""),
    "execution": ("What was done after a decision", ""),
}


def register(kind: str, place: PlaceOf) -> None:
    """Called once by a room above, for a kind of row of its own."""
    _places[kind] = place


def place_of(kind: str, case_id: uuid.UUID, row_id: uuid.UUID, field: str) -> Place:
    if kind in _places:
        return _places[kind](case_id, row_id, field)
    if kind == "fact":
        of_kind = KINDS_OF_FACTS.get(
            Fact.objects.filter(pk=row_id).values_list("kind", flat=True).first() or ""
        )
        asked = of_kind.form.base_fields.get(field) if of_kind else None
        if of_kind and asked:
            url = reverse("cases:fact-edit", args=[case_id, row_id])
            return Place(f"{of_kind.label}, “{asked.label}”", url)
    label, route = KINDS.get(kind, (kind.replace("_", " ").capitalize(), ""))
    words = FIELDS.get(field, field.replace("_", " "))
    return Place(f"{label}, {words}", reverse(route, args=[case_id, row_id]) if route else "")
