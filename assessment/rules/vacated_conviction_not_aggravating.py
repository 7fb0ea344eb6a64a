"""A vacated conviction cannot be pinned to an aggravating factor (II.B#9); its conduct can, from another source."""

from __future__ import annotations

from assessment.draft import Draft
from assessment.fields import factor_name
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("II.B#9")
def vacated_conviction_not_aggravating(draft: Draft) -> list[Unmet]:
    missing = []
    for factor in draft.edition.factors_of("aggravating"):
        if draft.text(factor_name(factor.key, "presence")) != "present":
            continue
        field = factor_name(factor.key, "pins")
        missing += [
            unmet(
                "vacated_conviction_not_aggravating",
                step="factors",
                field=field,
                clause="II.B#9",
                factor=factor.label,
                fact=fact.summary,
            )
            for fact in draft.pinned(field)
            if fact.vacated
        ]
    return missing
