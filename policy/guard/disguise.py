"""Undoes disguises that go over a whole word, before the word is looked up: letters spaced out or parted by signs,
figures for letters, masked letters, words broken in two, written backwards, doubled, or mistyped.

A disguise is undone only where a term of the lexicon comes out; the words are then joined into one whose key is that
term and whose `hidden` is true. Nothing is ever undone into a word of grammar.
"""

from __future__ import annotations

import re
from typing import Final

from .hideable import Hideable, hideable
from .mistyped import mistyped, slipped
from .words import Words, plain

_FIGURES: Final = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "g", "@": "a",
    "$": "s", "!": "il", "|": "il", "+": "t", "€": "e", "£": "l", "¢": "c", "§": "s", "(": "c", "<": "c", "ø": "o",
    "%": "x", "^": "a", "&": "a",
}  # fmt: skip
# A run without blanks that has a letter and, inside or before it, a sign or a figure.
_ODD: Final = re.compile(r"(?<![^\s\"'(,;:/])[@$!|+€£¢§(<]?[^\W_]+(?:[^\s\w,;:?]{1,3}|_|\x7f)?[^\s]*")
_MARKED: Final = re.compile(
    r"[^\W\d_][@$!|*+€£¢§_~^#=%&.()\[\]{}<>/\\·-]+[^\W_]|[@$!|€£¢§][^\W\d_]|\d[^\W\d_]|[^\W\d_]\d"
)
_LETTERS: Final = re.compile(r"[a-z]+")
# Signs that stand between two words in ordinary writing.
_ORDINARY: Final = frozenset(["/", "-", ".", "_", "'", ",", ":", "&", "–"])
# More parts than a term has letters need not be looked at.
_PARTS: Final = 18
# Letters beyond the Latin ones with accents, and marks and signs inside a word; not the apostrophe.
_FOREIGN: Final = re.compile(
    "[\u0250-\u02ba\u0334-\u0338\u0370-\u1dff\u200b-\u2010\u2060-\uffff\U00010000-\U0001ffff\u00ad]"
)
# So many of these words tell a Spanish text, in which ordinary words lie near to English terms.
_SPANISH: Final = frozenset(
    [
        "de",
        "la",
        "el",
        "en",
        "que",
        "los",
        "las",
        "una",
        "con",
        "por",
        "del",
        "su",
        "se",
        "al",
        "un",
        "es",
        "y",
    ]
)
_SPANISH_WORDS: Final = 3
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONGEST: Final = 48


def disguised(text: str, found: Words) -> None:
    """Note words in which letters of other alphabets or signs that are not seen stand for plain ones."""
    for place, (start, end) in enumerate(zip(found.start, found.end, strict=True)):
        word = text[start:end]
        if not word.isascii() and _FOREIGN.search(word):
            found.hidden[place] = True


def unmask(found: Words) -> Words:
    """The words with disguised terms put back."""
    known = hideable()
    joins: dict[int, tuple[int, str, int, int]] = {}
    if _MARKED.search(found.shadow):
        _signs(found, known, joins)
    _runs(found, known, joins)
    _camel(found, known, joins)
    careful = sum(map(_SPANISH.__contains__, found.key)) >= _SPANISH_WORDS
    for place, key in enumerate(found.key):
        if place in joins or len(key) < 4 or key in known.kinds or not key.isalpha():
            continue
        if (term := (slipped(key) if careful else mistyped(key))) and not _named(found, place):
            joins[place] = (1, term, found.start[place], found.end[place])
    return _applied(found, joins) if joins else found


def _camel(found: Words, known: Hideable, joins: dict[int, tuple[int, str, int, int]]) -> None:
    """Words run together with capitals between them, as in names of files: "SubjectPeruvianNoPriors"."""
    for place, key in enumerate(found.key):
        if len(key) < 7 or place in joins or key in known.kinds:
            continue
        word = found.shadow[found.start[place] : found.end[place]]
        if word.isupper() or word[1:].islower():
            continue
        at = 0
        for part in _CAMEL.split(word):
            small = part.lower()
            if len(small) >= 3 and small in known.words and (len(small) >= 4 or small == "gay"):
                begin = found.start[place] + at
                joins[place] = (1, small, begin, begin + len(part))
                break
            at += len(part)


def _named(found: Words, place: int) -> bool:
    """A capital beside another capital is a name, not a typing error."""
    if not found.big[place]:
        return False
    after = place + 1 < len(found) and found.gap[place + 1] == 0 and found.big[place + 1]
    return after or (
        place > 0
        and found.gap[place] == 0
        and found.big[place - 1]
        and found.key[place - 1].isalpha()
        and found.key[place - 1] not in hideable().kinds
    )


def _applied(found: Words, joins: dict[int, tuple[int, str, int, int]]) -> Words:
    out = Words(found.shadow)
    place = 0
    while place < len(found):
        take, key, start, end = joins.get(place, (1, found.key[place], found.start[place], found.end[place]))
        out.key.append(key)
        out.start.append(start)
        out.end.append(end)
        out.gap.append(found.gap[place])
        out.big.append(found.big[place])
        out.owner.append(found.owner[place + take - 1])
        out.hidden.append(place in joins or any(found.hidden[place : place + take]))
        place += take
    return out


def _signs(found: Words, known: Hideable, joins: dict[int, tuple[int, str, int, int]]) -> None:
    """Runs without blanks that hold signs or figures: "mu5lim", "M.e.x.i.c.a.n", "g@y", "M*slim", "Mex[i]can"."""
    place, size = 0, len(found)
    text = found.shadow
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
        for guess in _guesses(core.lstrip("(\"'")):
            if guess in known.words and len(guess) >= 3:
                return guess, begin, finish
        trimmed = core.rstrip("!")
        if trimmed != core:
            for guess in _guesses(trimmed):
                if guess in known.words and len(guess) >= 3:
                    return guess, begin, begin + len(trimmed)
    if (hit := _joined(lower, begin, finish, known)) is not None:
        return hit
    if any(sign in core for sign in "*#_") or core.count("-") > 1 or "?" in core:
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
            if joined in known.words and _parted_on_purpose(lower, parts[first : last + 1], joined, known):
                term, until = joined, parts[last][2]
        if term:
            # A bracket that was opened inside the word is closed behind it.
            return term, parts[first][1], until + (until < finish and lower[until] in ")]}")
    return None


def _parted_on_purpose(lower: str, parts: list[tuple[str, int, int]], term: str, known: Hideable) -> bool:
    """Not two ordinary words that happen to make a term: "his/panic"."""
    if len(term) < 3:
        return False
    sign = lower[parts[0][2] : parts[1][1]]
    ordinary = len(parts) == 2 and sign in _ORDINARY
    if ordinary and len(term) < 5 and f"{parts[0][0]} {parts[1][0]}" in known.apart:
        return False
    if sign == "'" and ordinary and len(parts[1][0]) < 3:
        return False
    return len(term) >= 5 or sign not in _ORDINARY or max(len(part[0]) for part in parts) == 1 or sign == "-"


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


def _runs(found: Words, known: Hideable, joins: dict[int, tuple[int, str, int, int]]) -> None:
    """Letters or pieces of a word with blanks between them: "G u a t e m a l a n", "Mus lim"."""
    key = found.key
    place, size = 0, len(found)
    while place < size:
        if place in joins:
            place += joins[place][0]
            continue
        if len(key[place]) == 1:
            last = place
            while (
                last + 1 < size
                and len(key[last + 1]) == 1
                and found.gap[last + 1] < 2
                and last + 1 not in joins
            ):
                last += 1
            if last - place >= 2:
                _letters(found, place, last + 1, known, joins)
                place = last + 1
                continue
        if key[place] in known.starts:
            joined = key[place]
            for last in range(place + 1, min(place + 7, size)):
                if last in joins or found.start[last] - found.end[last - 1] > 3 or found.gap[last] == 2:
                    break
                joined += key[last]
                if joined in known.words and _broken(found, place, last, joined, known):
                    joins[place] = (last - place + 1, joined, found.start[place], found.end[last])
                    break
                if joined not in known.starts:
                    break
        place += 1


def _broken(found: Words, first: int, last: int, joined: str, known: Hideable) -> bool:
    """Whether words that make a term side by side are that term in pieces, and not words or a name of their own."""
    hyphen = "-" in found.between(last)
    pair = last == first + 1 and f"{found.key[first]} {found.key[last]}" in known.apart
    if hyphen:
        return len(joined) >= 5 or (len(joined) >= 3 and not pair)
    if pair or len(joined) < 5 or (found.big[last] and not found.big[first]):
        return False
    if found.big[last] and len(found.key[last]) > 1 and len(found.key[first]) > 1:
        return False
    return len(joined) >= 6 or last - first > 1 or not _known_word(found, first, last)


def _known_word(found: Words, first: int, last: int) -> bool:
    """A piece that is a word of its own makes a short term too likely to be chance: "Cuba n"."""
    kinds = hideable().kinds
    return any(found.key[at] in kinds or found.key[at] in ("an", "as", "is") for at in range(first, last + 1))


def _letters(
    found: Words, first: int, last: int, known: Hideable, joins: dict[int, tuple[int, str, int, int]]
) -> None:
    """Terms in a run of single letters, the longest first."""
    run = "".join(found.key[first:last])
    place, size = 0, last - first
    while place < size - 2:
        taken = 0
        if run[place : place + 3] in known.starts:
            for count in range(min(known.longest, size - place), 2, -1):
                if run[place : place + count] in known.words and (
                    count >= 5 or (place + count == size and (place == 0 or (place == 1 and run[0] in "aiy")))
                ):
                    taken = count
                    break
        if taken:
            joins[first + place] = (
                taken,
                run[place : place + taken],
                found.start[first + place],
                found.end[first + place + taken - 1],
            )
            place += taken
        else:
            place += 1


__all__ = ["plain", "unmask"]
