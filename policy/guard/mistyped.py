"""Terms behind a word that is none: doubled letters, written backwards, without vowels, run together, or mistyped.

Errors are looked for last and only in long terms: one slip from six letters on, two from ten. Ordinary words and names
that lie as near to a term are listed in `lookalikes/near.txt`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .hideable import hideable
from .slips import EXACT, SHORTEST, TWO_SLIPS, near, near_twice, slippery
from .slurred import WEAK, sound, spellings

_DOUBLED: Final = re.compile(r"(.)\1{2,}")
_SPANISH_SHORTEST: Final = 8
_LONGEST: Final = 24
# So many consonants tell a term whatever its vowels are.
_BARE: Final = 5
# Terms met so often that four consonants will do.
_OFTEN: Final = frozenset(
    ["lesbian", "lesbians", "mexican", "mexicans", "muslim", "muslims", "somali", "latino", "cubans"]
)
_VOWELS: Final = re.compile("[aeiou]")
# Colours, which are no ordinary words any more once their letters are shuffled.
_COLOURS: Final = frozenset(["black", "white", "brown"])
# Words that are run together with a term, and the longest that stands before it.
_BESIDE: Final = frozenset(
    ["the", "a", "an", "is", "was", "this", "that", "one", "he", "she", "they", "young", "old", "el", "la"]
)
_NEXT: Final = frozenset({"person", "sex", "subj", "pron", "occupation"})
_LEADING: Final = 13
# What is left of a term without its vowels and stands for another word.
_ABBREVIATED: Final = frozenset(["trns", "blck", "cncl", "mssn", "prtn"])


@lru_cache(maxsize=1)
def _bare() -> dict[str, str]:
    """Terms by their consonants."""
    bare: dict[str, str] = {}
    for term in slippery():
        consonants = _consonants(term)
        if len(term) >= SHORTEST and len(consonants) >= 4 and consonants not in _ABBREVIATED:
            bare.setdefault(consonants, term)
    return bare


@lru_cache(maxsize=1)
def _shuffled() -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """Terms by first letter and the letters they have ("Baclk"), and by consonants with the vowels open ("lesbein")."""
    jumbled: dict[tuple[str, str], str] = {}
    vowelled: dict[str, str] = {}
    for term in sorted(hideable().strong | set(WEAK) | _COLOURS):
        if len(term) < SHORTEST - 1 or term in EXACT or not term.isalpha():
            continue
        jumbled.setdefault((term[0], "".join(sorted(term))), term)
        consonants = _consonants(term)
        if len(term) >= SHORTEST and (len(consonants) >= _BARE or term in _OFTEN):
            vowelled.setdefault(consonants, term)
    return jumbled, vowelled


def _consonants(word: str) -> str:
    return word[0] + _VOWELS.sub("", word[1:])


def _glued(word: str) -> str:
    """The term in words that were run together: "peruvianman", "theatheistdriver", "subjectquichua"."""
    known = hideable()
    for begin in (0, *range(2, min(len(word) - 4, _LEADING))):
        if begin and not _beside(word[:begin]):
            continue
        for end in range(len(word), begin + 4, -1):
            if (
                (begin or end < len(word))
                and word[begin:end] in known.words
                and (end == len(word) or _beside(word[end:]))
            ):
                return word[begin:end]
    return ""


def _beside(word: str) -> bool:
    """Whether a word may stand beside a term that it was run together with."""
    return word in _BESIDE or (len(word) >= 3 and not _NEXT.isdisjoint(hideable().kinds.get(word, ())))


@lru_cache(maxsize=32768)
def mistyped(word: str) -> str:
    """The term behind a word that the lexicon does not have; "" for none."""
    known = hideable()
    if len(word) > _LONGEST * 2 or word in known.near:
        return ""
    if _DOUBLED.search(word):
        for once in (_DOUBLED.sub(r"\1", word), _DOUBLED.sub(r"\1\1", word)):
            if once in known.words or once in known.plain:
                return once
        word = _DOUBLED.sub(r"\1", word)
    if len(word) > _LONGEST:
        return ""
    if (len(word) >= 5 and (back := word[::-1]) in known.words) or (len(word) >= 7 and back in known.plain):
        return back
    if term := _bare().get(word):
        return term
    if len(word) >= 8 and (term := _glued(word)):
        return term
    slipped, sounds = spellings()
    if word in slipped:
        return slipped[word]
    if len(word) < SHORTEST - 1:
        return ""
    if len(word) >= SHORTEST and (began := word[1] + word[0] + word[2:]) in known.strong:
        return began
    jumbled, vowelled = _shuffled()
    if term := jumbled.get((word[0], "".join(sorted(word)))):
        return term
    if (
        len(word) >= SHORTEST
        and (term := vowelled.get(_consonants(word)))
        and abs(len(term) - len(word)) <= 1
    ):
        return term
    if term := sounds.get(sound(word)):
        return term
    if best := near(word):
        return best
    return near_twice(word) if len(word) >= TWO_SLIPS - 1 else ""


@lru_cache(maxsize=8192)
def slipped(word: str) -> str:
    """The term behind a word with one slip in a Spanish text: only where both are long; "" for none."""
    if word in hideable().near or not _SPANISH_SHORTEST <= len(word) <= _LONGEST:
        return ""
    return near(word, _SPANISH_SHORTEST)
