"""Values that must be able to go: the bytes hold a salted hash, the value lies beside them as a disclosure.

A commitment is `{"c": base64url(SHA-256(salt || RFC 8785 of the value))}` without padding, with 32 random
bytes of salt, so that nobody can guess a short value from its hash once salt and value are erased, and every
proof still holds.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from typing import Any, Generic, NamedTuple, TypeVar, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T = TypeVar("T")
SALT_BYTES = 32


class Committed(Generic[T]):
    """`Committed(value)`: `value` stays out of the entry's bytes. Its text form never shows the value."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "Committed(...)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Committed) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash((Committed, self.value))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        arguments = get_args(source)
        inner = handler.generate_schema(arguments[0]) if arguments else core_schema.any_schema()

        def wrapped(value: Any, validate: core_schema.ValidatorFunctionWrapHandler) -> Committed[Any]:
            if not isinstance(value, Committed):
                raise PydanticCustomError(
                    "committed", "Wrap the value in Committed(...): it must stay out of the bytes"
                )
            return Committed(validate(value.value))

        return core_schema.no_info_wrap_validator_function(wrapped, inner)


class Opening(NamedTuple):
    """What opens one commitment: where it stands in the entry, its salt and the canonical bytes of
    its value.
    """

    pointer: str
    salt: bytes
    value_bytes: bytes


def commitment(salt: bytes, value_bytes: bytes) -> str:
    """The text under `c`."""
    return urlsafe_b64encode(hashlib.sha256(salt + value_bytes).digest()).rstrip(b"=").decode()


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)
