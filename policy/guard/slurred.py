"""Short terms with a slip in them ("Cuabn", "Cban", "Cubaan"), and long ones written as they sound ("Meksikan").

Every spelling of a short term that one slip makes is known beforehand; ordinary words and names among them are listed
in `lookalikes/near.txt`. What sounds alike is told by a key in which letters of one sound are one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .hideable import hideable
from .terms import lexicon

_CLASSES: Final = frozenset({"demonym", "faith", "worship", "identity", "orientation", "ethnic"})
# Short terms in which a slip is looked for: short ones that are rare lie too near to ordinary words and names.
_SHORT: Final = (
    "cuban",
    "asian",
    "mayan",
    "tamil",
    "hmong",
    "hindu",
    "islam",
    "quran",
    "hijab",
    "queer",
    "iraqi",
    "latino",
    "latina",
    "muslim",
    "mosque",
    "yemeni",
    "syrian",
    "somali",
    "jewish",
    "afghan",
    "amish",
    "aztec",
    "croat",
    "dalit",
    "druze",
    "greek",
    "imams",
    "negro",
    "pagan",
    "rabbi",
    "sioux",
    "torah",
    "tutsi",
    "women",
    "rally",
    "union",
    "trans",
    "white",
    "brown",
    "bible",
)
# Weak terms that are no ordinary words any more once a slip is in them.
WEAK: Final = (
    "black",
    "christian",
    "democrat",
    "republican",
    "female",
    "woman",
    "protest",
    "protester",
    "activist",
    "communist",
    "socialist",
)
_SOUNDS: Final = tuple(
    pair.split()
    for pair in (
        "ph f", "ck k", "qu kw", "x ks", "ce se", "ci si", "cy si", "ch \x01", "sh \x02", "th t",
        "gh g", "kh k", "bh b", "dh d", "c k", "q k", "z s", "ee i", "ea i", "ie i", "y i", "oo u", "ou u",
    )
)  # fmt: skip
_TWICE: Final = re.compile(r"(.)\1+")
_VOWELS: Final = "aeiou"
_LONG_ENOUGH: Final = 5


def sound(word: str) -> str:
    """What a word sounds like, roughly."""
    for letters, sounds in _SOUNDS:
        if letters in word:
            word = word.replace(letters, sounds)
    return _TWICE.sub(r"\1", word)


def variants(term: str) -> set[str]:
    """Spellings with two inner letters swapped, one doubled or left out, or one vowel for another."""
    out = {term[:at] + term[at] + term[at:] for at in range(1, len(term))}
    out |= {term[:at] + term[at + 1] + term[at] + term[at + 2 :] for at in range(1, len(term) - 1)}
    out |= {term[:at] + term[at + 1 :] for at in range(1, len(term) - 1)}
    out |= {
        term[:at] + vowel + term[at + 1 :]
        for at in range(1, len(term))
        if term[at] in _VOWELS
        for vowel in _VOWELS
    }
    return out - {term}


@lru_cache(maxsize=1)
def spellings() -> tuple[dict[str, str], dict[str, str]]:
    """Terms by their slips, and by their sound."""
    known, kinds = hideable(), lexicon().kinds
    slips: dict[str, str] = {}
    sounds: dict[str, str] = {}
    for term in sorted(known.words):
        has = kinds[term]
        if "rare" in has or not (has & _CLASSES or term in WEAK or term in _SHORT):
            continue
        if term in _SHORT or term in WEAK:
            for variant in variants(term):
                if variant not in kinds and variant not in known.near:
                    slips.setdefault(variant, term)
        if len(term) >= _LONG_ENOUGH:
            sounds.setdefault(sound(term), term)
    return slips, sounds
