"""Plainly invented people and accounts for tests."""

from __future__ import annotations

import datetime
import itertools

from accounts.models import UNASSIGNED, Office, Role, Training, User
from ledger.clock import now
from review.models import FullReview

PASSWORD = "totality-demo"
_numbers = itertools.count(1)


def office(key: str = "los-angeles", name: str = "Los Angeles") -> Office:
    one, made = Office.objects.get_or_create(key=key, defaults={"name": name})
    if made:
        review_everything(one)
    return one


def review_everything(one: Office) -> None:
    """Order full review without an end, so that every decision signed in this office waits for a reviewer."""
    FullReview.objects.create(
        office=one, reason="ordered", starts=datetime.date(2014, 1, 1), recorded_at=now()
    )


def unassigned() -> Office:
    return office(UNASSIGNED, "No office yet")


def user(
    role: Role | str = Role.OFFICER, *, at: Office | None = None, username: str = "", trained: bool = True
) -> User:
    """An account whose password is `PASSWORD`; an officer's training is current unless `trained` is false."""
    number = next(_numbers)
    made = User.objects.create_user(
        username=username or f"{role}-{number}",
        password=PASSWORD,
        full_name=f"Test {Role(role).label} {number}",
        role=str(role),
        office=at or office(),
        is_demo=True,
    )
    if trained and made.role == Role.OFFICER:
        Training.objects.create(
            user=made,
            course="Case-by-case assessment",
            edition_key="2021-09-30",
            completed_on=datetime.date(2021, 11, 1),
            expires_on=datetime.date(2030, 1, 1),
            recorded_by=made,
            recorded_at=now(),
        )
    return made
