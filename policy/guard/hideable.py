"""The terms that somebody may hide: single words with an attribute, with the beginnings and masks that lead to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .patterns import COMMON, index
from .terms import LEXICON, entries, lexicon

# Classes whose words are worth a disguise; words of grammar and places never are.
_CLASSES: Final = frozenset(
    [
        "demonym",
        "demonym_weak",
        "ethnic",
        "colour",
        "faith",
        "faith_weak",
        "worship",
        "sex",
        "sex_strong",
        "orientation",
        "identity",
        "identity_weak",
        "movement",
        "party_named",
        "protest_word",
        "union_word",
        "expression",
    ]
)
# A word that is no term is read through masked letters only where so many tell it.
_MASKED: Final = 5
# Classes without an attribute whose words patterns need.
_CONTEXT: Final = frozenset({"place", "country", "person", "kin"})
# Classes in which typing errors are looked for from six letters on; in others from seven.
_OFTEN: Final = frozenset({"demonym", "faith", "identity", "orientation"})
# Weak words that are long enough to be told from others in spite of a slip.
_LONG_WEAK: Final = frozenset({"protest_word"})
# Words that are too ordinary to be read out of pieces.
_NEVER: Final = frozenset(
    [
        "red",
        "tan",
        "dark",
        "yellow",
        "local",
        "party",
        "green",
        "god",
        "cross",
        "out",
        "bi",
        "pride",
        "holy",
        "mass",
        "men",
        "man",
        "christ",
        "lent",
        "bishop",
        "monk",
        "nun",
        "latin",
        "salah",
        "eid",
        "dutch",
        "kiwi",
        "moor",
    ]
)


@dataclass(frozen=True, slots=True)
class Hideable:
    """`words`: the terms. `starts`: their beginnings. `apart`: pairs of ordinary words that make a term.

    `plain` are the other words of the lists and patterns ("husband", "Mexico"): put back where their letters were
    parted, so that a pattern can read them, but no mention by being hidden.
    """

    words: frozenset[str]
    plain: frozenset[str]
    strong: frozenset[str]
    starts: frozenset[str]
    apart: frozenset[str]
    near: frozenset[str]
    kinds: dict[str, frozenset[str]]
    # By length, first letter and last, and by length and first letter alone.
    shapes: dict[tuple[int, str, str], tuple[str, ...]]
    longest: int

    def masked(self, core: str) -> str:
        """The term that a word with masked letters stands for: "M*slim", "m_slim", "Mus###"; "" for none."""
        if sum(map(str.isalpha, core)) * 2 < len(core) or not core[0].isalpha():
            return ""
        last = core[-1] if core[-1].isalnum() else ""
        for term in self.shapes.get((len(core), core[0], last), ()):
            if all(sign == letter or not sign.isalnum() for sign, letter in zip(core, term, strict=True)):
                return term
        return ""


# Of several terms that a masked word may be, these first: a people, a nationality, a faith.
_LIKELY: Final = frozenset({"ethnic", "demonym", "faith"})


@lru_cache(maxsize=1)
def hideable() -> Hideable:
    """All terms worth hiding."""
    kinds, classes = lexicon().kinds, lexicon().classes
    terms = frozenset(
        key
        for key, has in kinds.items()
        if " " not in key
        and len(key) >= 3
        and key not in _NEVER
        and (not has.isdisjoint(_CLASSES) or ("demonym_es" in has and len(key) >= 8))
    )
    rare = {term for term in terms if "rare" in kinds[term]}
    plain = _plain() - terms
    starts = frozenset(term[:count] for term in terms | plain for count in range(1, len(term)))
    shapes: dict[tuple[int, str, str], list[str]] = {}
    for term in (
        *sorted(terms, key=lambda term: (kinds[term].isdisjoint(_LIKELY), term)),
        *sorted(word for word in plain if len(word) >= _MASKED),
    ):
        for last in (term[-1], ""):
            shapes.setdefault((len(term), term[0], last), []).append(term)
    return Hideable(
        terms,
        plain,
        frozenset(
            term
            for term in terms - rare
            if (len(term) >= 7 and any(classes[name].strong for name in kinds[term]))
            or (len(term) >= 9 and not kinds[term].isdisjoint(_LONG_WEAK))
            or (len(term) == 6 and not kinds[term].isdisjoint(_OFTEN))
        ),
        starts,
        frozenset(
            pair.replace("+", " ")
            for line in entries(LEXICON.parent / "lookalikes" / "apart.txt")
            for pair in line.split()
        ),
        frozenset(
            word for line in entries(LEXICON.parent / "lookalikes" / "near.txt") for word in line.split()
        ),
        kinds,
        {shape: tuple(found) for shape, found in shapes.items()},
        max(map(len, terms | plain)),
    )


def _plain() -> frozenset[str]:
    """Words of four letters and more in the terms of an attribute, in names of places and in the patterns."""
    known = lexicon()
    phrases = {
        key
        for key, kinds in known.kinds.items()
        if not kinds.isdisjoint(_CONTEXT) or any(known.classes[name].attribute for name in kinds)
    }
    patterns = index()
    for found in (*patterns.by_word.values(), *patterns.by_class.values()):
        for pattern in found:
            for element in pattern.elements:
                phrases |= element.words
    words = {word for phrase in phrases for word in phrase.split()}
    return frozenset(word for word in words if len(word) >= 4 and word.isalpha() and word not in COMMON)
