"""The two digests of an edition: SHA-256 over RFC 8785 canonical JSON.

``rules_digest`` leaves out every field marked ``NOT_RULE`` (wording, certainty, sources, citations, the day
of the next look), so that a corrected word does not make a draft start again. ``content_digest`` covers all.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import rfc8785
from pydantic import BaseModel

from .base import NotRule


def _sha256(value: Any) -> str:
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def content_bytes(edition: BaseModel) -> bytes:
    """The canonical JSON of everything in the edition: what `content_digest` is the SHA-256 of."""
    return rfc8785.dumps(_plain(edition, rules_only=False))


def _plain(value: Any, *, rules_only: bool) -> Any:
    if isinstance(value, BaseModel):
        return {
            name: _plain(getattr(value, name), rules_only=rules_only)
            for name, field in type(value).model_fields.items()
            if not (rules_only and any(isinstance(mark, NotRule) for mark in field.metadata))
        }
    if isinstance(value, tuple):
        return [_plain(item, rules_only=rules_only) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def rules_digest(edition: BaseModel) -> str:
    """Hex digest of the rules alone: the identity on which a draft is re-affirmed."""
    return _sha256(_plain(edition, rules_only=True))


def content_digest(edition: BaseModel) -> str:
    """Hex digest of everything in the edition."""
    return _sha256(_plain(edition, rules_only=False))
