from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from cases import events, log_columns  # noqa: F401

        log_columns.register()
        from cases.services.record_texts import register_all

        register_all()
