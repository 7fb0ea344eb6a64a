"""Verbs of training: record one, or many from CSV. Only a supervisor, for officers of the same office.

By hand the newest row of a course counts, so a mistake is corrected by recording it again. A file only adds: what is
recorded already stays as it is, and a line older than the newest training of its course is refused, because it would
make a trained officer count as lapsed. So a file may be read again at any time.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection, transaction

from accounts.events import TrainingRecorded
from accounts.models import Role, Training, User
from accounts.training.errors import TrainingRefused
from accounts.training.lines import COLUMNS, LARGEST_FILE, MOST_LINES, CsvRow, parse, problem
from ledger.actors import Actor
from ledger.clock import now
from ledger.services import NewEntry, append

__all__ = [
    "COLUMNS",
    "LARGEST_FILE",
    "MOST_LINES",
    "CsvRow",
    "Imported",
    "TrainingRefused",
    "import_training_csv",
    "read_csv",
    "record_training",
]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many lines of a file were recorded, said nothing new, or could not be used."""

    recorded: int
    known: int
    refused: int


def record_training(
    *,
    actor: Actor,
    by: User,
    user: User,
    course: str,
    edition_key: str,
    completed_on: datetime.date,
    expires_on: datetime.date,
) -> Training:
    """Record one training. Raises `TrainingRefused`; the same row again is returned and not written twice."""
    _allowed(by, user)
    course = " ".join(course.split())
    found = problem(course, edition_key, completed_on, expires_on)
    if found:
        raise TrainingRefused(found[1], found[0])
    with transaction.atomic():
        _one_at_a_time()
        newest = (
            Training.objects.filter(user=user, course=course, edition_key=edition_key).order_by("-id").first()
        )
        if newest and (newest.completed_on, newest.expires_on) == (completed_on, expires_on):
            return newest
        row = Training(
            user=user,
            course=course,
            edition_key=edition_key,
            completed_on=completed_on,
            expires_on=expires_on,
            recorded_by=by,
            recorded_at=now(),
        )
        _write(actor, [row])
    return row


def _supervises(by: User) -> None:
    if by.role != Role.SUPERVISOR:
        raise TrainingRefused("Only a supervisor records training.")


def _allowed(by: User, user: User) -> None:
    _supervises(by)
    if by.pk == user.pk:
        raise TrainingRefused("Nobody records their own training. Another supervisor does.")
    if user.office_id != by.office_id or user.role != Role.OFFICER:
        raise TrainingRefused("There is no officer of that name in your office.", "username")


def _one_at_a_time() -> None:
    """Held until commit: two people who send the same at once would both find nothing and both write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('totality.accounts.training', 0))")


def _write(actor: Actor, rows: Sequence[Training]) -> None:
    Training.objects.bulk_create(rows)
    append(
        *(
            NewEntry(
                payload=TrainingRecorded(
                    course=row.course,
                    edition_key=row.edition_key,
                    completed_on=row.completed_on.isoformat(),
                    expires_on=row.expires_on.isoformat(),
                ),
                actor=actor,
                subject={"user": row.user_id},
            )
            for row in rows
        )
    )


def _officers(by: User) -> dict[str, User]:
    found = User.objects.filter(office=by.office_id, role=Role.OFFICER, is_active=True)
    return {one.username: one for one in found}


def read_csv(*, by: User, data: bytes) -> list[CsvRow]:
    """The lines of a CSV with what each says or lacks; writes nothing. Raises `TrainingRefused` for no such file."""
    _supervises(by)
    return _weigh(parse(data), _officers(by))


def import_training_csv(*, actor: Actor, by: User, file: bytes) -> Imported:
    """Record the usable lines; a bad one never stops the rest. Raises `TrainingRefused` for no such file."""
    _supervises(by)
    read = parse(file)
    with transaction.atomic():
        _one_at_a_time()
        officers = _officers(by)
        rows = _weigh(read, officers)
        at = now()
        usable = sorted((row for row in rows if not row.error and not row.known), key=_order)
        _write(
            actor,
            [
                Training(
                    user=officers[row.username],
                    course=row.course,
                    edition_key=row.edition_key,
                    completed_on=row.completed_on,
                    expires_on=row.expires_on,
                    recorded_by=by,
                    recorded_at=at,
                )
                for row in usable
                if row.completed_on and row.expires_on  # always; tells the type checker
            ],
        )
    known = sum(row.known for row in rows)
    return Imported(len(usable), known, len(rows) - known - len(usable))


def _order(row: CsvRow) -> tuple[datetime.date, int]:
    """Renewals after what they renew, whatever their order in the file, so that the last one is the newest row."""
    return row.completed_on or datetime.date.min, row.line


def _weigh(rows: list[CsvRow], officers: dict[str, User]) -> list[CsvRow]:
    """The rows with what the office and the recorded trainings say to each. Two queries, however many rows."""
    recorded: dict[tuple[uuid.UUID, str, str], list[tuple[datetime.date, datetime.date]]] = {}
    wanted = {officers[row.username].pk for row in rows if row.username in officers}
    for one in Training.objects.filter(user__in=wanted).order_by("id"):
        key = (one.user_id, one.course, one.edition_key)
        recorded.setdefault(key, []).append((one.completed_on, one.expires_on))
    weighed: dict[int, CsvRow] = {}
    for row in sorted(rows, key=_order):
        user = officers.get(row.username)
        if row.error or row.completed_on is None or row.expires_on is None:
            weighed[row.line] = row
        elif user is None:
            error = f"There is no officer '{row.username}' in your office."
            weighed[row.line] = replace(row, error=error)
        else:
            days = recorded.setdefault((user.pk, row.course, row.edition_key), [])
            if (row.completed_on, row.expires_on) in days:
                weighed[row.line] = replace(row, known=True)
            elif days and row.completed_on < days[-1][0]:
                error = (
                    f"A training on this course completed later, on {days[-1][0]}, is recorded already. "
                    "If that one is wrong, record the right one by hand."
                )
                weighed[row.line] = replace(row, error=error)
            else:
                days.append((row.completed_on, row.expires_on))
                weighed[row.line] = row
    return [weighed[row.line] for row in rows]
