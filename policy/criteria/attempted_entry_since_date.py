"""Was the person stopped at the border or a port of entry, while trying to enter unlawfully, since a given day?"""

from __future__ import annotations

from datetime import date

from policy.criteria.answers import Answer, Result, Step, any_of, date_words, first_day, span_words
from policy.criteria.facts import Entry, Facts
from policy.criteria.words import DAY_OF_ENTRY, HOW_IT_ENDED, MANNER, NO_ENTRY, NO_ENTRY_SETTLES
from policy.editions.priorities import Criterion


def attempted_entry_since_date(criterion: Criterion, facts: Facts) -> Answer:
    if not facts.entries:
        return any_of(criterion, [Step(NO_ENTRY, Result.CANNOT_TELL, settles=(NO_ENTRY_SETTLES,))])
    first, words = first_day(criterion), date_words(criterion)
    return any_of(criterion, [_look(entry, first, words) for entry in facts.entries])


def _look(entry: Entry, first: date, words: str) -> Step:
    if entry.manner not in ("attempted", "other", "not_known"):
        return Step(f"{MANNER[entry.manner]}; nobody stopped an attempt.", Result.NOT_MET, entry)
    if entry.on is None:
        return Step("Its day is not known.", Result.CANNOT_TELL, entry, (DAY_OF_ENTRY,))
    reaches = entry.on.reaches(first)
    if reaches is False:
        return Step(f"{span_words(entry.on)}, which is not {words}.", Result.NOT_MET, entry)
    if entry.manner != "attempted":
        return Step("How the person came is not known.", Result.CANNOT_TELL, entry, (HOW_IT_ENDED,))
    if reaches is None:
        return Step(
            f"{span_words(entry.on)}: some of these days are {words}, some are not.",
            Result.CANNOT_TELL,
            entry,
            (DAY_OF_ENTRY,),
        )
    return Step(
        f"An attempt that was stopped there. {span_words(entry.on)}, which is {words}.", Result.MET, entry
    )
