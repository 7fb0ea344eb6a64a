"""A reason why no adverse step can be signed now."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Halt:
    """One reason why no adverse step can be signed, with its owner, clock and way out.

    `stop_id` and `due_on` are None for a check that was not made; `late` says that the clock has run out.
    """

    key: str
    words: str
    clause: str
    way_out: str
    title: str = ""
    owner: str = ""
    stop_id: uuid.UUID | None = None
    due_on: datetime.date | None = None
    late: bool = False
