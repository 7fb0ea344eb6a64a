"""The room of the guidance."""

from __future__ import annotations

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Reads the editions and the calendar at start, so that wrong data stops it there."""

    name = "policy"
    label = "policy"

    def ready(self) -> None:
        from policy import calendar, editions

        calendar.calendar()
        for key in editions.available():
            editions.load(key)
