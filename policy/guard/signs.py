"""Undoes signs and figures inside a run without blanks: "mu5lim", "M.e.x.i.c.a.n", "g@y", "M*slim", "Mex[i]can".

A run is undone only where a word of the lists comes out.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from .hideable import Hideable
from .patterns import COMMON
from .words import Words

_FIGURES: Final = {
    "0": "o", "1": "il", "2": "z", "3": "ez", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "g", "@": "a",
    "$": "s", "!": "il", "|": "il", "+": "t", "€": "e", "£": "l", "¢": "c", "§": "s", "(": "c", "<": "c", "ø": "o",
    "%": "x", "^": "a", "&": "a",
}  # fmt: skip
_MARKED: Final = re.compile(
    r"[^\W\d_](?:_|-|[^\w\s',\x7f])(?:_|[^\w\s'\x7f])*[^\W_]"
    r"|[^\W\d_],[^\W\d_]|[@$!|€£¢§][^\W\d_]|\d[^\W\d_]|[^\W\d_]\d|[^\W_](?:[*_#]|[^\w\s\x00-\x7f–“”’…])"
)
_LETTERS: Final = re.compile(r"[a-z]+")
# Signs that stand between two words in ordinary writing.
_ORDINARY: Final = frozenset(["/", "-", ".", "_", "'", ",", ":", "&", "–"])
# A term so long is told by its letters although a full stop or a hyphen stands for one.
_SURE: Final = 6
# More parts than a term has letters need not be looked at.
_PARTS: Final = 18
_LONGEST: Final = 48
# First word of a join, with how many words it takes, the word that comes out, and where it lies.
Joins = dict[int, tuple[int, str, int, int]]


def signs(found: Words, known: Hideable, joins: Joins) -> None:
    """Runs without blanks that hold signs or figures: "mu5lim", "M.e.x.i.c.a.n", "g@y", "M*slim", "Mex[i]can"."""
    text = found.shadow
    if not _MARKED.search(text):
        return
    place, size = 0, len(found)
    while place < size:
        last = place
        while (
            last + 1 < size
            and text[found.end[last] : found.start[last + 1]].strip()
            and not any(sign.isspace() for sign in text[found.end[last] : found.start[last + 1]])
        ):
            last += 1
        start, end = found.start[place], found.end[last]
        while start > 0 and text[start - 1] in "@$!|+€£¢§*(<" and end - start < _LONGEST:
            start -= 1
        while end < len(text) and text[end] in "*$!@" and end - start < _LONGEST:
            end += 1
        run = text[start:end]
        if 3 <= len(run) <= _LONGEST and not (run.isalpha() or run.isdigit()):
            hit = _undone(run, known)
            if hit:
                term, begin, finish = hit
                begin, finish = start + begin, start + finish
                first = place
                while first < last and found.end[first] <= begin:
                    first += 1
                until = last
                while until > first and found.start[until] >= finish:
                    until -= 1
                joins[first] = (until - first + 1, term, begin, finish)
        place = last + 1


def _undone(run: str, known: Hideable) -> tuple[str, int, int] | None:
    """The term that a run hides and where in the run it lies."""
    lower = run.lower()
    begin, finish = 0, len(run)
    while finish > begin and lower[finish - 1] in ".,;:?)]}>-\"'":
        finish -= 1
    core = lower[begin:finish]
    plain_letters = sum(map(str.isalpha, core))
    if plain_letters < 2 or len(core) < 3:
        return None
    if any(sign.isdigit() or sign in "@$!|+€£¢§(<^&%" for sign in core):
        inner = core.lstrip("(\"'")
        for guess in _guesses(inner):
            if guess in known.words and len(guess) >= 3:
                return guess, begin, finish
            if guess in known.plain and guess != inner:
                return guess, begin + len(core) - len(inner), finish
        bare = core.strip("0123456789")
        if len(bare) >= 4 and (bare in known.words or bare in known.plain):
            at = core.index(bare)
            return bare, begin + at, begin + at + len(bare)
        trimmed = core.rstrip("!")
        if trimmed != core:
            for guess in _guesses(trimmed):
                if guess in known.words and len(guess) >= 3:
                    return guess, begin, begin + len(trimmed)
    if (hit := _joined(lower, begin, finish, known)) is not None:
        return hit
    if any(sign in core for sign in "*#_") or (
        "'" not in core and len(core) >= (_SURE if any(map(".-'".__contains__, core)) else 5)
    ):
        term = known.masked(core)
        if term:
            return term, begin, finish
    return None


def _joined(lower: str, begin: int, finish: int, known: Hideable) -> tuple[str, int, int] | None:
    """A term whose letters are parted by signs: "Mus/lim", "Ho(n)duran", "photo_Pe_ruvian_2.jpg"."""
    parts = [(match[0], match.start(), match.end()) for match in _LETTERS.finditer(lower, begin, finish)]
    for first in range(len(parts)):
        joined, term, until = parts[first][0], "", 0
        for last in range(first + 1, min(first + _PARTS, len(parts))):
            if joined not in known.starts:
                break
            joined += parts[last][0]
            if (
                joined in known.words and _parted_on_purpose(lower, parts[first : last + 1], joined, known)
            ) or (joined in known.plain and _no_compound(lower, parts[first : last + 1], known)):
                term, until = joined, parts[last][2]
        if term:
            # A bracket that was opened inside the word is closed behind it.
            starts = parts[first][1]
            starts -= starts > begin and lower[starts - 1] in "([{"
            return term, starts, until + (until < finish and lower[until] in ")]}")
    return None


def _parted_on_purpose(lower: str, parts: list[tuple[str, int, int]], term: str, known: Hideable) -> bool:
    """Not two ordinary words that happen to make a term: "his/panic"."""
    if len(term) < 3:
        return False
    sign = lower[parts[0][2] : parts[1][1]]
    if sign == "," and len(term) < 4:
        return False
    ordinary = len(parts) == 2 and sign in _ORDINARY
    if ordinary and len(term) < 5 and f"{parts[0][0]} {parts[1][0]}" in known.apart:
        return False
    if sign == "'" and ordinary and len(parts[1][0]) < 3:
        return False
    return len(term) >= 5 or sign not in _ORDINARY or max(len(part[0]) for part in parts) == 1 or sign == "-"


def _no_compound(lower: str, parts: list[tuple[str, int, int]], known: Hideable) -> bool:
    """Whether pieces make an ordinary word of the patterns only because somebody took it apart: "hus/band"."""
    if max(len(part[0]) for part in parts) == 1:
        return True
    if any(lower[one[2] : two[1]] not in _ORDINARY for one, two in pairwise(parts)):
        return True
    return not any(
        part[0] in known.plain or part[0] in known.kinds or len(part[0]) < 2 or part[0] in COMMON
        for part in parts
    )


def _guesses(core: str) -> list[str]:
    """Readings of figures as letters, at most 64."""
    out = [""]
    for sign in core:
        if sign.isalpha():
            choices = sign
        elif sign in _FIGURES:
            choices = _FIGURES[sign]
        elif sign in ".-_*'·/\\)>]}[{~":
            continue
        else:
            return []
        out = [head + choice for head in out for choice in choices]
        if len(out) > 64:
            return out[:64]
    return out
