"""Criteria as code: each tests one closed question of an edition, and nothing else.

One criterion a file; the file's name is the function and the criterion's key in the edition's `priorities.yml`. A
criterion takes its own description (with the parameters) and the facts as plain typed inputs, and answers met, not met
or cannot tell, with the trace of what it read. It never says what to do: "met" sets no finding and no outcome.

To add one: write the file, add it to `CRITERIA`, name it in an edition, and write its persons into
`tests/policy/test_criteria.py`. Days, classes and comparisons are parameters of the edition, never numbers in code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from policy.criteria.answers import WORDS, Answer, Result, Step
from policy.criteria.attempted_entry_since_date import attempted_entry_since_date
from policy.criteria.attempted_unlawful_entry import attempted_unlawful_entry
from policy.criteria.facts import Charge, Conviction, Entry, Facts, Presence, Span
from policy.criteria.not_present_before_date import not_present_before_date
from policy.criteria.standing_conviction import standing_conviction
from policy.criteria.unlawful_entry_after_date import unlawful_entry_after_date
from policy.criteria.unresolved_charge import unresolved_charge
from policy.editions import Edition
from policy.editions.priorities import Criterion

__all__ = [
    "CRITERIA",
    "WORDS",
    "Answer",
    "Charge",
    "Conviction",
    "Entry",
    "Facts",
    "Presence",
    "Result",
    "Span",
    "Step",
    "answers",
    "unknown",
]

CRITERIA: Final[Mapping[str, Callable[[Criterion, Facts], Answer]]] = {
    criterion.__name__: criterion
    for criterion in (
        attempted_unlawful_entry,
        attempted_entry_since_date,
        unlawful_entry_after_date,
        not_present_before_date,
        standing_conviction,
        unresolved_charge,
    )
}


def answers(edition: Edition, priority: str, facts: Facts) -> list[Answer]:
    """The answers to the criteria of one priority, in the edition's order."""
    return [CRITERIA[one.key](one, facts) for one in edition.criteria if one.priority == priority]


def unknown(edition: Edition) -> list[str]:
    """Criteria that an edition names and no code answers; such an edition cannot be used."""
    return [one.key for one in edition.criteria if one.key not in CRITERIA]
