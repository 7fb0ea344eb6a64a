"""The end of a stop whose answer was a mistake: corrected first, with a reason, and seen by a supervisor.

A yes on the status page also set a flag. Correcting the answer asks that the flag be cleared, with the same reason; two
people clear it, and a stop that stands on the flag ends with it.

Not a way round: the sign must be gone from the record; a claim or sign of citizenship, and an age that follows from a
date of birth, are never ended by the officer who works on the case, but by a supervisor who did not write the answer.
"""

from __future__ import annotations

from django.db import transaction

from accounts.models import Role, User
from assessment.errors import NotAllowed
from assessment.events import StopCorrected
from assessment.models import Stop, StopState, TaskKind
from assessment.stops.services import close_lift_tasks, open_task
from assessment.stops.ways_out import WAYS_OUT
from cases.happenings import Happening
from cases.models import Case, CaseFlag, FlagKind
from cases.screening.store import keep
from cases.selectors import StopSign, status_of, stop_signs
from cases.services.flags import ask_to_clear
from ledger.actors import Actor
from ledger.clock import now, policy_date
from ledger.events import Committed
from ledger.services import NewEntry, append

LONGEST_REASON = 400


# The flag that goes with the answer behind a stop.
FLAGS = {
    "section_1367": FlagKind.SECTION_1367,
    "fear_of_return": FlagKind.ASYLUM_208_6,
    "minor": FlagKind.JUVENILE,
}
ON_A_FLAG = ("flag", ";flag")


def sign_of(stop: Stop) -> StopSign | None:
    """What the record still shows of the stop; a check that nobody made is no such sign."""
    signs = stop_signs(stop.case, policy_date())
    return next((sign for sign in signs if sign.key == stop.kind and not sign.check_missing), None)


def only_a_flag(sign: StopSign | None) -> bool:
    """Whether nothing but a flag shows it any more."""
    return sign is not None and sign.basis.endswith(ON_A_FLAG)


def sign_stands(stop: Stop) -> bool:
    """Whether the record itself, flags apart, still shows what the stop is about."""
    sign = sign_of(stop)
    return sign is not None and not only_a_flag(sign)


def flag_of(stop: Stop) -> CaseFlag | None:
    """The standing flag that goes with the stop."""
    return CaseFlag.objects.filter(case=stop.case, kind=FLAGS.get(stop.kind, ""), cleared_at=None).first()


def officer_may_correct(stop: Stop) -> bool:
    """Whether an officer's correction is enough: an answer of the status page, and not about citizenship."""
    if stop.kind == "citizenship":
        return False
    return stop.kind != "minor" or stop.basis.endswith(("answer=yes", ";flag"))


def why_not_correctable(stop: Stop, user: User) -> str:
    """Why this person cannot end the stop as a corrected answer now; empty when they can."""
    if user.role not in (Role.OFFICER, Role.SUPERVISOR) or user.office_id != stop.case.office_id:
        return "Only people of the case's office correct its answers. Nothing was changed."
    if stop.state != StopState.OPEN:
        return "This stop was settled meanwhile. Nothing was changed."
    if sign_stands(stop):
        return (
            "The record still shows what this stop is about, so nothing was changed. Where the answer was a mistake, "
            "correct it on the status page first."
        )
    if user.role == Role.OFFICER and not officer_may_correct(stop):
        return "This correction needs a supervisor, who did not write the answer. Nothing was changed."
    status = status_of(stop.case)
    if user.role == Role.SUPERVISOR and status is not None and status.saved_by_id == user.pk:
        return "You wrote the answer yourself. Another supervisor looks at it. Nothing was changed."
    return ""


def correct_answer(*, actor: Actor, user: User, stop: Stop, reason: str) -> Stop:
    """End a stop because the answer that opened it was a mistake. Raises `NotAllowed` and then changes nothing.

    Where a flag stands, this asks that it be cleared; a stop that rests on the flag stays open until it is.
    """
    words = " ".join(reason.split())
    if not words:
        raise NotAllowed("Say why the answer was a mistake. Nothing was changed.")
    if len(words) > LONGEST_REASON:
        raise NotAllowed(
            f"The reason has {len(words)} characters; {LONGEST_REASON} fit. Shorten it. Nothing was changed."
        )
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=stop.case_id)
        locked = Stop.objects.select_for_update(of=("self",)).select_related("case__person").get(pk=stop.pk)
        refused = why_not_correctable(locked, user)
        if refused:
            raise NotAllowed(refused)
        flag = flag_of(locked)
        if flag is not None and flag.clear_asked_by_id is None:
            ask_to_clear(actor=actor, user=user, case=locked.case, flag=flag.pk, reason=words)
        if only_a_flag(sign_of(locked)):
            return locked
        _end(actor, user, locked, words)
        if user.role == Role.OFFICER:
            open_task(
                actor,
                locked.case,
                None,
                TaskKind.ANSWER_CORRECTED,
                f"An answer that had halted every adverse step was corrected ({WAYS_OUT[locked.kind].title}). Look at "
                "the reason on the page of the stop.",
            )
    return locked


def on_flag_changed(happening: Happening) -> None:
    """Listener of `cases.happenings`: a stop whose flag two people cleared ends with their reason."""
    if happening.what != "flag_changed":
        return
    for stop in happening.case.stops.filter(state=StopState.OPEN, kind__in=FLAGS).select_related(
        "case__person"
    ):
        cleared = (
            CaseFlag.objects.filter(
                case=happening.case,
                kind=FLAGS[stop.kind],
                cleared_by=happening.user,
                cleared_at__gte=stop.opened_at,
            )
            .order_by("-cleared_at")
            .first()
        )
        if cleared is not None and sign_of(stop) is None:
            _end(happening.actor, happening.user, stop, cleared.clear_reason)


def _end(actor: Actor, user: User, stop: Stop, reason: str) -> None:
    stop.state = StopState.CORRECTED
    stop.reason = reason
    stop.settled_by = user
    stop.settled_at = now()
    stop.save()
    keep(case_id=stop.case_id, kind="stop", row_id=stop.pk, texts={"reason": reason})
    append(
        NewEntry(
            payload=StopCorrected(stop_kind=Committed(stop.kind), reason=Committed(reason)),
            actor=actor,
            subject={"case": stop.case_id, "stop": stop.pk},
        )
    )
    if stop.kind == "citizenship":
        close_lift_tasks(actor, user, stop.case)


def corrected_stops(case: Case) -> list[Stop]:
    """Stops of the case that ended because an answer was corrected, for the supervisor of a decision on it."""
    return list(case.stops.filter(state=StopState.CORRECTED).select_related("settled_by").order_by("id"))
