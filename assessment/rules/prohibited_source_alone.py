"""For a person under 8 U.S.C. 1367 no adverse step rests solely on a source that the statute bars (III#19).

It looks at the outcome because the statute speaks of an adverse determination, and at what carries it: independent
evidence for the other outcome does not make the barred source less alone.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("III#19")
def prohibited_source_alone(draft: Draft) -> list[Unmet]:
    if not (draft.adverse and draft.protected_1367):
        return []
    pieces = [piece for fact in draft.carrying() for piece in fact.evidence]
    if not pieces or any(not piece.prohibited_1367 for piece in pieces):
        return []
    return [unmet("prohibited_source_alone", step="outcome", field="rationale_pins", clause="III#19")]
