"""The contents of editions that are in force: what two people activated, whatever the files of this release say.

Activations only grow, so their number is their version. A request learns it with its session (`config.sessions`), in
the query that it makes anyway; where no session is read, it is asked for after `SECONDS`. What was learned once is
kept in the process, so that a page costs no query for it.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Final

from django.db.models import F, Func, IntegerField, Subquery

from policy.editions import Edition, available, load
from policy.models import EditionActivation, EditionContent

SECONDS: Final = 1.0
DIGEST: Final = re.compile("[0-9a-f]{64}")


@dataclass(slots=True)
class _Held:
    digests: dict[str, str] = field(default_factory=dict)
    version: int = -1
    seen: int = -1
    seen_at: float = float("-inf")


_held = _Held()
_by_digest: dict[str, Edition] = {}


def in_force(key: str) -> Edition:
    """The content of an edition that was activated last. Raises KeyError when none ever was."""
    _look()
    if key not in _held.digests:
        raise KeyError(f"no content of edition {key!r} was ever activated")
    return by_digest(_held.digests[key])


def activated(key: str) -> bool:
    """Whether a content of the edition was ever activated."""
    _look()
    return key in _held.digests


def shown(key: str) -> Edition:
    """What a page shows of an edition: the content in force, or the files' where none ever was. Raises KeyError."""
    return in_force(key) if activated(key) else load(key)


def known_keys() -> tuple[str, ...]:
    """Every edition, oldest first: those of the files and those that were ever activated."""
    _look()
    return tuple(sorted({*available(), *_held.digests}))


def _look() -> None:
    if time.monotonic() - _held.seen_at > SECONDS:
        note_version(EditionActivation.objects.count())
    if _held.version != _held.seen:
        read_now()


def read_now() -> None:
    """Read which contents are in force as the current transaction sees it."""
    rows = EditionActivation.objects.order_by("id").values_list("edition", "content_id")
    _held.digests = dict(rows)
    _held.version = len(rows)
    note_version(len(rows))


def by_digest(digest: str) -> Edition:
    """A kept content by its digest; read once in a process. Raises `EditionContent.DoesNotExist`."""
    if digest not in _by_digest:
        _by_digest[digest] = _from_files(digest) or _from_database(digest)
    return _by_digest[digest]


def kept(key: str, digest: str) -> Edition | None:
    """A kept content of this edition by its digest; None for a digest that is none of it."""
    try:
        found = by_digest(digest) if DIGEST.fullmatch(digest) else None
    except EditionContent.DoesNotExist:
        return None
    return found if found is not None and found.key == key else None


def _from_files(digest: str) -> Edition | None:
    return next((load(key) for key in available() if load(key).content_digest == digest), None)


def _from_database(digest: str) -> Edition:
    row = EditionContent.objects.get(pk=digest)
    return Edition.kept(row.content, row.content_digest, row.rules_digest)


def version_beside() -> Subquery:
    """The version as a subquery, for whoever reads something else at the same time."""
    total = Func(F("id"), function="COUNT", output_field=IntegerField())
    return Subquery(EditionActivation.objects.order_by().annotate(total=total).values("total"))


def note_version(version: int) -> None:
    """The version that the database was just seen to have."""
    _held.seen, _held.seen_at = version, time.monotonic()


def forget() -> None:
    """Read anew at the next look-up."""
    _held.digests, _held.version, _held.seen, _held.seen_at = {}, -1, -1, float("-inf")


def version_held() -> int:
    """The number of activations that this process knows; -1 when it knows none."""
    return _held.version
