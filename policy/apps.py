"""The room of the guidance."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured


class PolicyConfig(AppConfig):
    """Reads the editions and the calendar at start, so that wrong data stops it there."""

    name = "policy"
    label = "policy"

    def ready(self) -> None:
        from policy import calendar_file, criteria, editions, events  # noqa: F401

        calendar_file.seed()
        for key in editions.available():
            missing = criteria.unknown(editions.load(key))
            if missing:
                raise ImproperlyConfigured(
                    f"Edition {key} names criteria that no code answers: {', '.join(missing)}. See policy/criteria."
                )
