"""Being removable is not, alone, a reason to act (I#2).

It looks at the outcome because the clause speaks of acting: reasons to act must pin something besides presence and
entry. Declining is held to the same number of pins by `both_sides`.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet


def removability_alone(draft: Draft) -> list[Unmet]:
    if not draft.adverse:
        return []
    pinned = draft.pinned("rationale_pins")
    if pinned and all(fact.presence_only for fact in pinned):
        return [unmet("removability_alone.reasons", step="outcome", field="rationale_pins", clause="I#2")]
    return []
