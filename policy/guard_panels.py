"""Panels that rooms above add to the page of the guard, since this room may not import them (decision 0006).

A room registers in its AppConfig's `ready()`. `build` gives the context of `template`; it may read, never write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Build = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Panel:
    build: Build
    template: str


_panels: dict[str, Panel] = {}


def register(key: str, build: Build, template: str) -> None:
    """Add a panel; panels stand in the order of their registration. Raises `ImproperlyConfigured` for a taken key."""
    if key in _panels and _panels[key] != Panel(build, template):
        raise ImproperlyConfigured(f"The panel {key!r} of the guard's page is registered twice.")
    _panels[key] = Panel(build, template)


def rendered(request: HttpRequest) -> list[SafeString]:
    """Every panel's part of the page."""
    return [render_to_string(panel.template, dict(panel.build()), request) for panel in _panels.values()]
