"""The signed decisions that the rows of the full size are like, read from the small demonstration."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.models import DecisionVersion
from cases.models import Origin
from config.demo.seeding import NAMED


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a row takes from the version that it is like, ready for COPY."""

    version: str
    type: str
    direction: str
    outcome: str
    urgency: str
    notices: tuple[str, ...]
    # Edition, digests of rules and content, status, as four columns of a version.
    edition: tuple[str, str, str, str]


def patterns() -> list[Pattern]:
    """In the order in which they were signed."""
    numbers = [person.a_number for person in NAMED if person.acts]
    versions = DecisionVersion.objects.filter(
        decision__origin=Origin.RECORDED,
        decision__case__person__identifiers__value__in=numbers,
        number=1,
    ).select_related("decision")
    return [
        Pattern(
            version=str(one.pk),
            type=one.decision.type,
            direction=one.decision.direction,
            outcome=one.outcome,
            urgency=one.decision.urgency,
            notices=tuple(one.decision.notices),
            edition=(one.edition_key, one.rules_digest, one.content_digest, one.edition_status),
        )
        for one in versions.order_by("decision__case__person__identifiers__value")
    ]
