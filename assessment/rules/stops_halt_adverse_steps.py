"""A sign of a stop halts every adverse step, urgent ones included, and never a decline or a release (V#21).

It looks at the outcome because a stop halts acting against the person and nothing else. The signs are read
from the status page and the birth date: a claim or sign of citizenship, an age that may be under 18, protection under
8 U.S.C. 1367, fear of return.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("V#21")
def stops_halt_adverse_steps(draft: Draft) -> list[Unmet]:
    if not draft.adverse:
        return []
    return [
        unmet(
            "stops_halt_adverse_steps",
            step="outcome",
            field="outcome",
            clause=sign.clause or "V#21",
            sign=sign.words,
            way_out=sign.way_out,
        )
        for sign in draft.stop_signs
    ]
