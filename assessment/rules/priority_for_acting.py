"""Acting while no priority is found needs a stated ground that is not removability (I#4); two supervisors review it.

It looks at the outcome because the clause speaks of acting. On a day without department priorities there is nothing to
find, and this rule asks for nothing.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("I#4")
def priority_for_acting(draft: Draft) -> list[Unmet]:
    if not draft.needs_second_review or not all(draft.findings().values()):
        return []
    if draft.text("no_priority_ground"):
        return []
    return [unmet("priority_for_acting", step="outcome", field="no_priority_ground", clause="I#4")]
