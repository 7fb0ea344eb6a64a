"""Words that tell of a vehicle, a relative's case, somebody quiet or a gang, where they might have told of a person."""

from __future__ import annotations

from typing import Final

from .terms import lexicon
from .words import ENDED, JOINED, Words

_VEHICLES: Final = frozenset(
    [
        "van",
        "vans",
        "bus",
        "buses",
        "truck",
        "trucks",
        "suv",
        "sedan",
        "minivan",
        "pickup",
        "shuttle",
        "trailer",
    ]
)
# What else is called after transport in a jail.
_TRANSPORT: Final = _VEHICLES | frozenset(["desk", "log", "logs", "run", "runs", "schedule", "crew", "sheet"])
_COLOURS: Final = frozenset(["black", "white", "brown"])
# What a vehicle is for, between its colour and its name.
_BETWEEN: Final = frozenset(["family", "work", "church", "crew", "utility", "delivery", "school", "company"])
_KIN_PEOPLE: Final = frozenset({"person", "occupation"})
# "no habla con nadie": who is silent, and no language.
_SILENCE: Final = frozenset(
    ["con", "de", "mucho", "nada", "porque", "por", "cuando", "y", "del", "sobre", "en"]
)
_HARDLY: Final = frozenset(["casi", "apenas", "ya"])
_TONGUES: Final = frozenset({"language", "demonym", "demonym_es"})
_GANGS: Final = frozenset(
    ["gang", "gangs", "pandilla", "pandillas", "pandillero", "pandilleros", "validated"]
)
_FACTIONS: Final = frozenset(
    ["norteño", "norteños", "sureño", "sureños", "norteno", "sureno", "nortenos", "surenos"]
)
_GANG_REACH: Final = 8


def rides(text: Words, begin: int, end: int) -> bool:
    """ "the white family van", "the trans van was late": the vehicle has the colour, or is there for transport."""
    if end >= len(text) or text.gap[end] != JOINED or text.owner[end - 1]:
        return False
    first = text.key[begin].partition(" ")[0]
    things = _TRANSPORT if first == "trans" and end - begin == 1 else _VEHICLES if first in _COLOURS else ()
    at = end
    # "a brown family truck": a household stands between the colour and the vehicle.
    if first in _COLOURS and text.key[at] in _BETWEEN and at + 1 < len(text) and not text.owner[at]:
        at += 1
    after = at + 1
    return text.key[at] in things and not (
        after < len(text) and text.gap[after] == JOINED and text.kinds[after] & _KIN_PEOPLE
    )


def silent(text: Words, begin: int, end: int) -> bool:
    """ "casi no habla, pidió agua", "no habla con nadie": nothing is said of a language."""
    if text.key[begin] != "no habla" or end - begin != 1:
        return False
    joined = end < len(text) and text.gap[end] == JOINED
    if joined and text.kinds[end] & _TONGUES:
        return False
    if joined and text.key[end] in _SILENCE:
        return True
    return not joined and begin > 0 and text.gap[begin] == JOINED and text.key[begin - 1] in _HARDLY


def gang_file(text: Words, begin: int, end: int) -> bool:
    """ "lists him as a Norteño in the gang file": a gang, where the sentence speaks of one."""
    if text.key[end - 1] not in _FACTIONS:
        return False
    for step, first in ((-1, begin - 1), (1, end)):
        for place in range(first, first + step * _GANG_REACH, step):
            if not 0 <= place < len(text) or text.gap[place + (step < 0)] == ENDED:
                break
            if not _GANGS.isdisjoint(text.key[place].split()):
                return True
    return False


def tenant_of(text: Words, begin: int) -> bool:
    """ "is Gay Holcomb's tenant": somebody's first name before a surname that owns."""
    after = begin + 1
    return (
        text.key[begin] == "gay"
        and text.big[begin]
        and after < len(text)
        and text.gap[after] == JOINED
        and text.big[after]
        and text.owner[after]
        and not text.kinds[after] & {"person", "occupation", "kin"}
    )


def for_kin(text: Words, begin: int, end: int) -> bool:
    """ "signed a petition for his brother": a relative's visa petition; "for his brother's release" asks for more."""
    if not text.key[end - 1].rpartition(" ")[2].startswith(("petition", "petici")) or end + 2 > len(text):
        return False
    place = end
    if text.gap[place] != JOINED or text.key[place] not in ("for", "para", "por"):
        return False
    place += 1
    while place < len(text) and text.gap[place] == JOINED and not _kin(text, place):
        if not text.kinds[place] & {"poss", "adj", "det"}:
            return False
        place += 1
    return place < len(text) and text.gap[place] == JOINED and not text.owner[place]


def _kin(text: Words, at: int) -> bool:
    """ "brother", and "his mother" where it is read as one word."""
    return "kin" in text.kinds[at] or "kin" in lexicon().kinds.get(text.key[at].rpartition(" ")[2], ())
