"""Which events there are: a code, the type of its payload, whether it changes something, and how it reads in
words.

Each room registers its own in `<room>/events.py`, imported by its AppConfig's `ready()`, so that an unknown
or doubled code stops the start-up and not an officer's work. A code is `<room>.<noun>.<past verb>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import pydantic
from django.core.exceptions import ImproperlyConfigured

from ledger.commitments import Committed
from ledger.errors import UnknownEvent

__all__ = [
    "Committed",
    "EventKind",
    "EventType",
    "Payload",
    "event",
    "event_type",
    "page_for",
    "registered",
    "words_for",
]

CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){2}")


class Payload(pydantic.BaseModel):
    """What one kind of event says beyond who, when and about what. Strict: nothing is coerced, nothing is
    extra.
    """

    model_config = pydantic.ConfigDict(
        frozen=True, strict=True, extra="forbid", revalidate_instances="always"
    )


class EventKind(StrEnum):
    """A change takes the next number of its case; an access (reading, searching, refusing) never waits for
    one.
    """

    CHANGE = "change"
    ACCESS = "access"


@dataclass(frozen=True, slots=True)
class EventType:
    """One registered event."""

    code: str
    kind: EventKind
    words: str
    payload: type[Payload]
    page: str = ""

    @property
    def room(self) -> str:
        return self.code.partition(".")[0]


P = TypeVar("P", bound=Payload)
_by_code: dict[str, EventType] = {}
_by_payload: dict[type[Payload], EventType] = {}


def event(code: str, *, kind: EventKind, words: str, page: str = "") -> Callable[[type[P]], type[P]]:
    """Class decorator that registers a payload under `code`. Raises `ImproperlyConfigured` for a bad or
    doubled code.

    `page` is the name of a route that takes an entry's id and shows what the entry tells, where a room has one.
    """

    def register(payload: type[P]) -> type[P]:
        if not CODE.fullmatch(code):
            raise ImproperlyConfigured(f"Event code {code!r} is not <room>.<noun>.<past verb> in lower case.")
        if code in _by_code:
            taken = _by_code[code].payload
            raise ImproperlyConfigured(
                f"Event code {code!r} of {payload.__qualname__} is taken by"
                f" {taken.__module__}.{taken.__qualname__}."
            )
        if payload in _by_payload:
            raise ImproperlyConfigured(f"{payload.__qualname__} already is {_by_payload[payload].code!r}.")
        if not words.strip():
            raise ImproperlyConfigured(f"Event {code!r} has no words; auditors read those.")
        _by_code[code] = _by_payload[payload] = EventType(code, kind, words, payload, page)
        return payload

    return register


def event_type(payload: type[Payload]) -> EventType:
    """The registration of a payload class. Raises `UnknownEvent`."""
    try:
        return _by_payload[payload]
    except KeyError:
        raise UnknownEvent(
            f"{payload.__module__}.{payload.__qualname__} is no registered event;"
            " decorate it with @event(...)."
        ) from None


def registered() -> Iterable[EventType]:
    """All events, in order of their codes."""
    return (_by_code[code] for code in sorted(_by_code))


def words_for(code: str) -> str:
    """How an event reads; an event of an earlier release that is gone since reads as its code."""
    known = _by_code.get(code)
    return known.words if known else code


def kind_for(code: str) -> EventKind | None:
    """The kind a code is registered with; None when this release does not know the code."""
    known = _by_code.get(code)
    return known.kind if known else None


def page_for(code: str) -> str:
    """The route that shows what an entry of this code tells; empty when there is none."""
    return _by_code[code].page if code in _by_code else ""
