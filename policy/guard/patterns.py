"""The notation of the pattern files and how a pattern is matched. A pattern is a line of elements parted by blanks:

    word          that word; `a|b|c` one of several; `word+` a verb in all its forms; `x?` may be missing
    @class        a word or phrase of that class of the lexicon; `@Cap` a word with a capital; `@num` a number
    *3            up to three words of any kind, within the sentence
    !x            the word here is not x (also at the end of the text)
    ,x            a comma, a colon, a slash or a bracket may stand before x
    %human        what stands before is a person
    < ... >       the part that is reported; without it, all of it

Sections start with `= rule | attribute`. Matching starts at the rarest element, goes on from there and then back, and
is bounded: a gap has at most nine words, so that no text can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from .shadow import shadow
from .terms import PATTERNS, entries, lexicon
from .verbs import forms
from .words import ENDED, JOINED, PARTED, Words, plain

GENERIC: Final = frozenset(
    [
        "pron",
        "subj",
        "poss",
        "det",
        "be",
        "adv",
        "adj",
        "person",
        "kin",
        "function",
        "object",
        "verbs",
        "Cap",
        "num",
        "place",
        "language",
        "iso",
        "title",
        "street",
        "org",
        "us_place",
        "month",
    ]
)
COMMON: Final = frozenset(
    [
        "in",
        "on",
        "at",
        "of",
        "to",
        "from",
        "with",
        "for",
        "by",
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "he",
        "she",
        "is",
        "was",
        "are",
        "were",
        "as",
        "and",
        "or",
        "not",
        "no",
        "has",
        "had",
        "have",
        "into",
        "near",
        "about",
        "only",
        "who",
        "it",
        "its",
        "this",
        "that",
        "same",
        "own",
        "other",
        "another",
        "all",
        "be",
        "been",
        "one",
    ]
)


@dataclass(frozen=True, slots=True)
class Element:
    """One step of a pattern."""

    kind: str  # "word", "gap", "not", "human"
    words: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    capital: bool = False
    number: bool = False
    at_end: bool = False
    optional: bool = False
    loose: bool = False
    most: int = 0

    def fits(self, text: Words, index: int) -> bool:
        """Whether word `index` is one of these."""
        if text.key[index] in self.words or (self.classes and not self.classes.isdisjoint(text.kinds[index])):
            return True
        return (self.capital and text.big[index] and text.gap[index] == JOINED) or (
            self.number and text.key[index][0].isdigit()
        )


@dataclass(slots=True)
class Pattern:
    """A line of a pattern file."""

    rule: str
    attribute: str
    source: str
    elements: list[Element]
    first: int  # the reported part: from this element
    last: int  # to before this one
    anchor: int = 0
    # Words and classes of which the text must hold one, for each element that must be there beside the anchor.
    needs: tuple[frozenset[str], ...] = ()

    def possible(self, there: set[str]) -> bool:
        """Whether a text with these words and classes can hold it; told before any word is compared."""
        return not any(map(there.isdisjoint, self.needs))


def _key(choice: str) -> str:
    """A word of a pattern as the words of a text are looked up: small, without accents, signs and an owner's ending."""
    parts = shadow(choice).replace("_", " ").replace("-", " ").replace(".", " ").split()
    return " ".join(plain(part) for part in parts)


def _element(part: str) -> Element:
    loose = part.startswith(",") and len(part) > 1
    part = part[1:] if loose else part
    if part == "%human":
        return Element("human")
    if re.fullmatch(r"\*\d", part):
        return Element("gap", loose=loose, most=int(part[1:]))
    negated = part.startswith("!")
    part = part[1:] if negated else part
    optional = part.endswith("?")
    part = part[:-1] if optional else part
    exact: set[str] = set()
    classes: set[str] = set()
    capital = number = at_end = False
    for choice in part.split("|"):
        choice = choice.lstrip(",")
        if choice == "@Cap":
            capital = True
        elif choice == "@num":
            number = True
        elif choice == "$end":
            at_end = True
        elif choice.startswith("@"):
            classes.add(choice[1:])
        elif choice.endswith("+"):
            exact |= forms(choice[:-1])
        elif choice and choice not in ":-&":
            exact.add(_key(choice))
    return Element(
        "not" if negated else "word",
        frozenset(exact),
        frozenset(classes),
        capital,
        number,
        at_end,
        optional,
        loose,
    )


def _expand(line: str) -> list[str]:
    """Blanks part the elements; `<` and `>` are elements of their own; a lone hyphen stands for nothing."""
    line = line.replace(",<", "<,")
    line = re.sub(r"<", " < ", line)
    line = re.sub(r">(?=\s|$|\?)", " > ", line)
    return [part for part in line.split() if part not in ("-", "&", ":", "?", ",")]


def parse(rule: str, attribute: str, line: str) -> Pattern:
    """Read one line."""
    elements: list[Element] = []
    first, last = 0, -1
    for part in _expand(line):
        if part == "<":
            first = len(elements)
        elif part == ">":
            last = len(elements)
        elif (
            not (element := _element(part)).words
            and element.kind == "word"
            and not (element.classes or element.capital or element.number or element.at_end)
        ):
            continue
        else:
            elements.append(element)
    pattern = Pattern(rule, attribute, line, elements, first, len(elements) if last < 0 else last)
    costs = [
        (1000 * (element.capital or element.number)
         + sum(50 if word in COMMON else 1 for word in element.words)
         + sum(400 if name in GENERIC else 30 for name in element.classes), place)
        for place, element in enumerate(elements)
        if element.kind == "word" and not element.optional and not element.at_end
    ]  # fmt: skip
    if not costs:
        raise ValueError(f"{rule}: the pattern {line!r} needs a word that must be there")
    pattern.anchor = min(costs)[1]
    pattern.needs = tuple(
        element.words | element.classes
        for place, element in enumerate(elements)
        if place != pattern.anchor
        and element.kind == "word"
        and not (element.optional or element.capital or element.number or element.at_end)
    )
    return pattern


@dataclass(slots=True)
class Index:
    """Patterns by the word or class at which their matching starts."""

    by_word: dict[str, list[Pattern]] = field(default_factory=dict)
    by_class: dict[str, list[Pattern]] = field(default_factory=dict)
    count: int = 0


@lru_cache(maxsize=1)
def index() -> Index:
    """All patterns."""
    found = Index()
    known = lexicon()
    for path in sorted(PATTERNS.glob("*.txt")):
        rule = attribute = ""
        for line in entries(path):
            if line.startswith("="):
                rule, attribute = (part.strip() for part in line[1:].split("|"))
                continue
            pattern = parse(rule, attribute, line)
            for element in pattern.elements:
                for name in element.classes:
                    if name not in known.classes:
                        raise ValueError(
                            f"{path.name}: {line!r} names the class {name!r}, which no word list has"
                        )
            anchor = pattern.elements[pattern.anchor]
            for word in anchor.words:
                found.by_word.setdefault(word, []).append(pattern)
            for name in anchor.classes:
                found.by_class.setdefault(name, []).append(pattern)
            found.count += 1
            for element in pattern.elements:
                for phrase in element.words:
                    if " " in phrase:
                        known.add(phrase, "phrase")
    return found


Human = Callable[[Words, int], bool]


def _on(
    elements: list[Element], at: int, text: Words, index: int, stops: int, spans: dict[int, tuple[int, int]]
) -> int | None:
    """Match elements from `at` against the words from `index`; the end, or None. `spans` notes where each lies."""
    if at == stops:
        return index
    element = elements[at]
    size = len(text)
    if element.kind == "not":
        if index < size and text.gap[index] != ENDED and element.fits(text, index):
            return None
        spans[at] = (index, index)
        return _on(elements, at + 1, text, index, stops, spans)
    if element.kind == "gap":
        for more in range(element.most + 1):
            spans[at] = (index, index + more)
            found = _on(elements, at + 1, text, index + more, stops, spans)
            if found is not None:
                return found
            if index + more >= size or text.gap[index + more] == ENDED:
                return None
        return None
    if index < size:
        parted = text.gap[index]
        after_gap = (
            at > 0
            and elements[at - 1].kind == "gap"
            and (elements[at - 1].loose or spans.get(at - 1, (0, 0))[1] > spans.get(at - 1, (0, 0))[0])
        )
        if (parted == JOINED or (parted == PARTED and (element.loose or after_gap))) and element.fits(
            text, index
        ):
            spans[at] = (index, index + 1)
            found = _on(elements, at + 1, text, index + 1, stops, spans)
            if found is not None:
                return found
    if element.at_end and (index >= size or text.gap[index] != JOINED):
        spans[at] = (index, index)
        return _on(elements, at + 1, text, index, stops, spans)
    if element.optional:
        spans[at] = (index, index)
        return _on(elements, at + 1, text, index, stops, spans)
    return None


def _back(
    elements: list[Element],
    at: int,
    text: Words,
    index: int,
    human: Human,
    spans: dict[int, tuple[int, int]],
    loose: bool,
) -> bool:
    """Match elements from `at` down against the words before `index`."""
    if at < 0:
        return True
    element = elements[at]
    if element.kind == "human":
        spans[at] = (index, index)
        return human(text, index)
    apart = ENDED if index >= len(text) else text.gap[index]
    if element.kind == "not":
        if index > 0 and apart != ENDED and element.fits(text, index - 1):
            return False
        spans[at] = (index, index)
        return _back(elements, at - 1, text, index, human, spans, loose)
    if element.kind == "gap":
        for more in range(element.most + 1):
            spans[at] = (index - more, index)
            if _back(elements, at - 1, text, index - more, human, spans, loose or element.loose or more > 0):
                return True
            if index - more <= 0 or text.gap[index - more] == ENDED:
                return False
        return False
    if index > 0 and (apart == JOINED or (apart == PARTED and loose)) and element.fits(text, index - 1):
        spans[at] = (index - 1, index)
        if _back(elements, at - 1, text, index - 1, human, spans, element.loose):
            return True
    if element.optional:
        spans[at] = (index, index)
        return _back(elements, at - 1, text, index, human, spans, loose)
    return False


def match(pattern: Pattern, text: Words, index: int, human: Human) -> tuple[int, int] | None:
    """The reported words of a pattern whose anchor is word `index`: from, to (exclusive); or None."""
    elements = pattern.elements
    anchor = pattern.anchor
    spans: dict[int, tuple[int, int]] = {anchor: (index, index + 1)}
    if _on(elements, anchor + 1, text, index + 1, len(elements), spans) is None:
        return None
    if not _back(elements, anchor - 1, text, index, human, spans, elements[anchor].loose):
        return None
    begin = min(spans[at][0] for at in range(pattern.first, pattern.last))
    end = max(spans[at][1] for at in range(pattern.first, pattern.last))
    return (begin, end) if end > begin else None
