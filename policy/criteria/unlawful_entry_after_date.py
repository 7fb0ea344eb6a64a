"""Was the person apprehended inside the country after an unlawful entry later than a given day?

An entry that was made puts the person inside the country, so that an apprehension, made or considered, is inside too;
an attempt that was stopped at the border is another criterion.
"""

from __future__ import annotations

from datetime import date

from policy.criteria.answers import Answer, Result, Step, any_of, date_words, first_day, span_words
from policy.criteria.facts import Entry, Facts, Presence
from policy.criteria.words import DAY_OF_ENTRY, HOW_IT_ENDED, MANNER, NO_ENTRY, NO_ENTRY_SETTLES
from policy.editions.priorities import Criterion


def unlawful_entry_after_date(criterion: Criterion, facts: Facts) -> Answer:
    if not facts.entries:
        return any_of(criterion, [Step(NO_ENTRY, Result.CANNOT_TELL, settles=(NO_ENTRY_SETTLES,))])
    first, words = first_day(criterion), date_words(criterion)
    return any_of(criterion, [_look(entry, facts.presences, first, words) for entry in facts.entries])


def _look(entry: Entry, presences: tuple[Presence, ...], first: date, words: str) -> Step:
    if entry.manner in ("admitted", "paroled", "attempted"):
        return Step(f"{MANNER[entry.manner]}.", Result.NOT_MET, entry)
    if entry.on is None:
        return _undated(entry, presences, first, words)
    reaches = entry.on.reaches(first)
    if reaches is False:
        return Step(f"{span_words(entry.on)}, which is not {words}.", Result.NOT_MET, entry)
    if entry.manner != "without_inspection":
        return Step("How the person entered is not known.", Result.CANNOT_TELL, entry, (HOW_IT_ENDED,))
    if reaches is None:
        return Step(
            f"{span_words(entry.on)}: some of these days are {words}, some are not.",
            Result.CANNOT_TELL,
            entry,
            (DAY_OF_ENTRY,),
        )
    return Step(f"An entry without inspection. {span_words(entry.on)}, which is {words}.", Result.MET, entry)


def _undated(entry: Entry, presences: tuple[Presence, ...], first: date, words: str) -> Step:
    """An entry without a day lies before a presence since then without long absences."""
    for presence in presences:
        if presence.continuous and presence.on is not None and presence.on.reaches(first) is False:
            return Step(
                f"The person has been here since before that without long absences, so the entry is not {words}.",
                Result.NOT_MET,
                presence,
            )
    return Step("Its day is not known.", Result.CANNOT_TELL, entry, (DAY_OF_ENTRY,))
