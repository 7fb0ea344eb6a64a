"""What can go wrong in an assessment, with texts for the person."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from assessment.rules.unmet import Unmet


class NotAllowed(Exception):
    """The verb is not open to this person or this state. The text says why and what to do; `field` what it is about."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class RulesUnmet(Exception):
    """Signing was refused; `unmet` lists every rule that is not met. The draft is kept."""

    def __init__(self, unmet: Sequence[Unmet]) -> None:
        super().__init__(f"{len(unmet)} rules are not met")
        self.unmet = list(unmet)


@dataclass
class Conflict(Exception):
    """Somebody saved in between. Both texts are here; nothing was overwritten."""

    version: int
    saved: dict[str, Any]
    mine: dict[str, Any]
    saved_by: User | None
    saved_at: datetime.datetime | None
