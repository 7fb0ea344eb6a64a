"""Identifiers: UUIDv7 everywhere, so that ids sort by the time they were made and partitions are ranges of
ids.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """A new UUIDv7; within one process each is larger than the one before."""
    made: uuid.UUID = uuid_utils.compat.uuid7()
    return made


def id_floor(moment: datetime) -> uuid.UUID:
    """The smallest UUID whose time part is `moment` (aware) in whole milliseconds: a bound for
    ranges of ids.
    """
    milliseconds = round(moment.astimezone(UTC).timestamp() * 1000)
    return uuid.UUID(int=max(milliseconds, 0) << 80)
