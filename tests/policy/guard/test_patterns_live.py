"""Every pattern of the files meets a sentence made of its own words: none stands there that no text can reach.

A pattern dies unseen when the lists learn a phrase that joins its words, or when it asks for a sign that is no word.
The sentences are drawn with the pattern itself as the seed, so that they are the same in every run.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

from policy.guard.context import human
from policy.guard.patterns import Element, Pattern, index, match
from policy.guard.phrases import CAPITALS, parts, phrases
from policy.guard.shadow import shadow
from policy.guard.terms import lexicon
from policy.guard.words import Words, words

DRAWS = 120
OF_A_CLASS = 25


@cache
def _by_class() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for term, kinds in sorted(lexicon().kinds.items()):
        for kind in kinds:
            found.setdefault(kind, []).append(term)
    return found


def _choices(element: Element) -> list[str]:
    """Words that an element takes, as they are written."""
    found = sorted(element.words)
    for name in sorted(element.classes):
        found += _by_class().get(name, [])[:OF_A_CLASS]
    found = [word.upper() if lexicon().kinds.get(word, frozenset()) & CAPITALS else word for word in found]
    return found + ["Kestrel"] * element.capital + ["12"] * element.number


def _sentences(pattern: Pattern) -> Iterator[str]:
    """Sentences with each element that must be there, small and with capitals."""
    draw = Random(pattern.source)  # no secret: the same sentences in every run
    steps = [
        ["the respondent"] if element.kind == "human" else _choices(element)
        for element in pattern.elements
        if element.kind == "human" or (element.kind == "word" and not element.optional)
    ]
    for _ in range(DRAWS):
        chosen = [draw.choice(step) for step in steps if step]
        yield " ".join(chosen)
        yield "Then " + " ".join(word[:1].upper() + word[1:] for word in chosen)


def _readings(text: str) -> Iterator[Words]:
    plain = words(shadow(text))
    joined = phrases(plain)
    yield joined
    if (other := parts(plain, joined)) is not None:
        yield other


def _meets(pattern: Pattern, text: str) -> bool:
    anchor = pattern.elements[pattern.anchor]
    return any(
        anchor.fits(reading, place) and match(pattern, reading, place, human) is not None
        for reading in _readings(text)
        for place in range(len(reading))
    )


def test_every_pattern_meets_a_sentence() -> None:
    known = index()
    patterns = {
        (pattern.rule, pattern.source): pattern
        for listed in (*known.by_word.values(), *known.by_class.values())
        for pattern in listed
    }
    assert len(patterns) > 1_500
    dead = [
        f"{rule}: {source}"
        for (rule, source), pattern in patterns.items()
        if not any(_meets(pattern, text) for text in _sentences(pattern))
    ]
    assert not dead, "\n".join(dead)
