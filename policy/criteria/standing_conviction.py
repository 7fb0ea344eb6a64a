"""Is there a conviction that stands, of the class that the edition names?

A conviction on record shows that there is one. Of which class it is (`felony`, `aggravated_felony`) is a question of
law that no label and no code answers; only `any` needs none.
"""

from __future__ import annotations

from policy.criteria.answers import Answer, Result, Step, any_of
from policy.criteria.facts import Facts
from policy.criteria.words import CRIMINAL_RECORD
from policy.editions.priorities import Criterion


def standing_conviction(criterion: Criterion, facts: Facts) -> Answer:
    named = str(criterion.parameter("class").value)
    steps = []
    for conviction in facts.convictions:
        if conviction.vacated:
            steps.append(Step("It was vacated or expunged and does not count.", Result.NOT_MET, conviction))
        elif named == "any":
            steps.append(Step("It stands.", Result.MET, conviction))
        else:
            words = named.replace("_", " ")
            steps.append(
                Step(
                    f"It stands. Whether it is of the class named, {words}, is a question of law.",
                    Result.CANNOT_TELL,
                    conviction,
                    (
                        f"A written opinion of counsel on whether the conviction is of the class named, {words}.",
                    ),
                )
            )
    if not any(step.result != Result.NOT_MET for step in steps):
        steps.append(_nothing_else(facts))
    return any_of(criterion, steps)


def _nothing_else(facts: Facts) -> Step:
    if facts.criminal_record_read:
        return Step(
            "The criminal record and the dispositions were read; they show no conviction that stands.",
            Result.NOT_MET,
        )
    return Step(
        "No conviction that stands is on record, but the criminal record was not read in full.",
        Result.CANNOT_TELL,
        settles=(CRIMINAL_RECORD,),
    )
