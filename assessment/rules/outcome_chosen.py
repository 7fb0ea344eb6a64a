"""A person chooses the outcome; nothing is chosen beforehand (V#21)."""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("V#21")
def outcome_chosen(draft: Draft) -> list[Unmet]:
    if draft.outcome in ("act", "decline"):
        return []
    return [unmet("outcome_chosen", step="outcome", field="outcome", clause="V#21")]
