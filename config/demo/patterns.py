"""The signed decisions that the rows of the full size are like, read from the small demonstration."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

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
    # Answers of the decision and of each step, and the footing, as columns that COPY reads.
    answers: str
    footing: str
    steps: tuple[tuple[str, str], ...]


def patterns() -> list[Pattern]:
    """In the order in which they were signed."""
    numbers = [person.a_number for person in NAMED if person.acts]
    versions = DecisionVersion.objects.filter(
        decision__origin=Origin.RECORDED,
        decision__case__person__identifiers__value__in=numbers,
        number=1,
    ).select_related("decision__assessment")
    return [
        Pattern(
            version=str(one.pk),
            type=one.decision.type,
            direction=one.decision.direction,
            outcome=one.outcome,
            urgency=one.decision.urgency,
            notices=tuple(one.decision.notices),
            edition=(one.edition_key, one.rules_digest, one.content_digest, one.edition_status),
            answers=_copied(_own(one.decision.answers)),
            footing=_copied(one.decision.footing),
            steps=tuple(
                (step.step, _copied(_own(step.answers)))
                for step in one.decision.assessment.steps.order_by("step")
            ),
        )
        for one in versions.order_by("decision__case__person__identifiers__value")
    ]


def _own(answers: dict[str, Any]) -> dict[str, Any]:
    """Without what names facts of the pattern's case: another case has no such facts."""
    return {name: value for name, value in answers.items() if not name.endswith("_pins")}


def _copied(value: dict[str, Any]) -> str:
    """JSON as the text format of COPY wants it."""
    return json.dumps(value).replace("\\", "\\\\")
