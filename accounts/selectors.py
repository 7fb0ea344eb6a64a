"""Reads of accounts that other rooms offer as choices."""

from __future__ import annotations

from accounts.models import Office


def office_choices() -> list[tuple[str, str]]:
    """Keys and names of all offices, by name; one query."""
    return list(Office.objects.order_by("name", "key").values_list("key", "name"))
