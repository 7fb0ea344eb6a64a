"""System checks of the whole: every event, route and setting that must hold before the product starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def practice_date_only_in_demo(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """`PRACTICE_DATE` would let a decision be judged by another day's policy."""
    if settings.PRACTICE_DATE and not settings.DEMONSTRATION:
        return [Error("PRACTICE_DATE is set in production.", hint="Unset PRACTICE_DATE.", id="config.E001")]
    return []
