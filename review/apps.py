from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "review"

    def ready(self) -> None:
        from assessment.panels import register_returns
        from review import events, log_columns  # noqa: F401
        from review.panels import returns_for_officer

        register_returns(returns_for_officer)
        log_columns.register()
