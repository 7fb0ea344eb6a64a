"""Words that tell of a thing, an office or a courtesy, where they might have told of a person."""

from __future__ import annotations

from typing import Final

from .words import ENDED, JOINED, Words

# What a group of the faithful is called: no stop for religion.
CONGREGATION: Final = frozenset(
    ["church", "ministries", "ministry", "mission", "parish", "congregation", "diocese", "archdiocese"]
)
# What is protested by paying it late, and what rallies without anybody in the street.
_NOBODY_MARCHES: Final = {
    "protest": frozenset(
        [
            "fee",
            "fees",
            "fine",
            "fines",
            "ticket",
            "tickets",
            "invoice",
            "appraisal",
            "bill",
            "bills",
            "assessment",
        ]
    ),
    "rall": frozenset(["price", "prices", "stock", "stocks", "market", "markets", "shares"]),
}
_OBJECT_REACH: Final = 4
# What a thing does that was sent.
_ARRIVES: Final = frozenset(["come", "comes", "came", "arrived", "sent", "shipped", "mailed", "is", "was"])
_PERSONS: Final = frozenset({"person", "kin", "occupation", "pron", "subj"})
_COLOURS: Final = frozenset(["black", "white", "brown", "red", "dark", "blk", "brn", "bro", "brwn", "wht"])
# A colour stands no farther behind the word for hair or eyes.
_HAIR_REACH: Final = 5
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


def sent_from(text: Words, begin: int) -> bool:
    """ "the parcel comes from Ghana": a thing does."""
    if begin < 3 or text.key[begin - 1] != "from" or text.key[begin - 2] not in _ARRIVES:
        return False
    kinds = text.kinds[begin - 3]
    return "object" in kinds and not kinds & _PERSONS


def street(text: Words, end: int) -> bool:
    """ "ran a red light on Union Boulevard": the last word is the name of a street."""
    return (
        end < len(text)
        and text.gap[end] == JOINED
        and text.big[end - 1]
        and text.big[end]
        and "street" in text.kinds[end]
        and not text.kinds[end] & _PERSONS
    )


def doctor(text: Words, at: int) -> bool:
    """ "a letter from Dr. Navarro": the Dominican Republic is written in capitals, and no name follows."""
    if text.key[at] != "dr":
        return False
    after = at + 1
    return not text.shadow[text.start[at] : text.end[at]].isupper() or (
        after < len(text) and text.gap[after] == JOINED and text.big[after]
    )


def hair(text: Words, at: int) -> bool:
    """ "hair color is listed as brown", "Hair: BLK", and not "his hair is wet and he is brown"."""
    if text.key[at] not in _COLOURS:
        return False
    for place in range(at - 1, max(at - _HAIR_REACH - 1, -1), -1):
        if text.gap[place + 1] == ENDED or text.kinds[place] & _PERSONS:
            return False
        if text.key[place].partition(" ")[0] in ("hair", "eyes", "eye"):
            return True
    return False
