"""Was the person apprehended at the border or a port of entry while trying to enter unlawfully?"""

from __future__ import annotations

from policy.criteria.answers import Answer, Result, Step, any_of
from policy.criteria.facts import Entry, Facts
from policy.criteria.words import HOW_IT_ENDED, MANNER, NO_ENTRY, NO_ENTRY_SETTLES
from policy.editions.priorities import Criterion


def attempted_unlawful_entry(criterion: Criterion, facts: Facts) -> Answer:
    if not facts.entries:
        return any_of(criterion, [Step(NO_ENTRY, Result.CANNOT_TELL, settles=(NO_ENTRY_SETTLES,))])
    return any_of(criterion, [_look(entry) for entry in facts.entries])


def _look(entry: Entry) -> Step:
    if entry.manner == "attempted":
        return Step(
            "The person was stopped at the border or a port of entry while trying.", Result.MET, entry
        )
    if entry.manner in ("other", "not_known"):
        return Step("How the person came is not known.", Result.CANNOT_TELL, entry, (HOW_IT_ENDED,))
    return Step(f"{MANNER[entry.manner]}; nobody stopped an attempt.", Result.NOT_MET, entry)
