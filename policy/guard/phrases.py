"""Joins the words of a phrase of the lexicon into one, and gives every word its classes."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from .terms import lexicon
from .words import EMPTY, JOINED, Words

# Short forms that are read in capitals only.
CAPITALS: Final = frozenset({"iso", "acronym", "acronym_weak", "race_code"})
# Names that are ordinary words when they are written small.
TITLED: Final = frozenset({"people_name", "caste_name", "rite"})
# Phrases that stay one word whatever a pattern asks for.
_WHOLE: Final = frozenset({"harmless", "place", "country", "us_place", "language", "street"})
_MONTH: Final = frozenset({"month"})
_BEFORE_MONTH: Final = frozenset(
    [
        "in",
        "since",
        "until",
        "by",
        "on",
        "early",
        "late",
        "mid",
        "last",
        "this",
        "next",
        "from",
        "during",
        "of",
        "to",
    ]
) | {"through", "between", "and", "before", "after"}


def phrases(found: Words) -> Words:
    """The words with phrases joined and `kinds` filled."""
    known = lexicon()
    if not known.longest.keys().isdisjoint(found.key):
        found = _joined(found, known.longest, known.kinds)
    return _told(found, known.kinds)


def parts(found: Words, joined: Words) -> Words | None:
    """The words with only those phrases joined that have a meaning of their own; None where that is no other reading.

    A phrase of grammar ("city council", "work permit") must not hide its words from a pattern that names one of them.
    """
    if len(found) == len(joined):
        return None
    known = lexicon()
    whole = _whole()
    if all(" " not in key or key in whole for key in joined.key):
        return None
    again = _joined(found, known.longest, whole)
    return _told(again, known.kinds) if again.key != joined.key else None


@lru_cache(maxsize=1)
def _whole() -> dict[str, frozenset[str]]:
    """Phrases that are one word in every reading: harmless ones, terms of an attribute, places and names."""
    known = lexicon()
    return {
        key: kinds
        for key, kinds in known.kinds.items()
        if not kinds.isdisjoint(_WHOLE) or any(known.classes[kind].attribute for kind in kinds)
    }


def _told(found: Words, kinds: dict[str, frozenset[str]]) -> Words:
    found.kinds = [kinds.get(key, EMPTY) for key in found.key]
    for place, has in enumerate(found.kinds):
        if not has.isdisjoint(CAPITALS) and not found.shadow[found.start[place] : found.end[place]].isupper():
            found.kinds[place] = has - CAPITALS
        elif not has.isdisjoint(TITLED) and not found.shadow[found.start[place]].isupper():
            found.kinds[place] = has - TITLED
        elif "month" in has and _is_month(found, place):
            found.key[place] += "."
            found.kinds[place] = _MONTH
    return found


def _joined(found: Words, longest: dict[str, int], kinds: dict[str, frozenset[str]]) -> Words:
    """The words with each phrase of `kinds` as one; the same words where there is none."""
    joins: list[tuple[int, int, str]] = []
    keys, gaps, size = found.key, found.gap, len(found)
    place = 0
    while place < size:
        take = 1
        for count in range(min(longest.get(keys[place], 1), size - place), 1, -1):
            if any(gaps[place + 1 : place + count]) != JOINED:
                continue
            phrase = " ".join(keys[place : place + count])
            if phrase in kinds:
                joins.append((place, count, phrase))
                take = count
                break
        place += take
    return _merged(found, joins) if joins else found


def _merged(found: Words, joins: list[tuple[int, int, str]]) -> Words:
    """The words with those that are taken together as one: from which word, how many, and the phrase."""
    merged = Words(found.shadow)
    place = 0
    for first, count, phrase in (*joins, (len(found), 0, "")):
        merged.key += found.key[place:first]
        merged.start += found.start[place:first]
        merged.end += found.end[place:first]
        merged.gap += found.gap[place:first]
        merged.big += found.big[place:first]
        merged.owner += found.owner[place:first]
        merged.hidden += found.hidden[place:first]
        place = first + count
        if count:
            merged.key.append(phrase)
            merged.start.append(found.start[first])
            merged.end.append(found.end[place - 1])
            merged.gap.append(found.gap[first])
            merged.big.append(found.big[first])
            merged.owner.append(found.owner[place - 1])
            merged.hidden.append(any(found.hidden[first:place]))
    return merged


def _is_month(found: Words, place: int) -> bool:
    """March and May with a day or a year beside them."""
    if not found.big[place]:
        return False
    after = found.key[place + 1] if place + 1 < len(found) else ""
    before = found.key[place - 1] if place else ""
    return after[:1].isdigit() or before[:1].isdigit() or before in _BEFORE_MONTH or after == "of"
