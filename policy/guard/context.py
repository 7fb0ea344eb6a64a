"""What stands around a word: is a person meant, or an object, a street, an organisation, a name?"""

from __future__ import annotations

from typing import Final

from .words import ENDED, JOINED, PARTED, Words

_PERSONS: Final = frozenset({"person", "kin", "occupation", "pron", "subj"})
_LETTERED: Final = ("er", "or", "ist", "ian", "man", "woman", "ant", "ee")


def human(text: Words, index: int) -> bool:
    """Whether the words that end before `index` name a person: "the respondent", "she", "Maria", or nothing at all
    (a heading, a note that begins with its predicate)."""
    at = index - 1
    while at >= 0 and text.gap[at + 1] != ENDED and "adv" in text.kinds[at] and "det" not in text.kinds[at]:
        at -= 1
    if at < 0 or (at + 1 < len(text) and text.gap[at + 1] == ENDED):
        return True
    if text.key[at] == "it" or ("object" in text.kinds[at] and not text.kinds[at] & _PERSONS):
        near = False
    else:
        near = bool(text.kinds[at] & _PERSONS) or _named(text, at)
    if near:
        return True
    # The head of the sentence: "The man in the car is ..."
    first = at
    while first > 0 and text.gap[first] != ENDED:
        first -= 1
    for place in range(first, min(first + 4, at)):
        if text.kinds[place] & _PERSONS and "poss" not in text.kinds[place] and not text.owner[place]:
            return text.gap[place + 1] != ENDED and text.key[place + 1] in (
                "in",
                "at",
                "from",
                "with",
                "on",
                "who",
                "of",
                "and",
                "near",
                "inside",
                "that",
                "whose",
            )
    return False


def _named(text: Words, at: int) -> bool:
    return (
        text.big[at]
        and not text.owner[at]
        and not text.kinds[at] & {"object", "org", "street", "det", "function"}
    )


def is_name(text: Words, at: int) -> bool:
    """Whether a word that can be a name is one: "Officer Black", "Christian Morales", "Georgia Avenue"."""
    kinds = text.kinds[at]
    if not kinds & _NAMELIKE:
        return False
    if at > 0 and text.gap[at] == JOINED and "title" in text.kinds[at - 1] and text.big[at]:
        return True
    return proper(text, at)


_NAMELIKE: Final = frozenset(
    {
        "demonym_weak",
        "colour",
        "faith_weak",
        "place",
        "party_weak",
        "sex",
        "orientation_weak",
        "colour_es",
        "demonym_weak_es",
        "identity_weak",
    }
)


def proper(text: Words, at: int) -> bool:
    """Whether a capital word is part of a longer proper name."""
    if not text.big[at]:
        return False
    after = at + 1
    if after < len(text) and text.gap[after] == JOINED and text.big[after] and not text.owner[at]:
        kinds = text.kinds[after]
        if kinds & {"street", "org"} or not kinds:
            return True
    before = at - 1
    return (
        before >= 0
        and text.gap[at] == JOINED
        and text.big[before]
        and not text.kinds[before]
        and text.gap[before] != ENDED
    )


def _noun_after(text: Words, at: int) -> str:
    """What follows an adjective: "person", "object", "end" (nothing that it could describe) or "unknown"."""
    after = at + 1
    if after >= len(text) or text.gap[after] != JOINED:
        return "end"
    kinds, key = text.kinds[after], text.key[after]
    if kinds & {"person", "occupation", "kin"}:
        return "person"
    if "object" in kinds:
        return "object"
    if text.big[after] and text.big[at] and "org" in kinds:
        return "object"
    if kinds & {"function", "verbs", "be", "adv", "det", "poss", "pron"}:
        return "end"
    if kinds & {
        "adj",
        "demonym",
        "demonym_weak",
        "ethnic",
        "faith",
        "sex",
        "colour",
        "orientation",
        "identity",
        "movement",
    }:
        return _noun_after(text, after) if "adj" in kinds or "demonym" in kinds else "person"
    if key.endswith("ed") or key[0].isdigit():
        return "end"
    if key.endswith(_LETTERED) and len(key) > 4:
        return "person"
    return "unknown"


def fires(text: Words, at: int, kind: str) -> bool:
    """Whether a term that counts by itself counts here."""
    if text.hidden[at]:
        return True
    after = at + 1
    if after < len(text) and text.gap[after] == JOINED:
        kinds = text.kinds[after]
        if text.big[at] and text.big[after] and kinds & {"org", "street"} and not kinds & {"person"}:
            return False
    if kind in ("demonym", "demonym_es"):
        if text.kinds[at] & {"people"}:
            return True
        noun = _noun_after(text, at)
        if noun == "object":
            return False
        if noun == "unknown":
            return not text.big[after] and _told_of_person(text, at)
        return not (
            noun == "end" and at > 0 and text.gap[at] == JOINED and text.key[at - 1] in ("in", "into")
        )
    if kind in ("ethnic", "faith", "movement", "worship"):
        return _noun_after(text, at) != "object" or kind == "worship"
    return True


def _told_of_person(text: Words, at: int) -> bool:
    """ "is a Haitian ...", "He is Haitian ..."."""
    before = at - 1
    while before >= 0 and text.gap[before + 1] == JOINED and text.kinds[before] & {"det", "adj", "adv"}:
        before -= 1
    return (
        before >= 0 and text.gap[before + 1] == JOINED and "be" in text.kinds[before] and human(text, before)
    )


__all__ = ["PARTED", "fires", "human", "is_name"]
