"""The ledger's application: importing its own events registers them."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ledger"
    label = "ledger"
    verbose_name = "Decision log"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ledger import own_events  # noqa: F401
        from ledger.exports import events  # noqa: F401
