"""Terms that lie within a slip or two of a word, found by the letters that both have in common.

Two words are within a slip (a letter left out, added, changed, or swapped with its neighbour) only if leaving out one
letter of each, or none, makes them equal. So terms are kept by what is left of them, and a word is looked up by what
is left of it: the cost grows with the letters of the word, and not with the number of terms.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from .hideable import hideable
from .slurred import WEAK

SHORTEST: Final = 6
TWO_SLIPS: Final = 10
# More terms that are met often: short, or ordinary words in plain sight, and far from other words.
OFTEN: Final = frozenset(
    ["antifa", "apache", "aztecs", "baloch", "church", "clergy", "deacon", "diwali", "fulani", "gringo", "hijabs"]
) | {"lakota", "maoist", "mixtec", "moreno", "rabbis", "sharia", "sherpa", "tatars", "turban", "uyghur", "comanche"} | {
    "cherokee", "seminole", "cheyenne", "italian", "oriental", "gentleman", "gentlemen", "spaniard", "persian",
    "muchacha", "muchacho",
}  # fmt: skip
# Terms from which words differ by one letter so often that errors are not looked for.
EXACT: Final = frozenset(["native", "latino", "latina", "tribal", "racial", "ethnic", "ladies", "preach"])

Rests = dict[str, tuple[str, ...]]


def _rests(word: str) -> set[str]:
    """The word with one letter less; the first one stays."""
    return {word[:at] + word[at + 1 :] for at in range(1, len(word))}


def _kept(terms: list[str], twice: bool) -> Rests:
    found: dict[str, list[str]] = {}
    for term in terms:
        rests = _rests(term)
        if twice:
            rests = rests.union(*map(_rests, rests))
        rests.add(term)
        for rest in rests:
            found.setdefault(rest, []).append(term)
    return {rest: tuple(those) for rest, those in found.items()}


@lru_cache(maxsize=1)
def _once() -> Rests:
    return _kept([term for term in slippery() if len(term) >= SHORTEST], twice=False)


@lru_cache(maxsize=1)
def _twice() -> Rests:
    return _kept([term for term in slippery() if len(term) >= TWO_SLIPS], twice=True)


@lru_cache(maxsize=1)
def slippery() -> tuple[str, ...]:
    """Terms in which errors are looked for, by the alphabet."""
    known = hideable()
    return tuple(term for term in sorted(known.strong | set(WEAK) | OFTEN) if term not in EXACT)


def near(word: str, shortest: int = SHORTEST) -> str:
    """The first term, by the alphabet, that is no more than one slip away; "" for none."""
    rests, kept = _rests(word), _once()
    rests.add(word)
    found = {term for rest in rests if rest in kept for term in kept[rest]}
    return min((term for term in found if len(term) >= shortest and slips(word, term) <= 1), default="")


def near_twice(word: str) -> str:
    """The first term of ten letters or more two slips away; two letters that both differ are no slip."""
    kept = _twice()
    rests = _rests(word)
    rests = rests.union(*map(_rests, rests))
    rests.add(word)
    if kept.keys().isdisjoint(rests):
        return ""
    found = {term for rest in rests if rest in kept for term in kept[rest]}
    return min(
        (
            term
            for term in found
            if abs(len(term) - len(word)) <= 2
            and slips(word, term) <= 2
            and _common(word, term) >= max(len(term) - 1, len(word) - 2)
        ),
        default="",
    )


def _common(one: str, other: str) -> int:
    """How many letters two words have in common, in their order: two letters that both differ are no typing error."""
    row = [0] * (len(other) + 1)
    for letter in one:
        before = 0
        for place, wanted in enumerate(other, 1):
            kept = row[place]
            row[place] = before + 1 if letter == wanted else max(kept, row[place - 1])
            before = kept
    return row[-1]


def slips(one: str, other: str) -> int:
    """Edit distance with neighbours swapped as one slip (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        after = [at]
        for place, wanted in enumerate(other, 1):
            cost = min(row[place] + 1, after[place - 1] + 1, row[place - 1] + (letter != wanted))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == wanted:
                cost = min(cost, before[place - 2] + 1)
            after.append(cost)
        before, row = row, after
    return row[-1]
