"""Takes away findings that another finding explains, and the words of a statute's own list of grounds."""

from __future__ import annotations

import re
from typing import Final

from .words import ENDED, Words

Span = tuple[str, int, int, str]

# Rules of an accent: the people that it is called after is then an origin, and no race.
_HEARD: Final = frozenset(["origin.accent", "origin.heard", "origin.language"])
# "his sexual orientation" is somebody's, and no name of a ground.
_OWNED: Final = re.compile(r"(?:\b[Hh]is|\b[Hh]er|\b[Tt]heir|\w['’]s) $")
# "recorded by an officer": who is filmed there is not the officer.
_FILMED: Final = frozenset(["speech.film", "voice.shown"])
_BY: Final = re.compile(r"\w{3,20} by ")
# Names of the grounds themselves, as statutes list them.
_GROUNDS: Final = frozenset(
    ["race", "religion", "sex", "gender", "nationality", "color", "creed", "ethnicity", "disability", "age"]
)
_PHRASES: Final = frozenset(
    [
        "national origin",
        "political opinion",
        "sexual orientation",
        "gender identity",
        "particular social group",
    ]
)
# "male partner", "a man who became a woman": the word of sex is part of what is told.
_PAIRED: Final = re.compile(r"\s*(?:partner|lover|spouse|companion|who|trapped|by|to|at)\b")
# Words for somebody who works for a cause, and how far from its name they stand.
_ACTIVE: Final = frozenset(["activist", "activists", "organizer", "organizers", "activista", "activistas"])
_BESIDE: Final = 24
_LAW: Final = frozenset(
    [
        "persecution",
        "persecuted",
        "persecute",
        "statute",
        "statutory",
        "protects",
        "prohibits",
        "bars",
        "bar",
        "discrimination",
        "discriminate",
        "act",
        "law",
        "ground",
        "grounds",
        "nexus",
        "asylum",
        "1158",
        "withholding",
        "policy",
        "memorandum",
        "regulation",
        "title",
        "protected",
    ]
)


def tidy(told: list[Span], found: Words) -> list[Span]:
    """The findings that stand."""
    if len(told) > 1:
        told = _of_a_cause(told, found)
        covers = [span for span in told if span[0] in ("sexual_orientation", "gender_identity")]
        if covers:
            told = [
                span
                for span in told
                if span[0] != "gender"
                or not any(
                    span[1] < cover[2] and cover[1] < span[2] and not _leads(span, cover, found)
                    for cover in covers
                )
            ]
        heard = [span for span in told if span[3] in _HEARD]
        if heard:
            told = [
                span
                for span in told
                if span[0] != "race"
                or not any(cover[1] <= span[1] and span[2] <= cover[2] for cover in heard)
            ]
    told = [span for span in told if span[3] not in _FILMED or not _BY.match(found.shadow, span[1], span[2])]
    lists = _statutory(found)
    if lists:
        told = [
            span
            for span in told
            if not any(begin <= span[1] and span[2] <= end for begin, end in lists)
            or not _is_ground(found.shadow[span[1] : span[2]])
            or _OWNED.search(found.shadow, max(span[1] - 12, 0), span[1])
        ]
    return told


def _leads(span: Span, cover: Span, found: Words) -> bool:
    """ "two women in unit 9 are married": who is told of is a word of its own, before what is told."""
    return (
        span[3] == "gender.person"
        and span[1] == cover[1]
        and span[2] < cover[2]
        and not _PAIRED.match(found.shadow, span[2], cover[2])
    )


def _of_a_cause(told: list[Span], found: Words) -> list[Span]:
    """ "a left-wing activist" tells of a movement, and is not told again as speech."""
    causes = [span for span in told if span[0] == "political_association"]
    if not causes:
        return told
    return [
        span
        for span in told
        if span[0] != "first_amendment"
        or found.shadow[span[1] : span[2]].lower() not in _ACTIVE
        or not any(cause[1] - _BESIDE <= span[2] and span[1] <= cause[2] + _BESIDE for cause in causes)
    ]


def _is_ground(text: str) -> bool:
    text = text.lower()
    return text in _GROUNDS or text in _PHRASES or any(text.endswith(" " + word) for word in _GROUNDS)


def _statutory(found: Words) -> list[tuple[int, int]]:
    """The sentences that list grounds as a statute does: three or more, or one with a word of law."""
    if _GROUNDS.isdisjoint(found.key) and _PHRASES.isdisjoint(found.key):
        return []
    out: list[tuple[int, int]] = []
    grounds: set[str] = set()
    law = False
    first = 0
    for place, key in enumerate(found.key):
        if place and found.gap[place] == ENDED:
            if len(grounds) >= 3 or (grounds and law and grounds & _PHRASES) or (len(grounds) >= 2 and law):
                out.append((found.start[first], found.end[place - 1]))
            grounds, law, first = set(), False, place
        if key in _GROUNDS or key in _PHRASES:
            grounds.add(key)
        elif key in _LAW:
            law = True
    if grounds and (len(grounds) >= 3 or (law and grounds & _PHRASES) or (len(grounds) >= 2 and law)):
        out.append((found.start[first], found.end[-1]))
    return out
