"""Texts that can be read and changed from elsewhere in the product, by kind of row: words are moved out of them.

A room registers how its own kind of row gives its texts and takes a changed one. Taking goes by the room's ordinary
service, so that version, screening and entry are those of any other change.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from accounts.models import User
from cases.models import Case
from ledger.actors import Actor


@dataclass(frozen=True, slots=True)
class FreeText:
    """One text: the kind and id of its row, its field, and what it says."""

    kind: str
    row_id: uuid.UUID
    field: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Writing:
    """Who changes which text of which case, and how: `change` gives the new text for the old."""

    actor: Actor
    user: User
    case: Case
    row_id: uuid.UUID
    field: str
    change: Callable[[str], str]


# The texts of a case that can still be changed.
Texts = Callable[[uuid.UUID], Iterable[FreeText]]
Write = Callable[[Writing], None]


@dataclass(frozen=True, slots=True)
class Door:
    texts: Texts
    write: Write


DOORS: Final[dict[str, Door]] = {}


def register(kind: str, texts: Texts, write: Write) -> None:
    """Called once by a room, for a kind of row of its own."""
    DOORS[kind] = Door(texts, write)


def texts_of_case(case_id: uuid.UUID) -> list[FreeText]:
    """Every text of a case that can be changed. One query or two a kind of row."""
    return [one for door in DOORS.values() for one in door.texts(case_id)]
