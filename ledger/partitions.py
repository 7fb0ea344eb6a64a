"""Months of the log. Entries are kept by month; without its month's partition an entry is refused."""

from __future__ import annotations

from datetime import date

from django.db import connection

from ledger import clock

AHEAD = 2


def months(ahead: int = AHEAD) -> list[date]:
    """The first days of this month (UTC) and of the next `ahead`."""
    today = clock.now().date()
    counted = [today.year * 12 + today.month - 1 + step for step in range(ahead + 1)]
    return [date(count // 12, count % 12 + 1, 1) for count in counted]


def ensure(ahead: int = AHEAD) -> list[str]:
    """Make what is missing of this month and the next `ahead`, through the owner's function; returns all
    names.
    """
    names: list[str] = []
    with connection.cursor() as cursor:
        for month in months(ahead):
            cursor.execute("SELECT public.ledger_make_partition(%s)", [month])
            names += [str(row[0]) for row in cursor.fetchall()]
    return names


def missing(ahead: int = 0) -> list[str]:
    """Months (`YYYY-MM`) of this and the next `ahead` that have no partition."""
    wanted = [f"{month:%Y_%m}" for month in months(ahead)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month FROM unnest(%s::text[]) AS month"
            " WHERE to_regclass('public.ledger_entry_' || month) IS NULL ORDER BY month",
            [wanted],
        )
        return [str(row[0]).replace("_", "-") for row in cursor.fetchall()]
