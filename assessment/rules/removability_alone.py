"""Being removable is not, alone, a reason to act (I#2).

It looks at the outcome because the clause speaks of acting: reasons to act must pin something besides presence, entry
and the mere encounter, which say nothing of the person. Where border security is found, the entry or encounter that is
pinned to that finding is the ground of a priority, and counts. Declining is held to the same pins by `both_sides`.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from cases.selectors import FactView
from policy.trace import carries


def _says_nothing(fact: FactView) -> bool:
    return fact.presence_only or fact.kind == "encounter"


@carries("I#2")
def removability_alone(draft: Draft) -> list[Unmet]:
    if not draft.adverse:
        return []
    pinned = draft.pinned("rationale_pins")
    border = draft.findings().get("border_security") == "found"
    grounds = {fact.ref for fact in draft.pinned("border_security_facts")} if border else set()
    if pinned and all(_says_nothing(fact) and fact.ref not in grounds for fact in pinned):
        return [unmet("removability_alone.reasons", step="outcome", field="rationale_pins", clause="I#2")]
    return []
