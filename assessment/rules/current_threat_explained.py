"""A threat to public safety must be current, and it is said why, beside the last relevant conduct (II.B#6, II.B#12)."""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("II.B#6", "II.B#12")
def current_threat_explained(draft: Draft) -> list[Unmet]:
    if draft.findings().get("public_safety") != "found":
        return []
    missing = []
    if not draft.pinned("public_safety_last_conduct"):
        missing.append(_unmet("last_conduct", "public_safety_last_conduct", "II.B#6"))
    if not draft.text("public_safety_why_current"):
        missing.append(_unmet("why", "public_safety_why_current", "II.B#12"))
    return missing


def _unmet(part: str, field: str, clause: str) -> Unmet:
    return unmet(f"current_threat_explained.{part}", step="public-safety", field=field, clause=clause)
