"""Acting while no priority is found needs a stated ground and a second-level review (I#4).

It looks at the outcome because the clause speaks of acting. Until that review can be recorded, signing is refused and
the draft is kept. On a day without department priorities there is nothing to find, and this rule asks for nothing.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet


def priority_for_acting(draft: Draft) -> list[Unmet]:
    findings = draft.findings()
    if not draft.adverse or not findings or not all(findings.values()) or draft.any_priority_found:
        return []
    return [unmet("priority_for_acting", step="outcome", field="outcome", clause="I#4")]
