"""Is there a criminal charge that is not resolved?

A charge is not a conviction, and an unknown end is not a pending one.
"""

from __future__ import annotations

from policy.criteria.answers import Answer, Result, Step, any_of
from policy.criteria.facts import Facts
from policy.criteria.words import CRIMINAL_RECORD
from policy.editions.priorities import Criterion


def unresolved_charge(criterion: Criterion, facts: Facts) -> Answer:
    steps = []
    for charge in facts.charges:
        if charge.end == "pending":
            steps.append(Step("It is pending.", Result.MET, charge))
        elif charge.end == "not_known":
            steps.append(
                Step(
                    "What became of it is not known.",
                    Result.CANNOT_TELL,
                    charge,
                    ("The disposition of this charge.",),
                )
            )
        else:
            steps.append(Step("It has ended.", Result.NOT_MET, charge))
    if not steps:
        steps.append(
            Step(
                "The criminal record and the dispositions were read; they show no open charge.",
                Result.NOT_MET,
            )
            if facts.criminal_record_read
            else Step(
                "No charge is on record, but the criminal record was not read in full.",
                Result.CANNOT_TELL,
                settles=(CRIMINAL_RECORD,),
            )
        )
    return any_of(criterion, steps)
