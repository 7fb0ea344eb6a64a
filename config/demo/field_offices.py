"""Offices and people for the demonstration at full size: 25 offices of very different size. Nobody of them signs in."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import make_password

from accounts.models import Office, Role, User
from config.demo.names import families, givens

# The two offices of the small demonstration come first, so that its supervisors meet the longest queues.
NAMES: Final = (
    "Los Angeles",
    "El Paso",
    "Houston",
    "Miami",
    "Dallas",
    "San Antonio",
    "Chicago",
    "New York City",
    "Atlanta",
    "New Orleans",
    "Phoenix",
    "Newark",
    "San Francisco",
    "Harlingen",
    "Washington",
    "Boston",
    "Philadelphia",
    "Denver",
    "Detroit",
    "Seattle",
    "San Diego",
    "St. Paul",
    "Baltimore",
    "Salt Lake City",
    "Buffalo",
)
# Each office has this share of the work of the one before: the largest about 9 % of all, the smallest 1.3 %.
STEEP: Final = 0.925


@dataclass(frozen=True, slots=True)
class Staffed:
    """An office with the ids of those who write and those who review, and its share of the work."""

    key: str
    share: float
    officers: list[str]
    supervisors: list[str]


def staffed_offices(seed: int) -> list[Staffed]:
    """Make the missing offices and people, the same for a seed; larger offices have more people."""
    rng = random.Random(seed)  # noqa: S311 - invented people, the same each time
    family, given = families(), givens()
    closed = make_password(None)
    there = set(User.objects.values_list("username", flat=True))
    found = []
    for place, name in enumerate(NAMES, 1):
        key = name.lower().replace(". ", "-").replace(" ", "-").replace(".", "")
        office = Office.objects.get_or_create(key=key, defaults={"name": name})[0]
        share = STEEP ** (place - 1)
        wanted = [
            (f"{role[:2]}-{key}-{number}", f"{rng.choice(given)} {rng.choice(family)}", role)
            for role, most in ((Role.OFFICER, 80), (Role.SUPERVISOR, 32))
            for number in range(max(2, round(most * share)))
        ]
        User.objects.bulk_create(
            User(
                username=username,
                full_name=full_name,
                role=role,
                office=office,
                is_demo=True,
                password=closed,
            )
            for username, full_name, role in wanted
            if username not in there
        )
        people = User.objects.filter(username__in=[one[0] for one in wanted]).order_by("username")
        found.append(
            Staffed(
                key,
                share,
                [str(one.pk) for one in people if one.role == Role.OFFICER],
                [str(one.pk) for one in people if one.role == Role.SUPERVISOR],
            )
        )
    return found
