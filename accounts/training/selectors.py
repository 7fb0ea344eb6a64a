"""Whether training is current, and the trainings of an office."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from accounts.models import Role, Training, User


@dataclass(frozen=True, slots=True)
class TrainingState:
    """`words` says it to a person. Somebody without any row is not current."""

    current: bool
    expires_on: datetime.date | None
    words: str


NONE = TrainingState(False, None, "No training on this edition is recorded.")


def training_current(user: User, edition_key: str, day: datetime.date) -> TrainingState:
    """The state on `day` of a person's training on an edition. One query."""
    rows = Training.objects.filter(user=user, edition_key=edition_key).order_by("-id")
    return _state(list(rows), day)


def _state(rows: list[Training], day: datetime.date) -> TrainingState:
    """`rows` newest first. Of those completed by `day` the newest of each course counts, and one that is current is
    enough; one that lies ahead takes nothing from what stands today.
    """
    if not rows:
        return NONE
    newest: dict[str, Training] = {}
    for row in rows:
        if row.completed_on <= day:
            newest.setdefault(row.course, row)
    last = max((row.expires_on for row in newest.values()), default=None)
    if last is None:
        return TrainingState(False, None, "The recorded training lies ahead.")
    if last > day:
        return TrainingState(True, last, f"Current until {last}.")
    return TrainingState(False, last, f"Lapsed on {last}.")


@dataclass(frozen=True, slots=True)
class TrainingRow:
    user: User
    state: TrainingState
    rows: list[Training]


def training_of_office(user: User, edition_key: str, day: datetime.date) -> list[TrainingRow]:
    """For a supervisor the officers of the office, for an officer only themselves. Two queries."""
    people = User.objects.filter(is_active=True, office=user.office_id, role=Role.OFFICER).order_by(
        "full_name"
    )
    if user.role != Role.SUPERVISOR:
        people = people.filter(pk=user.pk)
    listed = list(people)
    by_user: dict[uuid.UUID, list[Training]] = {}
    for row in Training.objects.filter(user__in=listed, edition_key=edition_key).order_by("-id"):
        by_user.setdefault(row.user_id, []).append(row)
    return [
        TrainingRow(person, _state(by_user.get(person.pk, []), day), by_user.get(person.pk, []))
        for person in listed
    ]
