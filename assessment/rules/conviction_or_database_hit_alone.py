"""Not the fact of a conviction or a database hit alone (II.B#13).

It looks at the outcome because the clause speaks of acting. What carries the action is the evidence under the facts
that the reasons, the findings and the present aggravating factors are pinned to; facts without evidence carry nothing.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("II.B#13")
def conviction_or_database_hit_alone(draft: Draft) -> list[Unmet]:
    if not draft.adverse:
        return []
    facts = draft.carrying()
    if not facts:
        return []  # `both_sides` asks for the pins.
    if any(not piece.alone_insufficient for fact in facts for piece in fact.evidence):
        return []
    return [
        unmet("conviction_or_database_hit_alone", step="outcome", field="rationale_pins", clause="II.B#13")
    ]
