"""Decisions whose outcome and reasons a person may not read yet. `review` registers which; this room may not import it.

A supervisor who must record a view of their own first is refused every page that shows what the officer chose.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.models import QuerySet

from accounts.models import User
from assessment.models import Decision

WORDS: Final = (
    "You are asked for your own view of this decision before you read what the officer chose. Open it under Review and "
    "record your view there; then this page opens."
)

_build: list[Callable[[User], QuerySet[Decision]]] = []


def register(build: Callable[[User], QuerySet[Decision]]) -> None:
    """Called once by the room that reviews."""
    _build.append(build)


def withheld_from(user: User) -> QuerySet[Decision]:
    """The decisions of which this person reads the facts alone, for now."""
    return _build[0](user) if _build else Decision.objects.none()
