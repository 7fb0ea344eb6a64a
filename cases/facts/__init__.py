"""Kinds of facts, one a file. To add one: write its file as the others are written, and name it here.

A kind has details (a pydantic model), a form, and `words`, one neutral line. It has no factor, weight or
score.
"""

from __future__ import annotations

from typing import Any

from cases.facts import (
    arrest,
    conduct,
    contribution,
    conviction,
    entry,
    family,
    health,
    presence,
    rehabilitation,
    relief,
    role,
    service,
)
from cases.facts.base import GROUP_TITLES, FactForm, FactKind, Group

__all__ = ["GROUP_TITLES", "KINDS", "FactForm", "FactKind", "Group"]

KINDS: dict[str, FactKind[Any]] = {
    module.KIND.key: module.KIND
    for module in (
        conviction,
        arrest,
        conduct,
        rehabilitation,
        family,
        health,
        service,
        contribution,
        role,
        relief,
        entry,
        presence,
    )
}
