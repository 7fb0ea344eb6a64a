"""What the guidance was for a decision, as its document tells it: status, first day and orders, in words."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from policy.footing import Footing
from policy.selectors import STATUS_WORDS


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class OverlayLine(_Line):
    """An order over the edition, as it bound this decision."""

    status: str
    since: str
    scope: str
    authority: str


class FootingLine(_Line):
    """What the guidance was for this decision when it was signed."""

    edition: str
    in_force: bool
    status: str
    status_label: str
    since: str
    overlays: list[OverlayLine]


def footing_line(footing: Footing) -> FootingLine:
    """The footing of a decision for its document."""
    return FootingLine(
        edition=footing.edition,
        in_force=footing.in_force,
        status=footing.status,
        status_label=STATUS_WORDS[footing.status],
        since=footing.since,
        overlays=[
            OverlayLine(
                status=STATUS_WORDS[order.event],
                since=order.since,
                scope=order.scope,
                authority=order.authority,
            )
            for order in footing.overlays
        ],
    )
