"""The second screen: finds mentions of filings whose very existence the law keeps confidential.

It is apart from the guard, because it protects instead of refusing: asylum and fear of return (8 CFR 208.6), T, U and
VAWA filings (8 U.S.C. 1367). "No asylum claim on file" is a mention as well: a mask that only hides a yes tells it.
Plain Python: no Django, no database, no request.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .pieces import SHORT, pieces
from .restricted_rules import KINDS, RULES, Rule
from .shadow import GONE, shadow

__all__ = ["INSTEAD", "KINDS", "Restricted", "restricted", "without"]

# What stays in a text where such words stood.
INSTEAD: Final = "a filing of restricted kind"
# As far as a sentence is read on each side of a mention, and what ends it.
_REACH: Final = 160
_END: Final = re.compile(r"[.;!?]\s|\n")
# Mentions that only such signs part are one for whoever replaces them.
_JOINED: Final = re.compile(r"[\s,/&()-]{0,3}")
_ARTICLE: Final = re.compile(r"(?:\b(?:an?|the|his|her|their)\s{1,3})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Restricted:
    """One mention. `start` and `end` count code points of the text as given, `text` is that part of it."""

    kind: str
    start: int
    end: int
    text: str
    rule: str


def restricted(text: str) -> tuple[Restricted, ...]:
    """All mentions, by position, none overlapping another. The longest wins, then the rule that comes first."""
    if len(text) <= SHORT:
        return _mentions(text)
    out: list[Restricted] = []
    seen: dict[str, tuple[Restricted, ...]] = {}
    for offset, piece in pieces(text):
        found = seen.get(piece)
        if found is None:
            found = seen[piece] = _mentions(piece)
        if found:
            out += [
                Restricted(one.kind, one.start + offset, one.end + offset, one.text, one.rule)
                for one in found
            ]
    return tuple(out)


def _mentions(text: str) -> tuple[Restricted, ...]:
    """The mentions in one piece of text."""
    plain, places = _plain(text)
    small = plain.lower()
    if len(small) != len(plain):
        small = "".join(char.lower() if len(char.lower()) == 1 else char for char in plain)
    found = [
        (match.start(), match.end(), number)
        for number, rule in enumerate(RULES)
        if any(trigger in small for trigger in rule.triggers)
        for match in rule.pattern.finditer(small)
        if match.end() > match.start() and _holds(rule, plain, small, match)
    ]
    found.sort()
    taken: list[tuple[int, int, int]] = []
    for one in found:
        if not taken or taken[-1][1] <= one[0]:
            taken.append(one)
        elif (one[1] - one[0], -one[2]) > (taken[-1][1] - taken[-1][0], -taken[-1][2]):
            taken[-1] = one
    return tuple(
        Restricted(
            RULES[number].kind,
            begin := places[start],
            finish := places[end - 1] + 1,
            text[begin:finish],
            RULES[number].name,
        )
        for start, end, number in taken
    )


def without(text: str, found: tuple[Restricted, ...]) -> str:
    """The text with each mention, or run of mentions, replaced by the words of `INSTEAD`."""
    runs: list[list[int]] = []
    for one in found:
        if runs and _JOINED.fullmatch(text, runs[-1][1], one.start):
            runs[-1][1] = one.end
        else:
            runs.append([one.start, one.end])
    for start, end in reversed(runs):
        before = _ARTICLE.sub("", text[:start])
        text = before + (INSTEAD.capitalize() if _begins(before) else INSTEAD) + text[end:]
    return text


def _begins(before: str) -> bool:
    rest = before.rstrip()
    return not rest or rest[-1] in ".!?" or before.endswith("\n")


def _plain(text: str) -> tuple[str, range | list[int]]:
    """The shadow without what is not seen, and the place of each of its characters in the text."""
    seen = shadow(text)
    if GONE not in seen:
        return seen, range(len(seen))
    places = [place for place, char in enumerate(seen) if char != GONE]
    return "".join(seen[place] for place in places), places


def _holds(rule: Rule, plain: str, small: str, match: re.Match[str]) -> bool:
    """Whether the words around a match agree."""
    start, end = match.span()
    if rule.capital and not plain[start:end].split()[0].isupper():
        return False
    if rule.unless:
        before = max(start - 40, 0)
        before = max((one.end() for one in _END.finditer(small, before, start)), default=before)
        if rule.unless.search(small, before, start):
            return False
    if rule.near is None and rule.not_near is None:
        return True
    begin = max(start - _REACH, 0)
    begin = max((one.end() for one in _END.finditer(small, begin, start)), default=begin)
    later = _END.search(small, end, min(end + _REACH, len(small)))
    sentence = (
        small[begin:start] + " " * (end - start) + small[end : later.start() if later else end + _REACH]
    )
    if rule.near and not rule.near.search(sentence):
        return False
    return not (rule.not_near and rule.not_near.search(sentence))
