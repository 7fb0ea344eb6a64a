"""From an event to its bytes, and back: the one place that knows how an entry is laid out.

Members: v, id, at, policy_date, event, actor, subject, edition (only where given), request, data. Committed
values are replaced by their commitment on the way out, and put back from the disclosures on the way in.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

import pydantic

from ledger.actors import Actor
from ledger.canonical import Json, canonical, dumps, join, scalar, utc_text
from ledger.commitments import Committed, Opening, commitment, new_salt
from ledger.errors import PayloadRefused
from ledger.events import EventType, Payload, event_type

FORMAT_VERSION = 1
SUBJECT_KEY = re.compile(r"[a-z][a-z_]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionRef:
    """The edition of the guidance that a decision was made under, as the log keeps it."""

    key: str
    rules_digest: str
    content_digest: str
    status: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NewEntry:
    """One event to append. `subject` names what it is about, by ids only: names and numbers of people never
    stand there.
    """

    payload: Payload
    actor: Actor
    subject: Mapping[str, uuid.UUID] = field(default_factory=dict)
    edition: EditionRef | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One laid-out entry: what goes into the tables."""

    id: uuid.UUID
    at: datetime
    policy_date: date
    event: EventType
    new: NewEntry
    bytes: bytes
    openings: list[Opening]

    @property
    def case_id(self) -> uuid.UUID | None:
        return self.new.subject.get("case")

    @property
    def links_case(self) -> bool:
        """Whether the database gives this entry the next number of its case."""
        return self.event.kind == "change" and self.case_id is not None


def lay_out(new: NewEntry, *, id: uuid.UUID, at: datetime, policy_date: date, request: str) -> Written:
    """The entry's bytes and openings. Raises `UnknownEvent` or `PayloadRefused`."""
    kind = event_type(type(new.payload))
    try:
        payload = type(new.payload).model_validate(new.payload)
    except pydantic.ValidationError as error:
        # The offending values may be what must never be shown, so only places and reasons are told.
        places = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False)
        )
        raise PayloadRefused(f"The payload of {kind.code} does not fit its type: {places}") from None
    openings: list[Opening] = []
    document: dict[str, Json] = {
        "v": FORMAT_VERSION,
        "id": str(id),
        "at": utc_text(at),
        "policy_date": policy_date.isoformat(),
        "event": kind.code,
        "actor": {
            "id": scalar(new.actor.id, "/actor/id"),
            "name": scalar(new.actor.name, "/actor/name"),
            "role": scalar(new.actor.role, "/actor/role"),
            "office": scalar(new.actor.office, "/actor/office"),
        },
        "subject": _subject(new.subject),
        "request": scalar(request, "/request"),
        "data": _plain(payload, "/data", openings),
    }
    if new.edition is not None:
        document["edition"] = {
            key: scalar(value, f"/edition/{key}") for key, value in asdict(new.edition).items()
        }
    # Every value went through `scalar`, so the check of `canonical` would only look at the same things again.
    return Written(id, at, policy_date, kind, new, dumps(document), openings)


def _subject(subject: Mapping[str, uuid.UUID]) -> dict[str, Json]:
    plain: dict[str, Json] = {}
    for key, value in subject.items():
        if not SUBJECT_KEY.fullmatch(key):
            raise PayloadRefused(
                f"/subject: {key!r} is no name for a subject; use lower-case words such as 'case'."
            )
        if not isinstance(value, uuid.UUID):
            raise PayloadRefused(
                f"/subject/{key}: must be a UUID, not {type(value).__name__}: a subject holds ids only."
            )
        plain[key] = str(value)
    return plain


def _plain(value: Any, pointer: str, openings: list[Opening] | None) -> Json:
    """`value` as JSON. Committed values go to `openings`; where that is None (inside one) they are
    refused.
    """
    if isinstance(value, pydantic.BaseModel):
        return {
            name: member if _is_plain(member) else _plain(member, join(pointer, name), openings)
            for name, member in _members(value)
        }
    if isinstance(value, Committed):
        if openings is None:
            raise PayloadRefused(f"{pointer}: a committed value cannot hold another one.")
        opening = Opening(pointer, new_salt(), canonical(_plain(value.value, pointer, None)))
        openings.append(opening)
        return {"c": commitment(opening.salt, opening.value_bytes)}
    if isinstance(value, Mapping):
        plain: dict[str, Json] = {}
        for key, member in value.items():
            name = scalar(key, pointer)
            if not isinstance(name, str):
                raise PayloadRefused(f"{pointer}: a member's name must be text, not {type(key).__name__}.")
            plain[name] = _plain(member, join(pointer, name), openings)
        return plain
    if isinstance(value, list | tuple):
        return [
            member if _is_plain(member) else _plain(member, f"{pointer}/{index}", openings)
            for index, member in enumerate(value)
        ]
    return scalar(value, pointer)


def _members(model: pydantic.BaseModel) -> Iterable[tuple[str, Any]]:
    """The fields of `model` with their values; what iterating over it gives, at a tenth of the price."""
    return model if model.model_extra else model.__dict__.items()


def _is_plain(value: Any) -> bool:
    """Whether `scalar` gives just this back: most members are such, and asking costs less than a pointer."""
    kind = type(value)
    return kind is bool or value is None or (kind is str and value.isascii() and "\x00" not in value)


def decode(data: bytes) -> dict[str, Any]:
    """The document that an entry's bytes hold."""
    document = json.loads(data)
    if not isinstance(document, dict):
        raise ValueError("an entry's bytes must hold one JSON object")
    return document


def disclosed(document: dict[str, Any], openings: Iterable[Opening]) -> Json:
    """`data` with every commitment that `openings` opens replaced by its value; the others stay as
    they are.
    """
    values = {opening.pointer: json.loads(opening.value_bytes) for opening in openings}
    return _put_back(document.get("data"), "/data", values)


def _put_back(value: Json, pointer: str, values: Mapping[str, Json]) -> Json:
    if pointer in values:
        return values[pointer]
    if isinstance(value, dict):
        return {name: _put_back(member, join(pointer, name), values) for name, member in value.items()}
    if isinstance(value, list):
        return [_put_back(member, f"{pointer}/{index}", values) for index, member in enumerate(value)]
    return value
