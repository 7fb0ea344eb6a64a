"""A draft that straddles a change of the guidance is signed only after its author has seen the change (VI#28).

Nothing is judged anew in silence: the answers stay, the difference is shown, and the author says that they still hold.
It asks the same of acting and of declining, and of a decision that a statute leaves no choice in.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from assessment.straddling import POLICY_STEP


def reaffirmed_after_change(draft: Draft) -> list[Unmet]:
    if not draft.policy_moved:
        return []
    return [unmet("reaffirmed_after_change", step=POLICY_STEP, field="", clause="VI#28")]
