"""The operator's room: settings, addresses, route rights, the page shell."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"

    def ready(self) -> None:
        # Events of commands are registered too: whoever reads the log must get their words, not their codes.
        from cases.imports import events as imports  # noqa: F401
        from config import carriers, checks, events  # noqa: F401
        from config.demo import events as demo  # noqa: F401

        carriers.declare_all()
