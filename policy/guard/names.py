"""Stops a mention that is only part of a name: of a person, a street, an organisation, a place in the United States."""

from __future__ import annotations

from typing import Final

from .asides import for_kin, gang_file, rides, silent, tenant_of
from .bearers import (
    CONGREGATION,
    addressed,
    behind_house,
    doctor,
    hair,
    nobody_marches,
    office_bearer,
    sent_from,
    street,
)
from .context import is_name, unknown
from .words import ENDED, JOINED, PARTED, Words

# An organisation's name has at most so many words after the one that was found.
_REACH: Final = 4
# A crime is told no farther before its victim than this.
_SENTENCE: Final = 6
_CALLED: Final = frozenset(["named", "surname", "surnamed", "nickname", "alias", "aka", "dba", "called"])
_NAME: Final = frozenset(["name", "surname", "nickname", "alias"])
_SPANISH_PLACE: Final = frozenset(
    ["calle", "avenida", "colonia", "plaza", "parque", "carretera", "edificio", "restaurante", "barrio"]
)
_ANIMALS: Final = frozenset(["dog", "cat", "horse", "puppy", "pitbull", "kitten", "parrot", "mare"])
_NAMES: Final = frozenset(
    ["lady", "guy", "dude", "gay", "jesus", "christian", "angel", "trinity", "man", "male"]
)
# Houses run by a faith, which serve everybody.
_HOUSES: Final = frozenset(
    [
        "hospital",
        "hospitals",
        "clinic",
        "university",
        "college",
        "charity",
        "charities",
        "agency",
        "hospice",
        "parking",
        "cemetery",
        "shelter",
        "shelters",
        "nonprofit",
        "orphanage",
    ]
)
# Words between which and a noun of a group an article would stand.
_BEFORE_NAME: Final = frozenset(
    ["by", "with", "of", "for", "from", "between", "against", "saw", "met", "de", "del"]
)
# Names of peoples that are ordinary words when they are written small.
LOWER: Final = frozenset(
    ["pole", "poles", "polish", "finn", "dane", "chad", "jersey", "turkey", "mon", "chin", "han"]
)
# Attributes of which a word can be the name of a town.
_TOWNS: Final = frozenset(["race", "religion", "political_association"])
# Who stands before a child that is no more than somebody's child.
_RAISES: Final = frozenset(
    [
        "father",
        "mother",
        "parent",
        "parents",
        "children",
        "grandmother",
        "guardian",
        "foster",
        "adopted",
        "adopting",
        "raising",
        "expecting",
        "school",
        "pediatrician",
        "therapist",
        "tutor",
        "dentist",
        "clinic",
    ]
)
# Titles that are ordinary nouns as well.
_NOUNS: Final = frozenset({"kin", "occupation", "person"})
_WEAK: Final = frozenset(
    ["demonym_weak", "colour", "faith_weak", "sex", "gender_slang", "orientation", "religion_slang", "ethnic"]
)


def stopped(text: Words, begin: int, end: int, attribute: str) -> bool:
    """Whether the words from `begin` to before `end` are part of a name, so that nothing is told of a person."""
    if any(text.hidden[begin:end]):
        return False
    if end - begin == 1 and _hyphened(text, begin):
        return True
    if end - begin == 1 and text.key[begin] in LOWER and text.shadow[text.start[begin]].islower():
        return True
    if end - begin == 1 and (is_name(text, begin) or _called(text, begin) or _surname(text, begin)):
        return True
    if attribute == "national_origin" and (
        _at_home(text, end) or _given(text, end) or sent_from(text, begin)
    ):
        return True
    if street(text, end):
        return True
    if attribute in _TOWNS and end - begin == 1 and text.big[begin] and _in_a_state(text, end):
        return True
    if attribute == "national_origin" and end - begin == 1 and doctor(text, begin):
        return True
    if attribute in ("race", "gender_identity") and rides(text, begin, end):
        return True
    if attribute == "national_origin" and (silent(text, begin, end) or gang_file(text, begin, end)):
        return True
    if attribute == "sexual_orientation" and tenant_of(text, begin):
        return True
    if attribute == "first_amendment" and for_kin(text, begin, end):
        return True
    if attribute == "race" and (_animal(text, end) or (end - begin == 1 and hair(text, begin))):
        return True
    if attribute == "gender":
        return _victim(text, begin) or _child(text, begin) or addressed(text, begin)
    if attribute == "first_amendment" and nobody_marches(text, begin, end):
        return True
    if attribute == "political_association" and text.key[begin] == "morena" and not text.big[begin]:
        return True
    if attribute == "religion" and office_bearer(text, begin, end):
        return True
    if attribute in ("religion", "national_origin") and behind_house(text, begin, end):
        return True
    return attribute != "gender_identity" and _organisation(text, begin, end, attribute)


def _animal(text: Words, end: int) -> bool:
    """ "a white male dog"."""
    for place in range(end, min(end + 2, len(text))):
        if text.gap[place] != JOINED:
            return False
        if text.key[place] in _ANIMALS:
            return True
    return False


def _victim(text: Words, at: int) -> bool:
    """ "assaulted a woman", "the victim, a boy of nine": whom a crime was done to is a fact of the crime."""
    for place in range(at - 1, max(at - _SENTENCE, -1), -1):
        if text.gap[place + 1] == ENDED:
            return False
        if "victims" in text.kinds[place]:
            return True
    return False


def _child(text: Words, at: int) -> bool:
    """ "the father of two girls", "a school letter about a boy": kinship, or a child of whom only the need is told."""
    if text.key[at] not in ("boy", "girl", "boys", "girls"):
        return False
    for place in range(at - 1, max(at - _SENTENCE, -1), -1):
        if text.gap[place + 1] == ENDED:
            return False
        if text.key[place].rpartition(" ")[2] in _RAISES:
            return True
    return False


def _called(text: Words, at: int) -> bool:
    """ "whose name is Gay", "the dog, Lady", "Calle Iglesia", "Guy Holland"."""
    if not text.big[at] or at == 0:
        return False
    before, kinds = text.key[at - 1], text.kinds[at - 1]
    if text.gap[at] == JOINED and text.big[at - 1] and "title" in kinds and not kinds & _NOUNS:
        return True
    if not text.kinds[at] & _WEAK:
        return False
    if text.gap[at] == JOINED:
        titled = "title" in text.kinds[at - 1] and text.big[at - 1]
        if titled or before in _CALLED or before in _SPANISH_PLACE:
            return True
        if before in ("is", "was", "de") and at > 1 and text.key[at - 2] in _NAME:
            return True
    if text.gap[at] == JOINED and "kin" in kinds and text.key[at] == "christian":
        after = at + 1
        return after == len(text) or not (
            text.gap[after] == JOINED and text.kinds[after] & {"person", "occupation", "kin"}
        )
    if text.gap[at] == PARTED and before in _ANIMALS:
        return True
    if text.key[at] not in _NAMES:
        return False
    after = at + 1
    follows = after < len(text) and text.gap[after] == JOINED and text.big[after] and not text.owner[at]
    leads = text.gap[at] == JOINED and text.big[at - 1] and (before == "de" or text.gap[at - 1] != ENDED)
    return (follows and not text.kinds[after] & {"person", "occupation"}) or (
        leads and not text.kinds[at - 1] & {"det", "pron", "subj", "function"}
    )


def _surname(text: Words, at: int) -> bool:
    """ "Moreno signed", "arrested Maya", but not "is Maya" or "a Maya weaver"."""
    if not text.big[at] or "surname" not in text.kinds[at]:
        return False
    after = at + 1
    if at == 0 or text.gap[at] == ENDED:
        if after >= len(text):
            return False
        kinds = text.kinds[after]
        return text.gap[after] == PARTED or bool(
            kinds & {"verbs", "be", "function"} or text.big[after] or text.key[after].endswith("ed")
        )
    if text.gap[at] == PARTED:
        return False
    before, kinds = text.key[at - 1], text.kinds[at - 1]
    if text.key[at] == "islam":
        return text.big[at - 1]
    return (
        bool(kinds & {"verbs", "title"})
        or before in _BEFORE_NAME
        or before.endswith("ed")
        or text.big[at - 1]
    )


def _at_home(text: Words, end: int) -> bool:
    """ "Lebanon, Pennsylvania", "Peru, Indiana"."""
    return "place" in text.kinds[end - 1] and _in_a_state(text, end)


def _in_a_state(text: Words, end: int) -> bool:
    """ "Arab, Alabama", "Union, New Jersey"."""
    return (
        end < len(text)
        and text.gap[end] == PARTED
        and "us_place" in text.kinds[end]
        and text.between(end).strip() == ","
    )


def _hyphened(text: Words, at: int) -> bool:
    """ "Kenya Baptist-Moore": a surname of two, one of which is a word of the lists."""
    for place, other in ((at + 1, at + 1), (at, at - 1)):
        if (
            0 < place < len(text)
            and text.big[at]
            and text.big[other]
            and text.between(place) == "-"
            and unknown(text, other)
            and len(text.key[other]) > 3
        ):
            return True
    return False


def _given(text: Words, end: int) -> bool:
    """ "grew up with Jordan Pell": a country's name as the first name of somebody."""
    return (
        end < len(text)
        and "given_place" in text.kinds[end - 1]
        and text.gap[end] == JOINED
        and text.big[end]
        and unknown(text, end)
    )


def _organisation(text: Words, begin: int, end: int, attribute: str) -> bool:
    """ "Lutheran Immigration Services", "Rally Auto Parts": capitals up to a word for an organisation."""
    if not text.big[begin] or end - begin > _REACH or not all(text.big[begin:end]):
        return attribute == "religion" and _house(text, begin, end)
    for place in range(max(end - 1, begin + 1), min(end + _REACH, len(text))):
        if text.gap[place] != JOINED or not text.big[place] or (place >= end and text.owner[place - 1]):
            break
        kinds = text.kinds[place]
        if not kinds & {"org", "street"} or kinds & {"person"}:
            continue
        if attribute == "religion" and text.key[place] in CONGREGATION:
            break
        if attribute in ("political_association", "first_amendment") and place < end:
            break
        return True
    return attribute == "religion" and _house(text, begin, end)


def _house(text: Words, begin: int, end: int) -> bool:
    """ "a Catholic hospital": what a faith runs says nothing of who goes there."""
    return (
        end - begin == 1
        and end < len(text)
        and text.gap[end] == JOINED
        and text.key[end] in _HOUSES
        and "faith" in text.kinds[begin]
    )
