"""Two records of one person become one, and can become two again. Supervisors alone, for cases of their office.

Everything that a decision may rest on goes to the open case of the person who stays: encounters, facts, evidence,
record requests; numbers, other names and cases go to that person. The other open case is closed and says where
its record is. What protects the person only ever adds up. `PersonMerge.moved` says row by row what went over.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F

from accounts.models import UNASSIGNED, Role, User
from cases.errors import Refused
from cases.events import PersonMerged, PersonSeparated
from cases.happenings import Happening, tell
from cases.hooks import MERGE_VETOES
from cases.models import (
    RESTRICTING,
    Case,
    CaseFlag,
    CaseState,
    Encounter,
    Evidence,
    Fact,
    Person,
    PersonAlias,
    PersonIdentifier,
    PersonMerge,
    RecordRequest,
    StatusRecord,
    Support,
)
from cases.screening.store import follow, keep_row
from cases.selectors.visibility import visible_cases
from cases.services.common import subject, write_version
from ledger.actors import Actor
from ledger.clock import now
from ledger.events import Committed
from ledger.ids import new_id
from ledger.services import NewEntry, append

# Rows that go from case to case, each with a version that the move takes.
OF_CASES: dict[str, type[models.Model]] = {
    "encounters": Encounter,
    "evidence": Evidence,
    "facts": Fact,
    "record_requests": RecordRequest,
}
LONGEST = 400
ELSEWHERE = (
    "The open case of one of the two is with another office, so nothing was changed. A merge is for the office "
    "that keeps both."
)


def merge_persons(
    *, actor: Actor, user: User, survivor: Case, absorbed: Case, reason: str, shown: str = ""
) -> PersonMerge:
    """Merge the person of `absorbed` into the person of `survivor`; either case may be any of the person's.

    `shown` is `state_of` the cases of both that the supervisor saw, when a page asks. Raises `Refused`.
    """
    _require_supervisor(user)
    words = " ".join(reason.replace("\x00", " ").split())
    if not words or len(words) > LONGEST:
        raise Refused(
            f"Say in one sentence, of at most {LONGEST} characters, why the two are one person.",
            field="reason",
        )
    if survivor.person_id == absorbed.person_id:
        raise Refused("Both cases are of the same record already, so there is nothing to merge.")
    with transaction.atomic():
        stays, goes = _locked(survivor.person_id, absorbed.person_id)
        cases = list(Case.objects.select_for_update().filter(person__in=(stays, goes)).order_by("id"))
        if shown and shown != state_of(visible_cases(user).filter(person__in=(stays, goes))):
            raise Refused(
                "One of the two records changed after you opened this page. Compare them once more."
            )
        _require_own(user, cases)
        _ask_vetoes(cases)
        kept, closed = _open(cases, stays), _open(cases, goes)
        merge = PersonMerge(
            id=new_id(),
            survivor=stays,
            absorbed=goes,
            survivor_case=kept or closed,
            absorbed_case=closed if kept else None,
            reason=words,
            merged_at=now(),
            merged_by=user,
        )
        moved: dict[str, Any] = _move_person(stays, goes, user)
        if kept and closed:
            _close(closed, kept)
            moved |= {name: _move_rows(model, closed, kept) for name, model in OF_CASES.items()}
            moved |= {"flags": _add_flags(closed, kept, user), "status": _move_status(closed, kept, merge)}
        moved["cases"] = _move_cases([case for case in cases if case.person_id == goes.pk], stays)
        merge.moved = moved
        merge.save(force_insert=True)
        keep_row(merge, case_id=merge.survivor_case_id)
        _note(actor, merge, PersonMerged, words, moved=Committed(moved))
        if merge.survivor_case:
            case = Case.objects.select_related("person").get(pk=merge.survivor_case.pk)
            tell(Happening(what="person_changed", actor=actor, user=user, case=case))
    return merge


def undo_merge(*, actor: Actor, user: User, merge: PersonMerge) -> PersonMerge:
    """Give each person back what the merge took over. Flags stay on both; they fall only by two people.

    What was recorded since stays with the person who stayed. Raises `Refused`.
    """
    _require_supervisor(user)
    with transaction.atomic():
        stays, goes = _locked(merge.survivor_id, merge.absorbed_id)
        row = PersonMerge.objects.select_for_update().get(pk=merge.pk)
        if row.undone_at is not None:
            raise Refused("This merge was undone already.")
        if PersonMerge.objects.filter(absorbed=stays, undone_at=None).exists():
            raise Refused("The person was merged into yet another record since. Undo that merge first.")
        moved = row.moved
        cases = list(Case.objects.select_for_update().filter(person=stays).order_by("id"))
        _require_own(user, cases)
        _ask_vetoes(cases)
        by_id = {str(case.pk): case for case in cases}
        kept, closed = by_id.get(str(row.survivor_case_id)), by_id.get(str(row.absorbed_case_id))
        _return_cases([by_id[one] for one in moved["cases"] if one in by_id], goes, closed)
        if kept and closed:
            for name, model in OF_CASES.items():
                _return_rows(model, moved[name], kept, closed)
            _refuse_torn_support(kept, closed)
            _return_status(row, moved["status"], kept, closed)
        for model, name in ((PersonIdentifier, "identifiers"), (PersonAlias, "aliases")):
            model._default_manager.filter(person=stays, pk__in=moved[name]).update(person=goes)
        PersonAlias.objects.filter(person=stays, pk__in=moved["name_kept"]).update(withdrawn=True)
        row.undone_at, row.undone_by = now(), user
        row.save(update_fields=["undone_at", "undone_by"])
        _note(actor, row, PersonSeparated, row.reason)
    return row


def state_of(cases: Iterable[Case]) -> str:
    """What a supervisor saw of these cases, as one text: another one says that something changed since."""
    return ",".join(
        f"{case.pk}:{case.version}:{case.person_id}" for case in sorted(cases, key=lambda c: c.pk)
    )


def _require_supervisor(user: User) -> None:
    if user.role != Role.SUPERVISOR:
        raise Refused("A supervisor merges two records; nothing was changed.")


def _locked(one: uuid.UUID, other: uuid.UUID) -> tuple[Person, Person]:
    found = {
        row.pk: row for row in Person.objects.select_for_update().filter(pk__in=(one, other)).order_by("pk")
    }
    return found[one], found[other]


def _require_own(user: User, cases: Iterable[Case]) -> None:
    for case in cases:
        if case.state == CaseState.OPEN and case.office_id != user.office_id:
            if case.office_id == UNASSIGNED:
                raise Refused(
                    "A case of one of the two belongs to no office yet. Take it into your office first."
                )
            raise Refused(ELSEWHERE)


def _ask_vetoes(cases: Iterable[Case]) -> None:
    for case in cases:
        for veto in MERGE_VETOES:
            if text := veto(case):
                raise Refused(text)


def _open(cases: Iterable[Case], person: Person) -> Case | None:
    return next((one for one in cases if one.person_id == person.pk and one.state == CaseState.OPEN), None)


def _write(row: models.Model, **changes: Any) -> None:
    if not write_version(row, version=row.version, changes=changes):  # type: ignore[attr-defined]
        raise Refused("A row of one of the two was changed at this moment by somebody else. Do it once more.")


def _move_person(stays: Person, goes: Person, user: User) -> dict[str, list[str]]:
    """Numbers and other names; the name of the person who goes stays findable as another name."""
    identifiers = list(PersonIdentifier.objects.filter(person=goes))
    PersonIdentifier.objects.filter(person=goes).update(person=stays)
    known = {
        (row.family_name, row.given_name) for row in PersonAlias.objects.filter(person=stays, withdrawn=False)
    }
    known.add((stays.family_name, stays.given_name))
    aliases = [
        row
        for row in PersonAlias.objects.filter(person=goes, withdrawn=False)
        if (row.family_name, row.given_name) not in known
    ]
    PersonAlias.objects.filter(pk__in=[row.pk for row in aliases]).update(person=stays)
    known |= {(row.family_name, row.given_name) for row in aliases}
    name_kept = []
    if (goes.family_name or goes.given_name) and (goes.family_name, goes.given_name) not in known:
        kept = PersonAlias.objects.create(
            person=stays,
            family_name=goes.family_name,
            given_name=goes.given_name,
            recorded_at=now(),
            recorded_by=user,
        )
        name_kept.append(str(kept.pk))
    return {
        "identifiers": [str(row.pk) for row in identifiers],
        "aliases": [str(row.pk) for row in aliases],
        "name_kept": name_kept,
    }


def _close(closed: Case, kept: Case) -> None:
    _write(closed, state=CaseState.CLOSED, merged_into_id=kept.pk)


def _move_rows(model: type[models.Model], source: Case, target: Case) -> list[str]:
    rows = model._default_manager.filter(case=source)
    ids = [str(one) for one in rows.order_by("pk").values_list("pk", flat=True)]
    rows.update(case=target, version=F("version") + 1)
    follow(rows=ids, case_id=target.pk)
    return ids


def _return_rows(model: type[models.Model], ids: list[str], kept: Case, closed: Case) -> None:
    rows = model._default_manager.filter(pk__in=ids, case=kept)
    if rows.count() != len(ids):
        raise Refused("A part of the record went to yet another case since. Undo that merge first.")
    rows.update(case=closed, version=F("version") + 1)
    follow(rows=ids, case_id=closed.pk)


def _add_flags(source: Case, target: Case, user: User) -> list[str]:
    """Flags of the closed case stand on the other too; both keep them, whatever becomes of the merge."""
    standing = set(CaseFlag.objects.filter(case=target, cleared_at=None).values_list("kind", flat=True))
    added = [
        CaseFlag.objects.create(
            case=target,
            kind=flag.kind,
            reason=f"From a merged record: {flag.reason}"[:LONGEST],
            evidence_id=flag.evidence_id,
            set_by=user,
            set_at=now(),
        )
        for flag in CaseFlag.objects.filter(case=source, cleared_at=None)
        if flag.kind not in standing
    ]
    # A restriction without a flag (an earlier release) goes over as well.
    if not target.restricted and (source.restricted or RESTRICTING & {flag.kind for flag in added}):
        _write(target, restricted=True)
    return [str(flag.pk) for flag in added]


def _move_status(closed: Case, kept: Case, merge: PersonMerge) -> str:
    """The status page goes over where the other case has none; where both have one, it must be saved again."""
    theirs = StatusRecord.objects.filter(case=closed).first()
    own = StatusRecord.objects.filter(case=kept).first()
    if theirs is None:
        return ""
    if own is None:
        _write(theirs, case_id=kept.pk)
        return str(theirs.pk)
    if own.complete:
        _write(own, complete=False)
        merge.status_reopened = own.version
    return ""


def _return_status(row: PersonMerge, moved: str, kept: Case, closed: Case) -> None:
    if moved:
        status = StatusRecord.objects.filter(pk=moved, case=kept).first()
        if status is not None:
            _write(status, case_id=closed.pk)
    elif row.status_reopened:
        status = StatusRecord.objects.filter(case=kept, version=row.status_reopened).first()
        if status is not None:
            _write(status, complete=True)


def _move_cases(cases: Iterable[Case], stays: Person) -> list[str]:
    ids = []
    for case in cases:
        _write(case, person_id=stays.pk)
        ids.append(str(case.pk))
    return ids


def _return_cases(cases: Iterable[Case], goes: Person, closed: Case | None) -> None:
    for case in cases:
        changes: dict[str, Any] = {"person_id": goes.pk}
        if closed is not None and case.pk == closed.pk:
            changes |= {"state": CaseState.OPEN, "merged_into_id": None}
        try:
            with transaction.atomic():
                _write(case, **changes)
        except IntegrityError as error:
            raise Refused(
                "The person has another open case by now, so the merge cannot be undone."
            ) from error


def _refuse_torn_support(kept: Case, closed: Case) -> None:
    """A fact must not rest on evidence of another case."""
    torn = Support.objects.filter(fact__case__in=(kept, closed), evidence__case__in=(kept, closed)).exclude(
        fact__case=F("evidence__case")
    )
    if torn.exists():
        raise Refused(
            "Since the merge, a fact of one record was given evidence of the other, so they cannot be taken "
            "apart. Take that evidence from the fact first, then undo the merge."
        )


def _note(actor: Actor, merge: PersonMerge, payload: Any, reason: str, **more: Any) -> None:
    """One entry in each case that the merge is about, in each case that it moved, and none twice."""
    kept, closed = merge.survivor_case_id, merge.absorbed_case_id
    entries = []
    for case_id in dict.fromkeys([kept, closed, *(uuid.UUID(one) for one in merge.moved["cases"])]):
        if case_id is None:
            continue
        own = case_id == kept
        case = Case(pk=case_id, person_id=merge.survivor_id if own else merge.absorbed_id)
        entries.append(
            NewEntry(
                payload=payload(
                    merge=str(merge.pk),
                    role="survivor" if own else "absorbed",
                    other_case=str((closed if own else kept) or ""),
                    reason=Committed(reason),
                    **more,
                ),
                actor=actor,
                subject=subject(case),
            )
        )
    append(*entries)
