"""Plainly invented people and accounts for tests."""

from __future__ import annotations

import itertools

from accounts.models import UNASSIGNED, Office, Role, User

PASSWORD = "totality-demo"
_numbers = itertools.count(1)


def office(key: str = "los-angeles", name: str = "Los Angeles") -> Office:
    return Office.objects.get_or_create(key=key, defaults={"name": name})[0]


def unassigned() -> Office:
    return office(UNASSIGNED, "No office yet")


def user(role: Role | str = Role.OFFICER, *, at: Office | None = None, username: str = "") -> User:
    """An account whose password is `PASSWORD`."""
    number = next(_numbers)
    return User.objects.create_user(
        username=username or f"{role}-{number}",
        password=PASSWORD,
        full_name=f"Test {Role(role).label} {number}",
        role=str(role),
        office=at or office(),
        is_demo=True,
    )
