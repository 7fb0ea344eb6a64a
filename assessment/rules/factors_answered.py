"""Every factor of both lists is answered; what is present has a weight in words and a pinned fact (II.B#8 to #10).

The same is asked of both sides and whatever the outcome. A weight is a word and is never added up. A fact outside the
lists is described by the pinned fact's own words, so that no further text is required; that somebody was met describes
nothing.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.fields import factor_name
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.editions.factors import Factor
from policy.trace import carries

CLAUSES = {"aggravating": "II.B#8", "mitigating": "II.B#9"}


@carries("II.B#8", "II.B#9", "II.B#10")
def factors_answered(draft: Draft) -> list[Unmet]:
    missing: list[Unmet] = []
    open_factors: list[Factor] = []
    for factor in draft.edition.factors:
        presence = draft.text(factor_name(factor.key, "presence"))
        if not presence:
            open_factors.append(factor)
        elif presence == "present":
            missing += _present(draft, factor)
    if open_factors:
        first = open_factors[0]
        number = len(open_factors)
        missing.insert(
            0,
            unmet(
                "factors_answered.presence",
                step="factors",
                field=factor_name(first.key, "presence"),
                clause="II.B#10",
                count="1 factor is" if number == 1 else f"{number} factors are",
                factors="; ".join(factor.label for factor in open_factors),
            ),
        )
    return missing


def _present(draft: Draft, factor: Factor) -> list[Unmet]:
    def unmet_part(part: str, field: str) -> Unmet:
        return unmet(
            f"factors_answered.{part}",
            step="factors",
            field=factor_name(factor.key, field),
            clause=CLAUSES[factor.side],
            factor=factor.label,
        )

    missing = []
    if factor.subtypes and not draft.picked(factor_name(factor.key, "subtype")):
        missing.append(unmet_part("subtype", "subtype"))
    if not draft.text(factor_name(factor.key, "weight")):
        missing.append(unmet_part("weight", "weight"))
    pins = draft.pinned(factor_name(factor.key, "pins"))
    if not pins:
        missing.append(unmet_part("pin", "pins"))
    if factor.other and pins and all(fact.kind == "encounter" for fact in pins):
        missing.append(unmet_part("other", "pins"))
    return missing
