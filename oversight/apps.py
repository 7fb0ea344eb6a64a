from __future__ import annotations

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "oversight"

    def ready(self) -> None:
        from oversight import contests, events  # noqa: F401
        from policy import guard_panels

        guard_panels.register("contests", contests.panel, contests.TEMPLATE)
