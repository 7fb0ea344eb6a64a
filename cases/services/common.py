"""What the verbs share: who may write in a case, the entry of a changed row, the compare-and-write of
versions."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from django.db import models

from accounts.models import UNASSIGNED, User
from cases.errors import Refused
from cases.events import Part, RecordChanged
from cases.models import Case, CaseState
from ledger.actors import Actor
from ledger.events import Committed
from ledger.services import NewEntry, append

M = TypeVar("M", bound=models.Model)


def require_own(user: User, case: Case) -> None:
    """A case is written in by its own office, while it is open. Raises `Refused`."""
    if case.state != CaseState.OPEN:
        raise Refused("This case is closed, so nothing was saved. Its record stays as it is.")
    if case.office_id == user.office_id:
        return
    if case.office_id == UNASSIGNED:
        raise Refused(
            "This case belongs to no office yet, so nothing was saved. Take the case into your office first."
        )
    raise Refused(
        f"This case is with the office '{case.office_id}', so nothing was saved. Ask that office to "
        "make the change."
    )


def subject(case: Case, **more: uuid.UUID) -> dict[str, uuid.UUID]:
    return {"case": case.id, "person": case.person_id, **more}


def note_change(
    *,
    actor: Actor,
    case: Case,
    part: Part,
    row: uuid.UUID,
    version: int,
    content: Mapping[str, Any],
    action: Literal["recorded", "changed", "withdrawn"] = "recorded",
) -> None:
    """Append the entry of one written row. `content` must be plain JSON values; it is committed, not written
    out."""
    payload = RecordChanged(part=part, action=action, version=version, content=Committed(plain(content)))
    append(NewEntry(payload=payload, actor=actor, subject=subject(case, record=row)))


def plain(value: Any) -> Any:
    """`value` with days and ids as text, for the log."""
    if isinstance(value, Mapping):
        return {str(name): plain(member) for name, member in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(member) for member in value]
    if isinstance(value, datetime.date | uuid.UUID):
        return str(value)
    return value


def write_version(row: M, *, version: int, changes: Mapping[str, Any]) -> bool:
    """UPDATE the row if it still has `version`; give it the next one. False when somebody was faster."""
    manager = type(row)._default_manager
    updated = manager.filter(pk=row.pk, version=version).update(**changes, version=version + 1)
    if updated:
        for name, value in changes.items():
            setattr(row, name, value)
        row.version = version + 1  # type: ignore[attr-defined]
    return bool(updated)
