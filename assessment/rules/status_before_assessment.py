"""Removability is a precondition, settled on its own page before any assessment (I#2)."""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("I#2")
def status_before_assessment(draft: Draft) -> list[Unmet]:
    if draft.status_complete:
        return []
    return [unmet("status_before_assessment", step="status", field="", clause="I#2")]
