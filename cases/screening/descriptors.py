"""Take descriptors out: a pasted narrative loses its identity phrases at once, and what is law of status is told apart.

"A native and citizen of ..., the person ..." becomes "The person ...". Countries of birth and citizenship and languages
that such phrases name are given back by kind, for the protected attributes of the status page; nothing else is kept.
The screen alone says what is a descriptor; here it is only told where the phrase around it begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cases.screening.words import Word, find

# How much of a text before the words can belong to their phrase.
REACH: Final = 80
# What may stand before the words and goes with them, with the kind of attribute that the words then name.
BEFORE: Final[tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]] = tuple(
    (re.compile(pattern + r"$", re.IGNORECASE), kinds)
    for pattern, kinds in (
        (
            r"(?:\b(?:who\s+)?(?:is|was)\s+|\bbeing\s+)?(?:\b(?:an?|the)\s+)?\bnative\s+and\s+(?:a\s+)?(?:citizen|national)\s+of\s+",
            ("country_of_birth", "citizenship_country"),
        ),
        (
            r"(?:\b(?:who\s+)?(?:is|was)\s+|\bbeing\s+)?(?:\b(?:an?|the)\s+)?\b(?:citizen|national)\s+of\s+",
            ("citizenship_country",),
        ),
        (
            r"(?:\b(?:who\s+)?(?:is|was)\s+|\bbeing\s+)?(?:\b(?:an?|the)\s+)?\bnative\s+of\s+",
            ("country_of_birth",),
        ),
        (r"(?:\b(?:who\s+)?(?:is|was)\s+)?\bborn\s+in\s+", ("country_of_birth",)),
        (
            r"(?:\b(?:and|who)\s+)?\b(?:speaks|spoke|speaking)\s+(?:only\s+|mainly\s+|fluent\s+)?",
            ("language",),
        ),
        (r"\b(?:primary|native|first)\s+language\s*(?:is|:)\s*", ("language",)),
        (
            r"(?:\b(?:and|who)\s+)?\b(?:is|was)\s+(?:an?\s+)?(?:(?:practicing|devout|observant|openly)\s+)?",
            (),
        ),
        (r"\b(?:an?)\s+", ()),
    )
)
# The country of a place, as in "born in Oaxaca, Mexico".
COUNTRY: Final = re.compile(r",\s+[A-Z][\w.]*(?:\s[A-Z][\w.]*)?(?=\s*[,.;)]|\s+and\b|$)")
NATIONAL: Final = re.compile(r"(.+?)\s+(?:national|citizen)s?", re.IGNORECASE)
AFTER: Final = re.compile(r"\s+(?:national|citizen|descent|origin|accent|faith)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text without its descriptors. `attributes` (kind to value) has no text form, so that nothing shows it."""

    text: str
    count: int
    attributes: dict[str, str] = field(repr=False)


def take_out(text: str) -> Cleaned:
    """The text without what the screen finds in it, whole phrases at once."""
    attributes: dict[str, str] = {}
    cuts: list[tuple[int, int, str]] = []
    words = find(text)
    for word in words:
        begin, end, instead = _phrase(text, word, attributes)
        if cuts and begin <= cuts[-1][1]:
            before = cuts.pop()
            begin, end, instead = before[0], max(before[1], end), before[2] if before[2] == instead else ""
        cuts.append((begin, end, instead))
    for begin, end, instead in reversed(cuts):
        text = _joined(text[:begin], instead, text[end:])
    return Cleaned(_tidy(text) if cuts else text, len(words), attributes)


def _phrase(text: str, word: Word, attributes: dict[str, str]) -> tuple[int, int, str]:
    """Where the phrase of the words begins and ends, and what stands there instead."""
    if word.rewrite:
        return word.start, word.end, word.rewrite
    end = word.end
    if after := AFTER.match(text, end):
        end = after.end()
        if after.group().strip().lower() in ("national", "citizen"):
            attributes.setdefault("citizenship_country", word.text)
            if re.search(r"(?<!is )(?<!was )\b(?:the|an?)\s+$", text[: word.start], re.IGNORECASE):
                return word.start, end, "person"
    named = NATIONAL.fullmatch(word.text)
    if named and word.attribute == "national_origin":
        attributes.setdefault("citizenship_country", named.group(1))
        if re.search(r"\b(?:the|this)\s+$", text[: word.start], re.IGNORECASE):
            return word.start, end, "person"
    left = max(0, word.start - REACH)
    for pattern, kinds in BEFORE:
        before = pattern.search(text[left : word.start])
        if before is None:
            continue
        country = COUNTRY.match(text, end) if kinds and "language" not in kinds else None
        end = country.end() if country else end
        if word.attribute == "national_origin":
            for kind in kinds:
                attributes.setdefault(kind, country.group().strip(" ,") if country else word.text)
        begin = left + before.start()
        # "a Guatemalan man": the noun stays, and so does its article.
        return (begin, end, "") if kinds or _ends(text, end) else (word.start, end, "")
    return word.start, end, ""


def _ends(text: str, end: int) -> bool:
    """Whether nothing that belongs to the words follows them."""
    return bool(re.match(r"\s*(?:[,.;:)\n]|and\b|but\b|who\b|$)", text[end:], re.IGNORECASE))


def _joined(before: str, instead: str, after: str) -> str:
    if instead:
        return before + instead + after
    # What was joined by "and" to a phrase that is gone needs no "and"; nor does a comma stay behind one.
    if before.rstrip().endswith(",") and after.lstrip().startswith(","):
        # A phrase between two commas goes with both.
        return before.rstrip()[:-1] + after.lstrip()[1:]
    starts = not before.strip() or before.rstrip().endswith((".", "!", "?", "\n"))
    after = re.sub(r"^\s*,?\s*(?:and\s+)(?=\w)", " ", after) if not before.rstrip().endswith(",") else after
    if starts or before.rstrip().endswith(","):
        after = re.sub(r"^\s*,\s*", " ", after)
    return before + after


def _tidy(text: str) -> str:
    text = re.sub(r"[ \t]{2,}", " ", text)
    text = re.sub(r"\s+([,.;:])", r"\1", text)
    text = re.sub(r",\s*(?=[.;])", "", text)
    text = re.sub(r"(?:,\s*){2,}", ", ", text)
    text = re.sub(r"(^|[.!?]\s+)[,;]\s*", r"\1", text).strip()
    return re.sub(r"(^|[.!?]\s+)([a-z])", lambda match: match.group(1) + match.group(2).upper(), text)


def kinds_of(attributes: dict[str, str]) -> Sequence[str]:
    """Which kinds were told apart; never a value."""
    return sorted(attributes)
