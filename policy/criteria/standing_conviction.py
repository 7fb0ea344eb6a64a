"""Is there a conviction that stands, of the class that the edition names?

Of which class a conviction is, is a question of law, and no code answers it. It is read where the record has it: a
felony is one that the judgment names so, an aggravated felony one that was ruled to be one. Without that nobody can
tell, except where the edition names no class (`any`).
"""

from __future__ import annotations

from typing import Final

from policy.criteria.answers import Answer, Result, Step, any_of
from policy.criteria.facts import Conviction, Facts
from policy.criteria.words import CRIMINAL_RECORD
from policy.editions.priorities import Criterion

CLASS_NAMED: Final = "The judgment, or the statute of that court, with the class that it gives the offense."
RULING: Final = (
    "A ruling of an immigration judge, the Board or a court on whether it is an aggravated felony."
)


def standing_conviction(criterion: Criterion, facts: Facts) -> Answer:
    named = str(criterion.parameter("class").value)
    steps = [_of_one(named, conviction) for conviction in facts.convictions]
    if not any(step.result != Result.NOT_MET for step in steps):
        steps.append(_nothing_else(facts))
    return any_of(criterion, steps)


def _of_one(named: str, conviction: Conviction) -> Step:
    if conviction.vacated:
        return Step("It was vacated or expunged and does not count.", Result.NOT_MET, conviction)
    if named == "any":
        return Step("It stands.", Result.MET, conviction)
    if named == "felony":
        return _felony(conviction)
    if named == "aggravated_felony":
        return _aggravated(conviction)
    raise ValueError(f"no criterion knows the class {named!r}")


def _felony(conviction: Conviction) -> Step:
    match conviction.offense_class:
        case "felony":
            return Step("It stands, and the judgment names it a felony.", Result.MET, conviction)
        case "felony_of_status":
            return Step(
                "It stands. Status itself was an element of the felony, so it is not of the class named.",
                Result.NOT_MET,
                conviction,
            )
        case "misdemeanor" | "lesser":
            return Step(
                "It stands, and the judgment names it less than a felony.", Result.NOT_MET, conviction
            )
    return Step(
        "It stands. The record does not say which class the judgment gives it, so whether it is a felony is open.",
        Result.CANNOT_TELL,
        conviction,
        (CLASS_NAMED,),
    )


def _aggravated(conviction: Conviction) -> Step:
    # What a state calls the offense settles nothing: a misdemeanor can be one, and most felonies are none.
    if conviction.aggravated is None:
        return Step(
            "It stands. Whether it is an aggravated felony is a question of law, and no ruling is on record.",
            Result.CANNOT_TELL,
            conviction,
            (RULING,),
        )
    if conviction.aggravated:
        return Step("It stands, and was ruled to be an aggravated felony.", Result.MET, conviction)
    return Step("It stands, and was ruled not to be an aggravated felony.", Result.NOT_MET, conviction)


def _nothing_else(facts: Facts) -> Step:
    other = "other conviction" if facts.convictions else "conviction"
    if facts.criminal_record_read:
        return Step(
            f"The criminal record and the dispositions were read; they show no {other} that counts.",
            Result.NOT_MET,
        )
    return Step(
        f"No {other} that counts is on record, but the criminal record was not read in full.",
        Result.CANNOT_TELL,
        settles=(CRIMINAL_RECORD,),
    )
