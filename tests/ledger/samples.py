"""Events that only the log's tests append."""

from __future__ import annotations

import datetime
import uuid
from enum import StrEnum
from typing import Any

from django.db import transaction

from ledger.actors import Actor
from ledger.events import Committed, EventKind, Payload, event
from ledger.ids import new_id
from ledger.models import Entry
from ledger.services import NewEntry, append

ACTOR = Actor(id="018f2c3e-7b1a-7c3d-9e2f-1a2b3c4d5e6f", name="Jo Field", role="officer", office="north")


class Colour(StrEnum):
    RED = "red"


class Inner(Payload):
    text: Committed[str]
    clear: str = "seen"


@event("ledger.sample.changed", kind=EventKind.CHANGE, words="Changed a sample")
class Changed(Payload):
    number: int = 1
    note: Committed[str] | None = None


@event("ledger.sample.read", kind=EventKind.ACCESS, words="Read a sample")
class Read(Payload):
    number: int = 1


@event("ledger.sample.filled", kind=EventKind.CHANGE, words="Filled in a sample")
class Filled(Payload):
    id: uuid.UUID
    day: datetime.date
    colour: Colour
    flag: bool
    nothing: None = None
    rows: list[Inner]
    named: dict[str, Committed[list[int]]]


@event("ledger.sample.loosened", kind=EventKind.CHANGE, words="Loosened a sample")
class Loose(Payload):
    """Takes anything, to show what the bytes refuse."""

    value: Any


def change(
    case: uuid.UUID | None = None, *, number: int = 1, note: str | None = None, **about: uuid.UUID
) -> NewEntry:
    subject = {**about, **({"case": case} if case else {})}
    committed = Committed(note) if note is not None else None
    return NewEntry(payload=Changed(number=number, note=committed), actor=ACTOR, subject=subject)


def read(case: uuid.UUID | None = None, *, actor: Actor = ACTOR) -> NewEntry:
    return NewEntry(payload=Read(), actor=actor, subject={"case": case} if case else {})


def written(*entries: NewEntry) -> list[Entry]:
    with transaction.atomic():
        return append(*entries)


def filled() -> Filled:
    return Filled(
        id=new_id(),
        day=datetime.date(2024, 2, 29),
        colour=Colour.RED,
        flag=True,
        rows=[Inner(text=Committed("first secret")), Inner(text=Committed("second secret"))],
        named={"a/b~c": Committed([1, 2])},
    )
