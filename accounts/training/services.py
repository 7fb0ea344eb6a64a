"""Verbs of training: record one, or many from CSV. Only a supervisor, for officers of the same office."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import dataclass

from django.db import transaction

from accounts.events import TrainingRecorded
from accounts.models import Role, Training, User
from ledger.actors import Actor
from ledger.clock import now
from ledger.services import NewEntry, append

COLUMNS = ("username", "course", "edition", "completed_on", "expires_on")
LARGEST_FILE = 1024 * 1024


class TrainingRefused(Exception):
    """Why a training cannot be recorded, for the person."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One line of a CSV: what it says, or why it cannot be used."""

    line: int
    username: str
    course: str
    edition_key: str
    completed_on: datetime.date | None
    expires_on: datetime.date | None
    error: str = ""
    known: bool = False


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
    course = " ".join(course.split())[:120]
    if not course:
        raise TrainingRefused("Write the name of the course.")
    if expires_on <= completed_on:
        raise TrainingRefused("The training expires before it was completed. Correct one of the two days.")
    with transaction.atomic():
        newest = (
            Training.objects.filter(user=user, course=course, edition_key=edition_key).order_by("-id").first()
        )
        if newest and (newest.completed_on, newest.expires_on) == (completed_on, expires_on):
            return newest
        row = Training.objects.create(
            user=user,
            course=course,
            edition_key=edition_key,
            completed_on=completed_on,
            expires_on=expires_on,
            recorded_by=by,
            recorded_at=now(),
        )
        append(
            NewEntry(
                payload=TrainingRecorded(
                    course=course,
                    edition_key=edition_key,
                    completed_on=completed_on.isoformat(),
                    expires_on=expires_on.isoformat(),
                ),
                actor=actor,
                subject={"user": user.pk},
            )
        )
    return row


def _allowed(by: User, user: User) -> None:
    if by.role != Role.SUPERVISOR:
        raise TrainingRefused("Only a supervisor records training.")
    if by.pk == user.pk:
        raise TrainingRefused("Nobody records their own training. Another supervisor does.")
    if user.office_id != by.office_id or user.role != Role.OFFICER:
        raise TrainingRefused("There is no officer of that name in your office.")


def read_csv(*, by: User, data: bytes) -> list[CsvRow]:
    """The lines of a CSV with what each says or lacks; writes nothing. Raises `TrainingRefused` for no such file."""
    if len(data) > LARGEST_FILE:
        raise TrainingRefused("The file is larger than 1 MB. Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TrainingRefused("The file is not UTF-8 text. Save it as CSV (UTF-8).") from error
    reader = csv.DictReader(io.StringIO(text.replace("\x00", "")))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise TrainingRefused(
            f"The first line must name the columns {', '.join(COLUMNS)}; missing: {', '.join(missing)}."
        )
    officers = {one.username: one for one in User.objects.filter(office=by.office_id, role=Role.OFFICER)}
    return [_row(number, row, officers) for number, row in enumerate(reader, 2)]


def _row(line: int, row: dict[str, str | None], officers: dict[str, User]) -> CsvRow:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    error = ""
    days: dict[str, datetime.date | None] = {}
    for name in ("completed_on", "expires_on"):
        try:
            days[name] = datetime.date.fromisoformat(values[name])
        except ValueError:
            days[name] = None
            error = error or f"{name} is '{values[name][:20]}'; write it as 2024-05-31."
    if values["username"] not in officers:
        error = f"There is no officer '{values['username'][:60]}' in your office."
    elif not values["course"] or not values["edition"]:
        error = "Course and edition are needed."
    completed, expires = days["completed_on"], days["expires_on"]
    if not error and completed and expires and expires <= completed:
        error = "It expires before it was completed."
    return CsvRow(
        line,
        values["username"][:60],
        values["course"][:120],
        values["edition"][:10],
        completed,
        expires,
        error,
    )


def import_training(*, actor: Actor, by: User, rows: list[CsvRow]) -> int:
    """Record the usable lines; a bad one never stops the rest. Returns how many were recorded."""
    officers = {one.username: one for one in User.objects.filter(office=by.office_id, role=Role.OFFICER)}
    done = 0
    for row in rows:
        user = officers.get(row.username)
        if row.error or user is None or row.completed_on is None or row.expires_on is None:
            continue
        before = Training.objects.filter(user=user).count()
        record_training(
            actor=actor,
            by=by,
            user=user,
            course=row.course,
            edition_key=row.edition_key,
            completed_on=row.completed_on,
            expires_on=row.expires_on,
        )
        done += Training.objects.filter(user=user).count() > before
    return done
