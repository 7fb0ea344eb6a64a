"""What a decision stands on: the edition with both digests, its status on the day, and the orders over it.

Stored with a draft when its author begins it or re-affirms it, and with the decision when it is signed. Two footings
are the same ground when whoever read one has read the other: a wording may be corrected; rules, status, its first
day and orders may not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from policy.editions import Edition
from policy.standing import Standing


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Overlay(_Kept):
    """An order that takes something from the edition for this decision type."""

    key: str
    event: str
    since: str
    scope: str
    statutes: list[str]
    authority: str


class Footing(_Kept):
    """`in_force` says whether priorities bind on the day; the edition is then theirs, else only the form's."""

    edition: str
    rules_digest: str
    content_digest: str
    in_force: bool
    status: str
    since: str
    words: str
    overlays: list[Overlay]

    @property
    def mark(self) -> str:
        """Short hash of the ground, by which a page says which one it showed."""
        said = self.model_dump(exclude={"content_digest", "words"})
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]

    def same_ground(self, other: Footing) -> bool:
        return self.mark == other.mark


def footing_of(standing: Standing, edition: Edition) -> Footing:
    """The footing of a decision on a day: `standing` for its decision type, `edition` the one that the form asks by."""
    interval = next((one for one in standing.all if one.edition == edition.key), None)
    return Footing(
        edition=edition.key,
        rules_digest=edition.rules_digest,
        content_digest=edition.content_digest,
        in_force=standing.edition_key == edition.key,
        status=interval.status if interval else "not_issued",
        since=interval.since.isoformat() if interval else "",
        words=standing.words,
        overlays=[
            Overlay(
                key=row.key,
                event=row.event,
                since=row.since.isoformat(),
                scope=row.scope,
                statutes=list(row.statutes),
                authority=row.authority,
            )
            for row in standing.overlays
        ],
    )


def kept(stored: Mapping[str, Any]) -> Footing | None:
    """A stored footing; None for a draft that was begun before they were kept."""
    return Footing.model_validate(stored) if stored else None
