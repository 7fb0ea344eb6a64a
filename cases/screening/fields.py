"""Which texts of the record are screened: the one table, by kind of row. A test walks every text of every model and
fails for one that is neither here nor excused by name (`tests/architecture/screened_fields.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cases.models import (
    Attachment,
    CaseFlag,
    Encounter,
    Evidence,
    Fact,
    PersonMerge,
    RecordRequest,
    StatusRecord,
)

Screenable = Evidence | Attachment | RecordRequest | Encounter | Fact | StatusRecord | CaseFlag | PersonMerge

# Columns by kind of row. Texts of a fact are all texts of its details.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "evidence": ("source", "caption"),
    "attachment": ("file_name",),
    "record_request": ("asked_of", "note"),
    "status": ("charge_other",),
    "flag": ("reason", "clear_reason"),
    "merge": ("reason",),
    "encounter": ("site", "detention_facility", "detention_place", "detainer_facility", "on_words"),
}
# What the summary of an encounter shows; words in the rest do not keep it from being pinned.
SHOWN_OF_AN_ENCOUNTER: Final = ("site", "on_words")


def texts_of_fact(details: Mapping[str, Any], on_words: str = "") -> dict[str, str]:
    """The texts of a fact's details, and the words of its date."""
    texts = {name: value for name, value in details.items() if isinstance(value, str)}
    for name, value in details.items():
        if isinstance(value, list):
            texts[name] = "\n".join(one for one in value if isinstance(one, str))
    return texts | ({"on_words": on_words} if on_words else {})


def texts_of(row: Screenable) -> tuple[str, dict[str, str]]:
    """The kind of a row and its texts by name."""
    if isinstance(row, Fact):
        return "fact", texts_of_fact(row.details, row.on_words)
    kind = {
        Evidence: "evidence",
        Attachment: "attachment",
        RecordRequest: "record_request",
        Encounter: "encounter",
        StatusRecord: "status",
        CaseFlag: "flag",
        PersonMerge: "merge",
    }[type(row)]
    return kind, {name: str(getattr(row, name)) for name in COLUMNS[kind]}
