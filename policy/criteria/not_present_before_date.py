"""Was the person not physically present in the country before a given day?

Any earlier presence counts, lawful or not. The first arrival on record is taken as the first, so the answer is only as
good as the record of arrivals.
"""

from __future__ import annotations

from datetime import date

from policy.criteria.answers import Answer, Result, Step, answer, date_words, first_day, span_words
from policy.criteria.facts import Entry, Facts, Presence
from policy.criteria.words import DAY_OF_ENTRY, NO_ENTRY, NO_ENTRY_SETTLES
from policy.editions.priorities import Criterion


def not_present_before_date(criterion: Criterion, facts: Facts) -> Answer:
    first, words = first_day(criterion), date_words(criterion)
    seen: list[Entry | Presence] = [*facts.entries, *facts.presences]
    steps = [_look(fact, first, words) for fact in seen]
    if not facts.entries:
        steps.append(Step(NO_ENTRY, Result.CANNOT_TELL, settles=(NO_ENTRY_SETTLES,)))
    results = {step.result for step in steps}
    # One earlier presence is enough for "not met"; "met" needs every arrival on record to be late enough.
    for result in (Result.NOT_MET, Result.CANNOT_TELL):
        if result in results:
            return answer(criterion, result, steps)
    return answer(criterion, Result.MET, steps)


def _look(fact: Entry | Presence, first: date, words: str) -> Step:
    what = "Present since then." if isinstance(fact, Presence) else "An arrival."
    if fact.on is None:
        return Step("Its day is not known.", Result.CANNOT_TELL, fact, (DAY_OF_ENTRY,))
    reaches = fact.on.reaches(first)
    if reaches is False:
        return Step(f"{what} {span_words(fact.on)}, which is not {words}.", Result.NOT_MET, fact)
    if reaches is None:
        return Step(
            f"{span_words(fact.on)}: some of these days are {words}, some are not.",
            Result.CANNOT_TELL,
            fact,
            (DAY_OF_ENTRY,),
        )
    return Step(f"{what} {span_words(fact.on)}, which is {words}.", Result.MET, fact)
