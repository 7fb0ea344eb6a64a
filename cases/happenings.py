"""What happened to a record, told to rooms above within the same transaction.

`cases` may not import `assessment`, but a sign of citizenship must open a stop, and a vacated conviction a task, at
once. A listener runs inside the change's transaction: if it fails, the change does not happen.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from accounts.models import User
from cases.models import Case
from ledger.actors import Actor

What = Literal["status_saved", "flag_changed", "person_changed", "fact_changed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """`row` is the changed fact, where it is one."""

    what: What
    actor: Actor
    user: User
    case: Case
    row: uuid.UUID | None = None


Listener = Callable[[Happening], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Called once by a room above, in its AppConfig's `ready()`."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(happening: Happening) -> None:
    """Run every listener; called by the services of cases inside their transaction."""
    for listener in _listeners:
        listener(happening)
