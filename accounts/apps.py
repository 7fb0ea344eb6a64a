"""People, roles, offices and their sessions."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import events, tokens  # noqa: F401
        from accounts.selectors import office_choices
        from ledger.exports.registry import offices_are

        offices_are(office_choices)
