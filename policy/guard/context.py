"""What stands around a word: is a person meant, or an object, a street, an organisation, a name?"""

from __future__ import annotations

from typing import Final

from .buildings import named_house, only_a_place, taken, ward
from .terms import lexicon
from .words import ENDED, JOINED, PARTED, Words

# Things that tell of the person who has them.
_OF_A_GROUP: Final = "of_a_group"
_PERSONS: Final = frozenset({"person", "kin", "occupation", "pron", "subj"})
# A head of a sentence is looked for no farther back than this.
_BACK: Final = 12
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
    while first > 0 and text.gap[first] != ENDED and at - first < _BACK:
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


_GIVEN: Final = frozenset({"male_name", "female_name"})
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
        "people_name",
        "caste_name",
    }
)


def unknown(text: Words, at: int) -> bool:
    """Whether a word is none of the lists', or only somebody's given name there."""
    return text.kinds[at] <= _GIVEN


def proper(text: Words, at: int) -> bool:
    """Whether a capital word is part of a longer proper name."""
    if not text.big[at]:
        return False
    after = at + 1
    if after < len(text) and text.gap[after] == JOINED and text.big[after] and not text.owner[at]:
        kinds = text.kinds[after]
        if kinds & {"street", "org"} or unknown(text, after):
            return True
    before = at - 1
    return (
        before >= 0
        and text.gap[at] == JOINED
        and text.big[before]
        and unknown(text, before)
        and text.gap[before] != ENDED
    )


_DESCRIBING: Final = frozenset(
    {"demonym_weak", "ethnic", "faith", "sex", "colour", "orientation", "identity", "movement"}
)
_NOT_NOUN: Final = frozenset({"function", "verbs", "be", "adv", "det", "poss", "pron"})


def _noun_after(text: Words, at: int) -> str:
    """What follows an adjective: "person", "object", "end" (nothing that it could describe) or "unknown"."""
    for after in range(at + 1, min(at + 6, len(text))):
        if text.gap[after] != JOINED:
            return "end"
        kinds, key = text.kinds[after], text.key[after]
        if kinds & {"person", "occupation", "kin"}:
            return "person"
        if "object" in kinds:
            beyond = after + 1
            if (
                "object_strict" not in kinds
                and beyond < len(text)
                and text.gap[beyond] == JOINED
                and text.kinds[beyond] & {"person", "occupation"}
            ):
                return "person"
            return "object"
        if text.big[after] and text.big[at] and "org" in kinds:
            return "object"
        if kinds & _NOT_NOUN:
            return "end"
        if kinds & {"adj", "demonym"}:
            continue
        if kinds & _DESCRIBING:
            return "person"
        if key.endswith("ed") or key[0].isdigit():
            return "end"
        return "person" if _trade(key) else "unknown"
    return "end"


def _trade(key: str) -> bool:
    """Whether a word names who does something: by its ending, or as several of a trade ("roofers")."""
    if key.endswith(_LETTERED):
        return len(key) > 4
    return key.endswith("s") and "occupation" in lexicon().kinds.get(key[:-1], ())


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
        if kind == "demonym_es" and _thing_before(text, at):
            return False
        noun = _noun_after(text, at)
        if noun == "object" or (noun == "end" and _thing_told(text, at)):
            return False
        if noun == "unknown" and kind == "demonym_es" and _behind_person(text, at):
            return True
        if noun == "unknown":
            return not text.big[after] and _told_of_person(text, at)
        return not (
            noun == "end" and at > 0 and text.gap[at] == JOINED and text.key[at - 1] in ("in", "into")
        )
    if kind in ("ethnic", "faith"):
        if kind == "faith" and (named_house(text, at) or ward(text, at)):
            return False
        return not (after < len(text) and text.gap[after] == JOINED and _thing(text, after))
    if kind in ("worship", "religion_slang") and "building" in text.kinds[at]:
        return not only_a_place(text, at)
    if kind in ("worship", "religion_slang") and taken(text, at):
        return False
    if kind == "religion_slang" and _address(text, at):
        return False
    if kind == "orientation" and text.big[at] and text.key[at] == "gay":
        return not _surname(text, at)
    return True


def _surname(text: Words, at: int) -> bool:
    """ "Ms. Gay", "Nurse Gay Holcomb"."""
    if at > 0 and text.gap[at] == JOINED and text.big[at - 1] and "title" in text.kinds[at - 1]:
        return True
    after = at + 1
    return after < len(text) and text.gap[after] == JOINED and text.big[after] and unknown(text, after)


def _thing(text: Words, at: int) -> bool:
    """ "an indigenous fish", "a Jewish deli"; but not "indigenous dress" or "Christian music"."""
    kinds = text.kinds[at]
    beyond = at + 1
    if beyond < len(text) and text.gap[beyond] == JOINED and text.kinds[beyond] & _PERSONS:
        return False
    return "object_strict" in kinds or (
        "object" in kinds and not kinds & _PERSONS and _OF_A_GROUP not in kinds
    )


def _behind_person(text: Words, at: int) -> bool:
    """ "el muchacho cubano salió": in Spanish the person stands before the adjective."""
    return at > 0 and text.gap[at] == JOINED and bool(text.kinds[at - 1] & _PERSONS)


def _thing_before(text: Words, at: int) -> bool:
    """ "pan francés": in Spanish a thing stands before its adjective too."""
    if at == 0 or text.gap[at] != JOINED:
        return False
    kinds = text.kinds[at - 1]
    return "object" in kinds and not kinds & _PERSONS


def _thing_told(text: Words, at: int) -> bool:
    """ "the towels are Turkish": a thing is told of; "his papers are Honduran" tells of him."""
    be = at - 1
    if be < 2 or text.gap[at] != JOINED or text.gap[be] != JOINED or "be" not in text.kinds[be]:
        return False
    thing = text.kinds[be - 1]
    if "object" not in thing or thing & _PERSONS or _OF_A_GROUP in thing:
        return False
    # "all in the van were Ecuadorian": the head of the sentence is another.
    first = be - 1
    while first > 0 and text.gap[first] == JOINED and text.kinds[first - 1] & {"det", "adj", "poss"}:
        first -= 1
    owned = "poss" in text.kinds[first] and "object_strict" not in thing
    return (first == 0 or text.gap[first] != JOINED) and not owned


def _address(text: Words, at: int) -> bool:
    """ "goes to Temple, Texas", "in Church Hill": the last word of the phrase begins the name of a place."""
    last = text.shadow[text.start[at] : text.end[at]].rpartition(" ")[2]
    after = at + 1
    if last not in ("Church", "Temple", "Chapel", "Mission") or after >= len(text) or not text.big[after]:
        return False
    if text.gap[after] == PARTED:
        return "us_place" in text.kinds[after] and text.between(after).strip() == ","
    return text.gap[after] == JOINED and (unknown(text, after) or bool(text.kinds[after] & {"street", "org"}))


def _told_of_person(text: Words, at: int) -> bool:
    """ "is a Haitian ...", "He is Haitian ..."."""
    before = at - 1
    while before >= 0 and text.gap[before + 1] == JOINED and text.kinds[before] & {"det", "adj", "adv"}:
        before -= 1
    return (
        before >= 0 and text.gap[before + 1] == JOINED and "be" in text.kinds[before] and human(text, before)
    )


__all__ = ["PARTED", "fires", "human", "is_name"]
