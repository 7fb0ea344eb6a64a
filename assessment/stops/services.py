"""Verbs of stops and tasks: open what the record shows, lift, confirm, close. Each with its entry."""

from __future__ import annotations

import uuid

from django.db import transaction

from accounts.models import Role, User
from assessment.errors import NotAllowed
from assessment.events import StopLifted, StopOpened, TaskClosed, TaskOpened
from assessment.models import Decision, Execution, PinnedFact, Stop, StopState, Task, TaskKind
from assessment.stops.selectors import evidence_that_lifts
from assessment.stops.ways_out import WAYS_OUT
from assessment.workdays import add_working_days
from cases.happenings import Happening
from cases.models import Case
from cases.selectors import stop_signs
from cases.services.closing import close_case
from ledger.actors import Actor
from ledger.clock import now, policy_date
from ledger.events import Committed
from ledger.services import NewEntry, append

CITIZEN = "not a noncitizen"


def on_happening(happening: Happening) -> None:
    """Listener of `cases.happenings`: signs open stops, moved facts open tasks, in the record's own transaction."""
    if happening.what == "fact_changed" and happening.row is not None:
        _facts_moved(happening.actor, happening.case, happening.row)
    else:
        open_stops(actor=happening.actor, user=happening.user, case=happening.case)


def open_stops(*, actor: Actor, user: User, case: Case) -> list[Stop]:
    """Open a stop for each sign of the record that none covers. Called inside the caller's transaction."""
    opened = []
    for sign in stop_signs(case, policy_date()):
        if sign.check_missing:
            continue
        basis = sign.basis[:400]
        same_kind = case.stops.filter(kind=sign.key)
        if same_kind.filter(state=StopState.LIFTED, basis=basis).exists():
            continue
        standing = same_kind.filter(state=StopState.OPEN).first()
        if standing is not None:
            if standing.basis != basis:
                same_kind.filter(pk=standing.pk).update(basis=basis, words=sign.words)
            continue
        stop = Stop.objects.create(
            case=case,
            kind=sign.key,
            basis=basis,
            words=sign.words,
            opened_at=now(),
            opened_by=user,
            due_on=add_working_days(policy_date(), WAYS_OUT[sign.key].days),
        )
        append(
            NewEntry(
                payload=StopOpened(stop_kind=Committed(stop.kind), due_on=stop.due_on.isoformat()),
                actor=actor,
                subject={"case": case.pk, "stop": stop.pk},
            )
        )
        if stop.kind == "citizenship":
            _lift_tasks(actor, case)
        opened.append(stop)
    return opened


def _lift_tasks(actor: Actor, case: Case) -> None:
    """A detainer that stands while citizenship is in question: a task to lift it opens at once."""
    for decision in standing_detainers(case):
        open_task(
            actor,
            case,
            decision,
            TaskKind.LIFT_DETAINER,
            "A detainer stands while there is a sign of United States citizenship. Decide on lifting it.",
        )


def standing_detainers(case: Case) -> list[Decision]:
    """Approved detainers that no approved lifting followed."""
    approved = Decision.objects.filter(case=case, type="detainer", state="approved")
    lifted = approved.filter(direction="undo", versions__outcome="act").order_by("-closed_at").first()
    last = lifted.closed_at if lifted else None
    standing = approved.filter(direction="do", versions__outcome="act").distinct()
    return list(standing.filter(closed_at__gt=last) if last else standing)


def _facts_moved(actor: Actor, case: Case, fact_id: uuid.UUID) -> None:
    """A fact under a decision changed: officer and supervisor are told, the signed decision stays as it is."""
    pinned = PinnedFact.objects.filter(fact_id=fact_id, version__decision__case=case).select_related(
        "version__decision"
    )
    for decision in {pin.version.decision for pin in pinned}:
        if (
            decision.state == "withdrawn"
            or Execution.objects.filter(decision=decision, carried_out=True).exists()
        ):
            continue
        open_task(
            actor,
            case,
            decision,
            TaskKind.FACTS_MOVED,
            "A fact that this decision rests on was changed after it was signed. Look whether it still holds; a new "
            "assessment takes the facts as they are now.",
        )


def open_task(actor: Actor, case: Case, decision: Decision | None, kind: TaskKind, words: str) -> None:
    if decision and Task.objects.filter(decision=decision, kind=kind, done_at__isnull=True).exists():
        return
    task = Task.objects.create(
        case=case,
        office_id=case.office_id,
        kind=kind,
        decision=decision,
        words=words,
        opened_at=now(),
        due_on=add_working_days(policy_date(), 1),
    )
    append(
        NewEntry(
            payload=TaskOpened(task_kind=Committed(str(kind)), due_on=task.due_on.isoformat()),
            actor=actor,
            subject={"case": case.pk, "task": task.pk} | ({"decision": decision.pk} if decision else {}),
        )
    )


def close_task(*, actor: Actor, user: User, task: Task) -> Task:
    """Say that a task is seen. Only people of its office; a detainer that is to be lifted asks for a decision."""
    if task.office_id != user.office_id:
        raise NotAllowed("This task is with another office. Nothing was changed.")
    if task.kind == TaskKind.LIFT_DETAINER:
        raise NotAllowed(
            "This task is not closed by seeing it. It closes when the detainer is lifted by an approved decision, or "
            "when the question of citizenship is settled and the detainer may stand."
        )
    if task.kind == TaskKind.ANSWER_CORRECTED and user.role != Role.SUPERVISOR:
        raise NotAllowed("A supervisor looks at a corrected answer. Nothing was changed.")
    with transaction.atomic():
        _close(actor, user, task)
    return task


def _close(actor: Actor, user: User, task: Task) -> None:
    if Task.objects.filter(pk=task.pk, done_at__isnull=True).update(done_at=now(), done_by=user):
        append(
            NewEntry(
                payload=TaskClosed(task_kind=Committed(task.kind)),
                actor=actor,
                subject={"case": task.case_id, "task": task.pk},
            )
        )


def on_approved(*, actor: Actor, user: User, decision: Decision, outcome: str) -> None:
    """An approved lifting closes the tasks that asked for it. Called inside the review's transaction.

    An approved decision to keep the detainer closes them only when no question of citizenship is open any more.
    """
    if decision.type != "detainer" or decision.direction != "undo":
        return
    if outcome == "act" or not citizenship_open(decision.case):
        close_lift_tasks(actor, user, decision.case)


def citizenship_open(case: Case) -> bool:
    return case.stops.filter(kind="citizenship", state=StopState.OPEN).exists()


def close_lift_tasks(actor: Actor, user: User, case: Case) -> None:
    """Close what asks to lift a detainer of this case. Called inside the transaction that answers it."""
    tasks = Task.objects.filter(case=case, kind=TaskKind.LIFT_DETAINER, done_at__isnull=True)
    for task in tasks.order_by("id"):
        _close(actor, user, task)


def settle_stop(
    *, actor: Actor, user: User, stop: Stop, evidence_id: uuid.UUID | None, confirm_citizen: bool = False
) -> Stop:
    """Lift a stop with its named evidence, or confirm citizenship, which closes the case.

    Raises `NotAllowed`: a supervisor alone, without the evidence, or with evidence that they brought themselves.
    """
    if user.role != Role.SUPERVISOR or user.office_id != stop.case.office_id:
        raise NotAllowed("A supervisor of the case's office settles a stop. Nothing was changed.")
    allowed = {row.pk: row for row in evidence_that_lifts(stop)}
    evidence = allowed.get(evidence_id) if evidence_id else None
    if evidence is None:
        raise NotAllowed(f"A supervisor's word alone does not lift it. {WAYS_OUT[stop.kind].words}")
    if user.pk == evidence.obtained_by_id:
        raise NotAllowed("You brought this evidence yourself. Another supervisor looks at it.")
    if confirm_citizen and stop.kind != "citizenship":
        raise NotAllowed("Only a stop on citizenship can be confirmed.")
    with transaction.atomic():
        locked = Stop.objects.select_for_update().get(pk=stop.pk)
        if locked.state != StopState.OPEN:
            raise NotAllowed("This stop was settled meanwhile. Nothing was changed.")
        locked.state = StopState.CONFIRMED if confirm_citizen else StopState.LIFTED
        locked.evidence = evidence
        locked.settled_by = user
        locked.settled_at = now()
        locked.save()
        append(
            NewEntry(
                payload=StopLifted(stop_kind=Committed(locked.kind), confirmed=Committed(confirm_citizen)),
                actor=actor,
                subject={"case": locked.case_id, "stop": locked.pk, "evidence": evidence.pk},
            )
        )
        if confirm_citizen:
            close_case(actor=actor, case=locked.case, reason=CITIZEN)
        elif locked.kind == "citizenship":
            # Counsel's opinion answers the question; what asked to lift a detainer because of it is answered too.
            close_lift_tasks(actor, user, locked.case)
    return locked
