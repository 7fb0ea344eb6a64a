"""A house of worship that is only a place: to stand at, to be arrested at, to be harmed."""

from __future__ import annotations

from typing import Final

from .words import ENDED, JOINED, Words

_BACK: Final = 12
_NEAR: Final = 6
_THEFT: Final = frozenset(
    ["stole", "stolen", "stealing", "steals", "theft", "robbed", "burglary", "shoplifted"]
)
_SPANISH: Final = frozenset(["junto", "frente", "detras", "cerca", "lado"])
_BESIDE: Final = frozenset(
    [
        "behind",
        "near",
        "beside",
        "opposite",
        "past",
        "between",
        "beyond",
        "adjacent",
        "facing",
        "around",
        "outside",
    ]
)
_OF: Final = frozenset(
    [
        "across",
        "front",
        "block",
        "blocks",
        "north",
        "south",
        "west",
        "east",
        "next",
        "close",
        "corner",
        "rear",
        "lot",
        "steps",
    ]
)
_TREATED: Final = frozenset(
    [
        "discharged",
        "admitted",
        "transferred",
        "treated",
        "hospitalized",
        "taken",
        "rushed",
        "surgery",
        "stitched",
    ]
)
_NUMBERED: Final = frozenset(
    ["first", "second", "third", "mount", "mt", "grace", "calvary", "bethel", "greater"]
)
_PARTS: Final = frozenset(
    ["wall", "walls", "door", "doors", "lot", "parking", "window", "windows", "roof", "driveway", "steps"]
)


def only_a_place(text: Words, at: int) -> bool:
    """Whether nobody's worship is told."""
    return _landmark(text, at) or _harmed(text, at)


def named_house(text: Words, at: int) -> bool:
    """ "the parking lot of First Baptist": a congregation's name that tells only where something was."""
    if at == 0 or text.key[at - 1] not in _NUMBERED or not text.big[at - 1]:
        return False
    return _landmark(text, at - 1)


def ward(text: Words, at: int) -> bool:
    """ "discharged from Presbyterian": a hospital by its short name."""
    return (
        at > 1
        and text.key[at - 1] in ("from", "to", "at", "in", "by")
        and text.key[at - 2] in _TREATED
        and not (
            at + 1 < len(text)
            and text.gap[at + 1] == JOINED
            and text.kinds[at + 1] & {"person", "occupation"}
        )
    )


def _landmark(text: Words, at: int) -> bool:
    """ "behind the mosque", "across from a Hindu temple", "junto a la parroquia"."""
    before = at - 1
    while before >= 0 and text.gap[before + 1] == JOINED and text.kinds[before] & {"det", "adj"}:
        before -= 1
    if before < 0 or text.gap[before + 1] == ENDED:
        return False
    key = text.key[before]
    if " " in key:
        # "across from" and the like are one word where a pattern names them.
        first, _, last = key.rpartition(" ")
        return last in ("of", "from", "to") and first.rpartition(" ")[2] in _OF
    if before > 0 and key in ("of", "from", "to"):
        return text.key[before - 1] in _OF
    if before > 0 and key in ("a", "de", "al"):
        return text.key[before - 1] in _SPANISH
    return key in _BESIDE or key in _SPANISH


def _harmed(text: Words, at: int) -> bool:
    """ "threatened to shoot up the mosque", "a synagogue wall"."""
    after = at + 1
    if after < len(text) and text.gap[after] == JOINED and text.key[after] in _PARTS:
        return True
    for place in range(at - 1, max(at - _BACK, -1), -1):
        if text.gap[place + 1] == ENDED:
            return False
        if "harm" in text.kinds[place]:
            return True
    return False


def taken(text: Words, at: int) -> bool:
    """ "the stolen goods were Bibles": a thing that was taken tells nothing of who believes."""
    for step in (-1, 1):
        place = at + step
        while 0 <= place < len(text) and abs(place - at) <= _NEAR:
            if text.gap[place if step > 0 else place + 1] == ENDED:
                break
            if text.key[place] in _THEFT:
                return True
            place += step
    return False
