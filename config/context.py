"""What every page's shell shows: navigation by role, the policy line, the practice date, the demo mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Role, User
from cases import searching
from config.routes import ROUTES
from ledger.clock import policy_date
from policy import contents
from policy.selectors import standing


@dataclass(frozen=True, slots=True)
class NavigationItem:
    label: str
    url: str
    current: bool


NAVIGATION = [
    ("My work", "home"),
    ("Cases", "cases:list"),
    ("Review", "review:queue"),
    ("Training", "accounts:training"),
    ("Log", "ledger:log"),
    ("Refused words", "assessment:refused"),
    ("Exports", "exports:list"),
    ("Oversight", "oversight:coverage"),
    ("Policy", "policy:index"),
]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context for `base.html`. Asks the database for nothing beyond the signed-in user."""
    user = getattr(request, "user", None)
    day = policy_date()
    context: dict[str, Any] = {
        "practice_date": settings.PRACTICE_DATE,
        "policy_day": day,
        "policy_standing": None,
        "policy_content": None,
        "shell_user": None,
        "navigation": [],
        "may_search_cases": False,
        "demo": settings.DEMONSTRATION,
    }
    if isinstance(user, User):
        here = request.path
        context["shell_user"] = user
        context["policy_standing"] = now = standing(day)
        key = now.edition_key
        context["policy_content"] = contents.in_force(key) if key and contents.activated(key) else None
        context["role_label"] = Role(user.role).label
        context["may_search_cases"] = user.role in ROUTES["cases:list"]
        context["search_reasons"] = searching.REASONS.items()
        context["search_reason"] = searching.kept(request.session)
        context["navigation"] = [
            NavigationItem(label, url, here == url or (url != "/" and here.startswith(url)))
            for label, url in (
                (label, reverse(name)) for label, name in NAVIGATION if user.role in ROUTES[name]
            )
        ]
    return context
