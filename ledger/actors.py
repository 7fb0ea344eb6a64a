"""Who did it, as the log keeps it: plain text, so that accounts may change or go and the proof stays."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Actor:
    """One acting person or process; `id` is stable, the other three are as they stood at the time."""

    id: str
    name: str
    role: str
    office: str


SYSTEM = Actor(id="system", name="Totality", role="system", office="")
"""Scheduled work that nobody asked for by hand."""


class ActorRequest(HttpRequest):
    """The request that a signed-in view receives; the middleware of accounts sets `actor`."""

    actor: Actor
