"""A threat to public safety must be current, and it is said why, beside the last relevant conduct (II.B#6, II.B#12)."""

from __future__ import annotations

from assessment.draft import Draft
from assessment.fields import CONDUCT_KINDS, LAST_CONDUCT
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("II.B#6", "II.B#12")
def current_threat_explained(draft: Draft) -> list[Unmet]:
    if draft.findings().get("public_safety") != "found":
        return []
    missing = []
    pinned = draft.pinned(LAST_CONDUCT)
    if not pinned:
        missing.append(_unmet("last_conduct", LAST_CONDUCT, "II.B#6"))
    elif any(fact.kind not in CONDUCT_KINDS for fact in pinned):
        missing.append(_unmet("no_conduct", LAST_CONDUCT, "II.B#6"))
    if not draft.text("public_safety_why_current"):
        missing.append(_unmet("why", "public_safety_why_current", "II.B#12"))
    return missing


def _unmet(part: str, field: str, clause: str) -> Unmet:
    return unmet(f"current_threat_explained.{part}", step="public-safety", field=field, clause=clause)
