"""The two clocks: `now` is the true time, `policy_date` the day by which policy, age and deadlines are
judged.

They differ only in demonstration and training, where `settings.PRACTICE_DATE` is set. An entry carries both.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.conf import settings


def now() -> datetime:
    """The true time, aware, in UTC."""
    return datetime.now(UTC)


def policy_date() -> date:
    """The practice date where one is set, else today's date in UTC."""
    practice: date | str | None = getattr(settings, "PRACTICE_DATE", None)
    if isinstance(practice, str):
        practice = date.fromisoformat(practice) if practice else None
    return practice if practice is not None else now().date()
