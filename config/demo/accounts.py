"""Demo offices and accounts. All accounts share one published password, so production refuses them."""

from __future__ import annotations

import datetime
from typing import Final, NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.models import UNASSIGNED, Office, OfficeZone, Role, User
from accounts.training.services import record_training
from accounts.zones import set_zone
from ledger.actors import SYSTEM
from review.models import FullReviewReason
from review.regime.services import order_full_review

PASSWORD: Final = "totality-demo"  # noqa: S105 - published; production refuses these accounts

OFFICES: Final = {
    UNASSIGNED: "Unassigned",
    "los-angeles": "Los Angeles",
    "el-paso": "El Paso",
    "headquarters": "Headquarters",
}


ZONES: Final = {
    "los-angeles": "America/Los_Angeles",
    "el-paso": "America/Denver",
    "headquarters": "America/New_York",
}


class Account(NamedTuple):
    username: str
    full_name: str
    role: Role
    office: str


# Officers and supervisors who meet in one queue are of one office; a second office shows what stays apart.
ACCOUNTS: Final = (
    Account("officer", "Marlo Fennimore", Role.OFFICER, "los-angeles"),
    Account("officer2", "Tess Oakhollow", Role.OFFICER, "los-angeles"),
    Account("supervisor", "Corin Wexmoor", Role.SUPERVISOR, "los-angeles"),
    Account("supervisor2", "Lenna Strathmire", Role.SUPERVISOR, "los-angeles"),
    Account("officer3", "Ridley Thornapple", Role.OFFICER, "el-paso"),
    Account("supervisor3", "Hollis Vandermoss", Role.SUPERVISOR, "el-paso"),
    Account("auditor", "Perrin Goodlake", Role.AUDITOR, "headquarters"),
    Account("reviewer", "Sable Kentmarsh", Role.REVIEWER, "headquarters"),
    Account("policy", "Arden Quayle-Moor", Role.POLICY, "headquarters"),
    Account("policy2", "Bryn Tallowfield", Role.POLICY, "headquarters"),
    Account("privacy", "Jonah Marchbrook", Role.PRIVACY, "headquarters"),
    Account("admin", "Willa Pennystone", Role.ADMIN, "headquarters"),
)


def make_offices() -> list[str]:
    """Make the missing ones; returns their keys."""
    return [
        key
        for key, name in OFFICES.items()
        if Office.objects.get_or_create(key=key, defaults={"name": name})[1]
    ]


def make_zones() -> None:
    """Record the time zones of the demonstration's offices; one that is recorded already stays."""
    known = set(OfficeZone.objects.values_list("office", flat=True))
    for office in Office.objects.filter(key__in=[key for key in ZONES if key not in known]).order_by("key"):
        set_zone(actor=SYSTEM, office=office, zone=ZONES[office.key])


def make_accounts() -> list[str]:
    """Make the missing ones; returns their names. An account of that name that is there already stays as it
    is.
    """
    there = set(User.objects.values_list("username", flat=True))
    missing = [account for account in ACCOUNTS if account.username not in there]
    if missing:
        # Hashed once: a strong hash for each would take longer than everything else here.
        encoded = make_password(PASSWORD)
        User.objects.bulk_create(
            User(
                username=account.username,
                full_name=account.full_name,
                role=account.role,
                office_id=account.office,
                is_demo=True,
                password=encoded,
            )
            for account in missing
        )
    return [account.username for account in missing]


COURSE = "Case-by-case assessment"
# One officer's training lapsed, so that a co-signature can be seen.
TRAINED_UNTIL: Final = {
    "officer": datetime.date(2026, 6, 30),
    "officer2": datetime.date(2024, 6, 30),
    "officer3": datetime.date(2026, 6, 30),
}


def make_training() -> None:
    """Record the officers' training by a supervisor of their office; what is there already is left."""
    users = {user.username: user for user in User.objects.filter(is_demo=True)}
    for username, expires_on in TRAINED_UNTIL.items():
        user = users[username]
        if user.trainings.filter(edition_key=settings.TRAINING_EDITION).exists():
            # What a supervisor recorded meanwhile is not undone by the next start.
            continue
        by = next(
            one for one in users.values() if one.role == Role.SUPERVISOR and one.office_id == user.office_id
        )
        record_training(
            actor=by.actor(),
            by=by,
            user=user,
            course=COURSE,
            edition_key=settings.TRAINING_EDITION,
            completed_on=expires_on.replace(year=expires_on.year - 2),
            expires_on=expires_on,
        )


# The demonstration's offices begin a fortnight before its practice date, so that everything signed there is reviewed.
BEGAN: Final = datetime.date(2024, 11, 25)
FIRST_DAYS: Final = datetime.timedelta(days=90)


def make_full_review() -> None:
    """The first days of the two offices that decide; what is there already is left."""
    for key in ("los-angeles", "el-paso"):
        office = Office.objects.get(pk=key)
        if not office.full_reviews.exists():
            order_full_review(
                actor=SYSTEM,
                user=None,
                office=office,
                reason=FullReviewReason.NEW_OFFICE,
                starts=BEGAN,
                ends=BEGAN + FIRST_DAYS,
            )
