"""Flags that protect a person: setting is immediate, clearing takes two people of the office.

One of them asks, and a supervisor who is somebody else confirms. Whether a case is restricted follows from its
flags and from nothing else. The entries do not say that they are about a flag: even that may be protected.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction

from accounts.models import UNASSIGNED, Role, User
from cases.errors import Refused
from cases.happenings import Happening, tell
from cases.models import RESTRICTING, Case, CaseFlag, Evidence, FlagKind, StatusRecord
from cases.screening.store import keep_row
from cases.services.common import note_change, write_version
from ledger.actors import Actor
from ledger.clock import now

# Which answer of the status page stands for which flag.
ANSWERS: Mapping[str, FlagKind] = {
    "section_1367_check": FlagKind.SECTION_1367,
    "fear_of_return": FlagKind.ASYLUM_208_6,
    "minor_check": FlagKind.JUVENILE,
}
FROM_STATUS = "Answered on the status page"
LONGEST = 400


def set_flag(
    *,
    actor: Actor,
    user: User,
    case: Case,
    kind: str,
    reason: str,
    evidence: uuid.UUID | None = None,
) -> CaseFlag:
    """Set a flag, at once. `kind` is a `FlagKind`; closed cases take flags as well. Raises `Refused`."""
    _require_office(user, case)
    if kind not in FlagKind.values:
        raise Refused("Choose which flag to set.", field="kind")
    words = _reason(reason)
    if evidence and not Evidence.objects.filter(case=case, pk=evidence).exists():
        raise Refused("The evidence that you chose is not of this case. Choose again.", field="evidence")
    with transaction.atomic():
        row = _set(user, case, FlagKind(kind), words, evidence)
        if row is None:
            raise Refused("This flag stands already, so nothing was changed.", field="kind")
        _note(actor, case, row, "recorded")
        tell(Happening(what="flag_changed", actor=actor, user=user, case=case))
    return row


def flags_of_answers(*, user: User, case: Case, yes: Collection[str]) -> list[str]:
    """Set the flags of status answers that are yes; returns the kinds that are new. The caller's entry tells."""
    standing = set(CaseFlag.objects.filter(case=case, cleared_at=None).values_list("kind", flat=True))
    wanted = [kind for answer, kind in ANSWERS.items() if answer in yes and kind not in standing]
    return [str(row.kind) for kind in wanted if (row := _set(user, case, kind, FROM_STATUS, None))]


def ask_to_clear(*, actor: Actor, user: User, case: Case, flag: uuid.UUID, reason: str) -> CaseFlag:
    """Ask that a flag be cleared; it stands until a supervisor confirms. Raises `Refused`."""
    _require_office(user, case)
    words = _reason(reason)
    with transaction.atomic():
        row = _standing(case, flag)
        if row.clear_asked_by_id is not None:
            raise Refused("Somebody asked for this already; a supervisor decides on it.")
        _refuse_while_answered(case, row)
        row.clear_asked_by, row.clear_asked_at, row.clear_reason = user, now(), words
        row.save(update_fields=["clear_asked_by", "clear_asked_at", "clear_reason"])
        keep_row(row, case_id=case.id)
        _note(actor, case, row, "changed")
    return row


def confirm_clearing(*, actor: Actor, user: User, case: Case, flag: uuid.UUID) -> CaseFlag:
    """Clear a flag that somebody else asked to clear. Supervisors of the office only. Raises `Refused`."""
    _require_office(user, case)
    _require_supervisor(user)
    with transaction.atomic():
        row = _standing(case, flag)
        if row.clear_asked_by_id is None:
            raise Refused("Nobody has asked to clear this flag. One asks, and another confirms.")
        if row.clear_asked_by_id == user.pk:
            raise Refused(
                "You asked to clear this flag, so somebody else confirms it: another supervisor of the office."
            )
        _refuse_while_answered(case, row)
        row.cleared_by, row.cleared_at = user, now()
        row.save(update_fields=["cleared_by", "cleared_at"])
        left = CaseFlag.objects.filter(case=case, cleared_at=None, kind__in=RESTRICTING).exists()
        if case.restricted and row.kind in RESTRICTING and not left:
            _restrict(case, False)
        _note(actor, case, row, "withdrawn")
        tell(Happening(what="flag_changed", actor=actor, user=user, case=case))
    return row


def keep_flag(*, actor: Actor, user: User, case: Case, flag: uuid.UUID) -> CaseFlag:
    """Decline to clear: the flag stands, and may be asked about again. Supervisors of the office only."""
    _require_office(user, case)
    _require_supervisor(user)
    with transaction.atomic():
        row = _standing(case, flag)
        if row.clear_asked_by_id is None:
            raise Refused("Nobody has asked to clear this flag, so there is nothing to decline.")
        row.clear_asked_by, row.clear_asked_at, row.clear_reason = None, None, ""
        row.save(update_fields=["clear_asked_by", "clear_asked_at", "clear_reason"])
        _note(actor, case, row, "changed")
    return row


def _set(user: User, case: Case, kind: FlagKind, reason: str, evidence: uuid.UUID | None) -> CaseFlag | None:
    """The new row, or None where the flag stands already. Restricts the case where the kind does."""
    row = CaseFlag(case=case, kind=kind, reason=reason, evidence_id=evidence, set_by=user, set_at=now())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "one_standing_flag_a_kind" in str(error):
            return None
        raise
    keep_row(row, case_id=case.id)
    if kind in RESTRICTING and not case.restricted:
        _restrict(case, True)
    return row


def _restrict(case: Case, restricted: bool) -> None:
    if not write_version(case, version=case.version, changes={"restricted": restricted}):
        raise Refused("The case was changed at this moment by somebody else. Do it once more.")


def _standing(case: Case, flag: uuid.UUID) -> CaseFlag:
    row = CaseFlag.objects.select_for_update(of=("self",)).filter(pk=flag, case=case, cleared_at=None).first()
    if row is None:
        raise Refused("This flag does not stand any more, so nothing was changed.")
    return row


def _refuse_while_answered(case: Case, row: CaseFlag) -> None:
    """The status page and the flag must not say two things."""
    answer = next(answer for answer, kind in ANSWERS.items() if kind == row.kind)
    said = StatusRecord.objects.filter(case=case).values_list(answer, flat=True).first()
    if said == "yes":
        raise Refused(
            "The status page still answers this with yes, so the flag stays. Change the answer there first, "
            "then ask again."
        )


def _require_office(user: User, case: Case) -> None:
    if user.role not in {Role.OFFICER, Role.SUPERVISOR} or case.office_id != user.office_id:
        raise Refused(
            f"This case is with the office '{case.office_id}', so nothing was changed. Ask that office."
            if case.office_id != UNASSIGNED
            else "This case belongs to no office yet. Take it into your office first."
        )


def _require_supervisor(user: User) -> None:
    if user.role != Role.SUPERVISOR:
        raise Refused("A supervisor of the office decides this; nothing was changed.")


def _reason(text: str) -> str:
    words = " ".join(text.replace("\x00", " ").split())
    if not words:
        raise Refused("Say why, in one sentence; whoever reads the case later needs it.", field="reason")
    if len(words) > LONGEST:
        raise Refused(f"Shorten the reason to {LONGEST} characters.", field="reason")
    return words


def _note(actor: Actor, case: Case, row: CaseFlag, action: str) -> None:
    content = {
        "flag": row.kind,
        "reason": row.reason,
        "evidence": str(row.evidence_id or ""),
        "set_by": str(row.set_by_id),
        "clear_asked_by": str(row.clear_asked_by_id or ""),
        "clear_reason": row.clear_reason,
        "cleared_by": str(row.cleared_by_id or ""),
    }
    # As a fact, so that the entry does not say what it is about.
    note_change(
        actor=actor,
        case=case,
        part="fact",
        row=row.id,
        version=1,
        content=content,
        action=action,  # type: ignore[arg-type]
    )
