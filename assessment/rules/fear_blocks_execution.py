"""A removal order is not executed while a fear of return is on record (V#21).

It looks at the outcome because the stop halts acting; a stay and a decline stay possible.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("V#21")
def fear_blocks_execution(draft: Draft) -> list[Unmet]:
    if not (draft.adverse and draft.decision_type == "removal_execution" and draft.fear_voiced):
        return []
    return [unmet("fear_blocks_execution", step="outcome", field="outcome", clause="V#21")]
