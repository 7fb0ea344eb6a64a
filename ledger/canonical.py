"""Canonical bytes: RFC 8785 JSON over the few types that mean the same to every reader.

Only objects, lists, text, integers, booleans and null. Floats are refused because two writers may print one
number in two ways; NUL because PostgreSQL's JSON cannot hold it; integers beyond 2^53-1 because other readers
would round them.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import rfc8785

from ledger.errors import PayloadRefused

TYPE_NAMES = "objects, lists, text, integers, booleans and null"
LARGEST_INTEGER = 2**53 - 1
# Made once: `json.dumps` makes an encoder for every call.
ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def utc_text(moment: datetime) -> str:
    """RFC 3339 in UTC with six digits of a second, e.g. `2024-12-10T08:00:00.000000Z`; a naive time is
    refused.
    """
    if moment.tzinfo is None:
        raise PayloadRefused(f"The time {moment.isoformat()} has no zone; give an aware one.")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def scalar(value: Any, pointer: str) -> Json:
    """`value` as canonical JSON holds it; `pointer` names the place in an error. Raises `PayloadRefused`."""
    if type(value) is str and value.isascii() and "\x00" not in value:
        return value  # Most values are such.
    match value:
        case None | bool():
            return value
        case Enum():
            return scalar(value.value, pointer)
        case int():
            if abs(value) > LARGEST_INTEGER:
                raise PayloadRefused(f"{pointer}: {value} is too large for JSON readers; give it as text.")
            return int(value)
        case str():
            return _text(value, pointer)
        case uuid.UUID():
            return str(value)
        case datetime():
            return utc_text(value)
        case date():
            return value.isoformat()
    raise PayloadRefused(
        f"{pointer}: {type(value).__name__} cannot be in an entry; it holds only {TYPE_NAMES}."
    )


def _text(value: str, pointer: str) -> str:
    if "\x00" in value:
        raise PayloadRefused(f"{pointer}: the text has a NUL character; remove it.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise PayloadRefused(f"{pointer}: the text is not valid Unicode (a lone surrogate).") from error
    return str(value)


def canonical(value: Any) -> bytes:
    """The RFC 8785 bytes of `value`, which must consist of plain JSON types. Raises `PayloadRefused`."""
    _check(value, "")
    return dumps(value)


def dumps(value: Any) -> bytes:
    """The RFC 8785 bytes of what was checked to be plain JSON without floats.

    Over these types the standard library writes the same bytes, five times faster, but for one thing: it sorts names by
    code point, RFC 8785 by UTF-16 unit. The two differ only where a letter needs two units.
    """
    text = ENCODE(value)
    data = text.encode()
    if text.isascii() or len(text.encode("utf-16-le")) == 2 * len(text):
        return data
    return rfc8785.dumps(value)


def _check(value: Any, pointer: str) -> None:
    match value:
        case dict():
            for key, member in value.items():
                if not isinstance(key, str):
                    raise PayloadRefused(
                        f"{pointer or '/'}: a member's name must be text, not {type(key).__name__}."
                    )
                _text(key, pointer or "/")
                _check(member, join(pointer, key))
        case list():
            for index, member in enumerate(value):
                _check(member, f"{pointer}/{index}")
        case str() | int() | None:
            scalar(value, pointer or "/")
        case _:
            raise PayloadRefused(
                f"{pointer or '/'}: {type(value).__name__} has no canonical form;"
                f" an entry holds only {TYPE_NAMES}."
            )


def join(pointer: str, name: str) -> str:
    """The RFC 6901 pointer of member `name` under `pointer`."""
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"


def resolve(document: Json, pointer: str) -> Json:
    """What `pointer` (RFC 6901) points to; raises `KeyError` where there is nothing."""
    found: Json = document
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(found, Mapping):
            found = found[name]
        elif isinstance(found, list) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        else:
            raise KeyError(pointer)
    return found
