"""A reason why no adverse step can be signed now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Halt:
    """One reason why no adverse step can be signed, with its way out. `stop_id` is None for a check not made."""

    key: str
    words: str
    clause: str
    way_out: str
    stop_id: uuid.UUID | None = None
