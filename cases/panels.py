"""Panels that rooms above add to the case page, since this room may not import them.

A room registers in its AppConfig's `ready()`. `build` gives the context of `template`; it may read, never
write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.models import User
from cases.models import Case

Build = Callable[[Case, User], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Panel:
    key: str
    title: str
    build: Build
    template: str


@dataclass(frozen=True, slots=True)
class Rendered:
    key: str
    title: str
    html: SafeString


_panels: dict[str, Panel] = {}


def register(key: str, title: str, build: Build, template: str) -> None:
    """Add a panel; panels stand in the order of their registration. Raises `ImproperlyConfigured` for a
    taken key."""
    if key in _panels and _panels[key] != Panel(key, title, build, template):
        raise ImproperlyConfigured(f"The panel {key!r} of the case page is registered twice.")
    _panels[key] = Panel(key, title, build, template)


def rendered(case: Case, user: User, request: HttpRequest) -> list[Rendered]:
    """Every panel with its part of the page. The template gets `case` beside what `build` gives."""
    return [
        Rendered(
            panel.key,
            panel.title,
            render_to_string(panel.template, {"case": case, **panel.build(case, user)}, request),
        )
        for panel in _panels.values()
    ]
