"""The one shape that every rule returns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unmet:
    """What is not met: `what` says it, `next` says what to do; `field` and `step` tell where, `clause` tells why."""

    rule: str
    step: str
    field: str
    clause: str
    what: str
    next: str
