"""Terms behind a word that is none: doubled letters, written backwards, without vowels, run together, or mistyped.

Errors are looked for last and only in long terms: one slip from six letters on, two from ten. Ordinary words and names
that lie as near to a term are listed in `lookalikes/near.txt`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .hideable import hideable

_DOUBLED: Final = re.compile(r"(.)\1{2,}")
_SHORTEST: Final = 6
_TWO_SLIPS: Final = 10
_LONGEST: Final = 24
# Terms from which words differ by one letter so often that errors are not looked for.
_EXACT: Final = frozenset(["native", "latino", "latina", "tribal", "racial", "ethnic", "ladies", "preach"])


@lru_cache(maxsize=1)
def _less() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Terms by what is left of them without one letter, and by their consonants."""
    shorter: dict[str, set[str]] = {}
    bare: dict[str, str] = {}
    for term in hideable().strong:
        if len(term) < _SHORTEST or term in _EXACT:
            continue
        for key in _without(term):
            shorter.setdefault(key, set()).add(term)
        consonants = re.sub("[aeiou]", "", term)
        if len(consonants) >= 4 and term[0] == consonants[0]:
            bare.setdefault(consonants, term)
    return {key: tuple(sorted(terms)) for key, terms in shorter.items()}, bare


def _without(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


@lru_cache(maxsize=32768)
def mistyped(word: str) -> str:
    """The term behind a word that the lexicon does not have; "" for none."""
    known = hideable()
    if len(word) > _LONGEST * 2 or word in known.near:
        return ""
    if _DOUBLED.search(word):
        for once in (_DOUBLED.sub(r"\1", word), _DOUBLED.sub(r"\1\1", word)):
            if once in known.words:
                return once
        word = _DOUBLED.sub(r"\1", word)
    if len(word) > _LONGEST:
        return ""
    if len(word) >= 5 and word[::-1] in known.words:
        return word[::-1]
    shorter, bare = _less()
    if word in bare:
        return bare[word]
    if len(word) >= 8:
        for at in range(5, len(word) - 2):
            if word[:at] in known.words and known.kinds.get(word[at:], frozenset()) & {"person", "sex"}:
                return word[:at]
    if len(word) < _SHORTEST - 1:
        return ""
    best = ""
    for key in _without(word):
        for term in shorter.get(key, ()):
            if slips(word, term) <= 1 and word[0] == term[0] and (not best or term < best):
                best = term
    if not best and len(word) >= _TWO_SLIPS - 1:
        for key in _without(word):
            for once in _without(key):
                for term in shorter.get(once, ()):
                    if (
                        len(term) >= _TWO_SLIPS
                        and word[0] == term[0]
                        and slips(word, term) <= 2
                        and (not best or term < best)
                    ):
                        best = term
    return best


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
