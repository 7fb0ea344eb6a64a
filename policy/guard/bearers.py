"""Words that tell of a thing, an office or a courtesy, where they might have told of a person."""

from __future__ import annotations

from typing import Final

from .words import JOINED, Words

# What a group of the faithful is called: no stop for religion.
CONGREGATION: Final = frozenset(
    ["church", "ministries", "ministry", "mission", "parish", "congregation", "diocese", "archdiocese"]
)
# What is protested by paying it late, and what rallies without anybody in the street.
_NOBODY_MARCHES: Final = {
    "protest": frozenset(["fee", "fees", "fine", "fines", "ticket", "tickets", "invoice", "appraisal"]),
    "rall": frozenset(["price", "prices", "stock", "stocks", "market", "markets", "shares"]),
}
_OBJECT_REACH: Final = 4
# Forms of address that stand for a pronoun behind an article: "la señora dijo".
_ADDRESS: Final = frozenset(
    ["senor", "senora", "senores", "senoras", "señor", "señora", "señores", "señoras"]
)
_ARTICLE: Final = frozenset(["el", "la", "los", "las", "del", "al"])


def addressed(text: Words, at: int) -> bool:
    """ "La señora tiene tres hijos": no more than "she"; "una señora" tells who it is."""
    return text.key[at] in _ADDRESS and at > 0 and text.gap[at] == JOINED and text.key[at - 1] in _ARTICLE


def nobody_marches(text: Words, begin: int, end: int) -> bool:
    """ "protested the parking ticket", "a rally of the stock price"."""
    if end - begin > 1:
        return False
    for stem, things in _NOBODY_MARCHES.items():
        if not text.key[begin].startswith(stem):
            continue
        for place in range(end, min(end + _OBJECT_REACH, len(text))):
            if text.gap[place] != JOINED:
                return False
            if text.key[place] in things:
                return True
    return False


def office_bearer(text: Words, begin: int, end: int) -> bool:
    """ "asked for Attorney Priest": the last word is the name of somebody who has a title."""
    last = end - 1
    if last == begin or not (text.big[last] and text.big[last - 1]) or text.gap[last] != JOINED:
        return False
    kinds = text.kinds[last - 1]
    return "title" in kinds and "kin" not in kinds and "calling" in text.kinds[last]


def behind_house(text: Words, begin: int, end: int) -> bool:
    """ "Caridades Católicas", "Hospital Español": in Spanish the organisation stands before its adjective."""
    before = begin - 1
    return (
        end - begin == 1
        and before >= 0
        and text.gap[begin] == JOINED
        and text.big[begin]
        and text.big[before]
        and "org" in text.kinds[before]
        and text.key[before] not in CONGREGATION
        and text.key[begin].endswith(("a", "as", "o", "os", "es", "ol", "ola"))
    )
