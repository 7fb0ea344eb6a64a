"""Undoes disguises that go over a whole word, before the word is looked up: letters spaced out or parted by signs,
figures for letters, masked letters, words broken in two, written backwards, doubled, or mistyped.

A disguise is undone only where a term of the lexicon comes out; the words are then joined into one whose key is that
term and whose `hidden` is true. Nothing is ever undone into a word of grammar.
"""

from __future__ import annotations

import re
from typing import Final

from .budget import Budget
from .hideable import Hideable, hideable
from .mistyped import mistyped, slipped
from .patterns import COMMON
from .signs import Joins, signs
from .words import JOINED, Words

# What lies between the halves of a word that is broken at the end of a line.
_LINES: Final = frozenset(["\n", "\r\n", "\n\n", "-\n", "\x7f\n", "\\\n", "=\n", "-\r\n", ";"])
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
# A word so long may have its letters parted and turned round.
_BACKWARDS: Final = 5
# Letters on their heads, as a text turned round by a page of tricks has them.
_UPSIDE: Final = "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz"
_TURNED: Final = str.maketrans(_UPSIDE, "abcdefghijklmnopqrstuvwxyz")
_TURNED_ONLY: Final = frozenset(_UPSIDE) - frozenset("abcdefghijklmnopqrstuvwxyz")
# Small words that are run together with the word that follows them, and the shortest word in which that is looked for.
_SMALL: Final = (
    "isan", "isa", "wasan", "wasa", "heisan", "heisa", "heis", "sheisan", "sheisa", "sheis", "theyare", "isthe",
    "hewasa", "hewas", "shewasa", "shewas", "esuna", "esun", "eraun", "erauna", "esel", "esla",
)  # fmt: skip
_GLUED: Final = 8
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def disguised(text: str, found: Words) -> None:
    """Note words in which letters of other alphabets or signs that are not seen stand for plain ones."""
    for place, (start, end) in enumerate(zip(found.start, found.end, strict=True)):
        word = text[start:end]
        if not word.isascii() and _FOREIGN.search(word):
            found.hidden[place] = True
            if not _TURNED_ONLY.isdisjoint(word):
                upright = word.translate(_TURNED)
                for read in (upright[::-1], upright):
                    if read in hideable().words or read in hideable().plain:
                        found.key[place] = read


def unmask(found: Words, budget: Budget | None = None) -> Words:
    """The words with disguised terms put back; slips are looked for as far as the budget goes, if there is one."""
    known = hideable()
    joins: Joins = {}
    signs(found, known, joins)
    _runs(found, known, joins)
    _camel(found, known, joins)
    _glued(found, known, joins)
    careful = sum(map(_SPANISH.__contains__, found.key)) >= _SPANISH_WORDS
    for place, key in enumerate(found.key):
        if place in joins or len(key) < 4 or key in known.kinds or not key.isalpha():
            continue
        if budget is not None and not budget.allows(key):
            continue
        if (term := (slipped(key) if careful else mistyped(key))) and not _named(found, place):
            joins[place] = (1, term, found.start[place], found.end[place])
    return _applied(found, joins) if joins else found


def _camel(found: Words, known: Hideable, joins: Joins) -> None:
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


def _glued(found: Words, known: Hideable, joins: Joins) -> None:
    """A term run together with the small words before it: "isarepublican", "esunhondureño"."""
    for place, key in enumerate(found.key):
        if len(key) < _GLUED or place in joins or key in known.kinds or key in known.plain:
            continue
        for before in _SMALL:
            rest = key[len(before) :]
            if key.startswith(before) and len(rest) >= 5 and rest in known.words:
                joins[place] = (1, rest, found.start[place], found.end[place])
                break


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


def _applied(found: Words, joins: Joins) -> Words:
    out = Words(found.shadow)
    soft = hideable().plain
    place = 0
    while place < len(found):
        take, key, start, end = joins.get(place, (1, found.key[place], found.start[place], found.end[place]))
        near = bool(out.end) and found.shadow[out.end[-1] : start] == " "
        out.key.append(key)
        out.start.append(start)
        out.end.append(end)
        # Brackets around a word that was put back together part it from nothing.
        out.gap.append(JOINED if near else found.gap[place])
        out.big.append(found.big[place])
        out.owner.append(found.owner[place + take - 1])
        # A word that is no term tells nothing by having been hidden; a pattern may read it.
        out.hidden.append((place in joins and key not in soft) or any(found.hidden[place : place + take]))
        place += take
    return out


def _runs(found: Words, known: Hideable, joins: Joins) -> None:
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
                and (found.gap[last + 1] < 2 or found.between(last + 1).strip(" \r") in _LINES)
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
                if (
                    last in joins
                    or found.start[last] - found.end[last - 1] > 3
                    or (found.gap[last] == 2 and found.between(last) not in _LINES)
                ):
                    break
                joined += key[last]
                if joined in known.words:
                    whole = _broken(found, place, last, joined, known)
                else:
                    whole = joined in known.plain and _hyphenated(found, place, last, known)
                if whole:
                    joins[place] = (last - place + 1, joined, found.start[place], found.end[last])
                if joined not in known.starts:
                    break
        place += 1


def _broken(found: Words, first: int, last: int, joined: str, known: Hideable) -> bool:
    """Whether words that make a term side by side are that term in pieces, and not words or a name of their own."""
    hyphen = any(sign in found.between(last) for sign in "-\x7f\\=")
    pair = last == first + 1 and f"{found.key[first]} {found.key[last]}" in known.apart
    if hyphen:
        return len(joined) >= 5 or (len(joined) >= 3 and not pair)
    if pair or len(joined) < 5 or (found.big[last] and not found.big[first]):
        return False
    # "Israel is": a name that a verb follows.
    if found.key[last] in COMMON and found.key[first] in known.plain and last == first + 1:
        return False
    if found.big[last] and len(found.key[last]) > 1 and len(found.key[first]) > 1:
        return False
    # "bag and a": a word and small words behind it.
    if last - first > 1 and all(key in COMMON for key in found.key[first + 1 : last + 1]):
        return False
    return len(joined) >= 6 or last - first > 1 or not _known_word(found, first, last)


def _hyphenated(found: Words, first: int, last: int, known: Hideable) -> bool:
    """Whether an ordinary word is broken at the end of a line, or its pieces are no words: "hus band"."""
    if any(
        found.between(at).endswith("\n") and len(found.between(at)) > 1 for at in range(first + 1, last + 1)
    ):
        return True
    return not any(
        key in known.plain or key in known.kinds or len(key) < 3 or key in COMMON
        for key in found.key[first : last + 1]
    )


def _known_word(found: Words, first: int, last: int) -> bool:
    """A piece that is a word of its own makes a short term too likely to be chance: "Cuba n"."""
    kinds = hideable().kinds
    return any(found.key[at] in kinds or found.key[at] in ("an", "as", "is") for at in range(first, last + 1))


def _letters(found: Words, first: int, last: int, known: Hideable, joins: Joins) -> None:
    """Terms in a run of single letters, the longest first."""
    run = "".join(found.key[first:last])
    place, size = 0, last - first
    if size >= _BACKWARDS and (run[::-1] in known.words or run[::-1] in known.plain):
        joins[first] = (size, run[::-1], found.start[first], found.end[last - 1])
        return
    while place < size - 2:
        taken = 0
        if run[place : place + 3] in known.starts:
            for count in range(min(known.longest, size - place), 2, -1):
                part = run[place : place + count]
                whole = place + count == size and (place == 0 or (place == 1 and run[0] in "aiy"))
                if (part in known.words and (count >= 5 or whole)) or (
                    part in known.plain and (count >= 6 or whole)
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
