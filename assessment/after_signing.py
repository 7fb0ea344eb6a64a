"""What happens between a signature and its review. `review` registers it; this room may not import it.

Everything here runs inside the transaction of the signature: a decision is never signed without having been drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from assessment.document import Document
from assessment.draft import Draft
from assessment.models import Decision, DecisionVersion
from ledger.actors import Actor


@dataclass(frozen=True, slots=True)
class Signing:
    """A version that was just signed; `decision` is locked and waits for its review."""

    actor: Actor
    user: User
    decision: Decision
    version: DecisionVersion
    draft: Draft
    document: Document


_prepare: list[Callable[[], None]] = []
_follow: list[Callable[[Signing], None]] = []


def register(*, prepare: Callable[[], None], follow: Callable[[Signing], None]) -> None:
    """Called once by the room that reviews. `prepare` runs before the entry of the signature, `follow` after it."""
    _prepare.append(prepare)
    _follow.append(follow)


def before_signature() -> None:
    for one in _prepare:
        one()


def after_signature(signing: Signing) -> None:
    for one in _follow:
        one(signing)
