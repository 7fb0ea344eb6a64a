"""Closing a case. Its record stays as it is; nothing more is written in it."""

from __future__ import annotations

from cases.errors import Refused
from cases.events import CaseClosed
from cases.models import Case, CaseState
from cases.services.common import subject, write_version
from ledger.actors import Actor
from ledger.events import Committed
from ledger.services import NewEntry, append


def close_case(*, actor: Actor, case: Case, reason: str) -> Case:
    """Close an open case, inside the caller's transaction. Raises `Refused` when it was changed meanwhile."""
    if not write_version(case, version=case.version, changes={"state": CaseState.CLOSED}):
        raise Refused("The case was changed at this moment by somebody else. Try again.")
    append(NewEntry(payload=CaseClosed(reason=Committed(reason)), actor=actor, subject=subject(case)))
    return case
