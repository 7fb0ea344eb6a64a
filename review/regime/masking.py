"""Masking of a text for a masked read: names, places, pronouns and words of kin that tell a man's from a woman's.

Plain and deterministic: the same text with another person's name, town or pronoun gives the same bytes. What a record
knows is masked wherever it stands; beyond that a title marks a name, and a word such as "in" or "Street" a place.
Too much is masked rather than too little, except for words that the law of a case is told in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from review.regime import masking_words as words

NAME: Final = "[name]"
PLACE: Final = "[place]"
NUMBER: Final = "[A-number]"
ADDRESS: Final = "[address]"

WORD: Final = re.compile(r"[^\W\d_]+")
A_NUMBER: Final = re.compile(r"\bA(?:#|[- ]|no\.? ?)?\d{2,3}[- ]?\d{3}[- ]?\d{3}\b", re.IGNORECASE)
MAIL: Final = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
STREET: Final = re.compile(
    r"\b\d{1,6}[A-Z]?,? (?:[NSEW]{1,2}\.? )?(?:[^\W\d_][\w.'’-]* ){1,4}"
    rf"(?:{'|'.join(sorted(words.STREETS))})\b\.?",
    re.IGNORECASE,
)
# What may stand between two words of one name or place.
BETWEEN: Final = re.compile(r"[\s,.'’-]{1,3}")
POSSESSIVE: Final = re.compile(r"(\[name\]|\[place\])(?:['’]s\b|['’](?!\w))")
# Members of a document that hold codes and references, never words of a person.
CODES: Final = frozenset(
    {
        "decision_type",
        "direction",
        "ref",
        "kind",
        "key",
        "presence",
        "priority",
        "finding",
        "answer",
        "state",
        "field",
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the record knows of a person: words of names and of places, folded."""

    names: frozenset[str]
    places: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str], places: Iterable[str]) -> Known:
        """Every word of the names, and those words of the places that belong to no institution."""
        named = frozenset(one for name in names for one in _words(name) if one not in words.PARTICLES)
        placed = frozenset(
            one for place in places for one in _words(place) if one not in words.GENERIC | words.PARTICLES
        )
        return cls(named, placed - named)


def fold(text: str) -> str:
    """Without accents and capitals."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(one for one in parts if not unicodedata.combining(one)).casefold()


def _words(text: str) -> list[str]:
    return [one for one in (fold(found) for found in WORD.findall(text)) if len(one) > 1]


def mask(text: str, known: Known) -> str:
    """The text with what it tells of name, place, sex and kin taken out."""
    if not text:
        return text
    text = MAIL.sub(ADDRESS, A_NUMBER.sub(NUMBER, STREET.sub(ADDRESS, unicodedata.normalize("NFC", text))))
    tokens = list(WORD.finditer(text))
    classes = _joined(text, tokens, _classes(text, tokens, known))
    written, place, index = [], 0, 0
    while index < len(tokens):
        shown = classes[index]
        if shown is None:
            index += 1
            continue
        last = index
        if shown in (NAME, PLACE):
            while last + 1 < len(tokens) and classes[last + 1] == shown and _near(text, tokens, last):
                last += 1
        written += [text[place : tokens[index].start()], shown]
        place, index = tokens[last].end(), last + 1
    return POSSESSIVE.sub(r"\1's", "".join([*written, text[place:]]))


def mask_all(value: Any, known: Known, key: str = "") -> Any:
    """A document, or any part of one, with every text masked; codes and references stay."""
    if isinstance(value, str):
        return value if key in CODES else mask(value, known)
    if isinstance(value, Mapping):
        return {name: mask_all(one, known, name) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [mask_all(one, known, key) for one in value]
    return value


def _near(text: str, tokens: list[re.Match[str]], index: int) -> bool:
    """Whether nothing but blanks and marks of a name stands between a word and the next one."""
    between = text[tokens[index].end() : tokens[index + 1].start()]
    if "." in between and len(tokens[index].group()) > 1:
        return fold(tokens[index].group()) in words.TITLES
    return BETWEEN.fullmatch(between) is not None


def _classes(text: str, tokens: list[re.Match[str]], known: Known) -> list[str | None]:
    """What each word is shown as; None where it stands as it is."""
    found: list[str | None] = []
    for index in range(len(tokens)):
        found.append(_class(text, tokens, index, found, known))
    return found


def _class(
    text: str, tokens: list[re.Match[str]], index: int, found: list[str | None], known: Known
) -> str | None:
    token = tokens[index]
    word, raised = fold(token.group()), token.group()[0].isupper()
    shown = None if _accent_less(token.group(), word) else words.SHOWN.get(word)
    if _set_already(text, token):
        return None
    if (
        word in words.TITLES
        or _is_known(word, raised, known.names)
        or _after_title(text, tokens, index, raised)
        or (raised and found[-1:] == [NAME] and _goes_on(text, tokens, index, index - 1))
    ):
        return NAME
    if shown is not None:
        return shown
    place = (
        _is_known(word, raised, known.places)
        or (raised and word in words.STATES)
        or (raised and _stands_in_place(text, tokens, index, found))
    )
    return PLACE if place else None


def _set_already(text: str, token: re.Match[str]) -> bool:
    """A word that this module wrote, in brackets."""
    opened = text.rfind("[", 0, token.start())
    return (
        opened >= 0
        and text[opened : text.find("]", opened) + 1] in (ADDRESS, NUMBER)
        and "]" not in (text[opened : token.start()])
    )


def _is_known(word: str, raised: bool, known: frozenset[str]) -> bool:
    """A word that is written small counts unless it is an ordinary word as well."""
    return word in known and (raised or (len(word) > 2 and word not in words.ORDINARY))


def _accent_less(written: str, word: str) -> bool:
    """`el` is an article in Spanish; only `él` is a pronoun."""
    return word == "el" and "é" not in written.casefold()


def _after_title(text: str, tokens: list[re.Match[str]], index: int, raised: bool) -> bool:
    return (
        raised
        and index > 0
        and fold(tokens[index - 1].group()) in words.TITLES
        and _near(text, tokens, index - 1)
    )


def _stands_in_place(text: str, tokens: list[re.Match[str]], index: int, found: list[str | None]) -> bool:
    """A raised word after "in", "near", "from", or before "County", that is no acronym, month or institution."""
    written = tokens[index].group()
    if fold(written) in words.GENERIC | words.MONTHS or (written.isupper() and len(written) < 6):
        return False
    if index + 1 < len(tokens):
        following = tokens[index + 1].group()
        beside = text[tokens[index].end() : tokens[index + 1].start()]
        if beside == " " and following[0].isupper() and fold(following) in words.LOCAL:
            return True
    if index == 0:
        return False
    before = text[tokens[index - 1].end() : tokens[index].start()]
    if before in (" ", ", ") and found[-1] == PLACE:
        return True
    return before == " " and tokens[index - 1].group().casefold() in words.BEFORE_PLACE


def _joined(text: str, tokens: list[re.Match[str]], classes: list[str | None]) -> list[str | None]:
    """Particles and initials beside a name belong to it: `de la Cruz`, `T. Quillworth`."""
    for order in (range(len(tokens) - 1, -1, -1), range(len(tokens))):
        step = 1 if order.step < 0 else -1
        for index in order:
            beside = index + step
            if classes[index] is not None or not 0 <= beside < len(tokens) or classes[beside] != NAME:
                continue
            written = tokens[index].group()
            particle = step > 0 and fold(written) in words.PARTICLES
            initial = len(written) == 1 and written.isupper() and _initial(text, tokens, index, step)
            small = (particle or initial) and _near(text, tokens, min(index, beside))
            given = step > 0 and not _begins(text, tokens[index]) and _goes_on(text, tokens, index, beside)
            if small or given:
                classes[index] = NAME
    return classes


def _goes_on(text: str, tokens: list[re.Match[str]], index: int, beside: int) -> bool:
    """Another raised word of the same name, which the record does not know: `Maria Quillworth`."""
    first, last = sorted((index, beside))
    written = tokens[index].group()
    ordinary = fold(written) in words.GENERIC | words.MONTHS or (written.isupper() and len(written) < 6)
    return (
        text[tokens[first].end() : tokens[last].start()] == " "
        and written[0].isupper()
        and len(written) > 1
        and not ordinary
    )


def _begins(text: str, token: re.Match[str]) -> bool:
    """Whether a sentence begins with it, where every word is raised."""
    before = text[: token.start()].rstrip(" \n\"'(“‘")
    return not before or before[-1] in ".!?:;"


def _initial(text: str, tokens: list[re.Match[str]], index: int, step: int) -> bool:
    """`I` alone is a word; an initial has its point or its apostrophe, or follows a name."""
    mark = text[tokens[index].end() : tokens[index].end() + 1]
    return mark in (".", "'", "’") or (step < 0 and tokens[index].group() not in ("A", "I"))
