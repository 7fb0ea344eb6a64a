"""English verbs in their forms, for the patterns."""

from __future__ import annotations

from typing import Final

_VOWEL: Final = "aeiou"
_IRREGULAR: Final = {
    name: frozenset(rest.split())
    for name, rest in (
        ("speak", "speak speaks spoke spoken speaking"),
        ("go", "go goes going went gone"),
        ("write", "write writes wrote written writing"),
        ("read", "read reads reading"),
        ("sign", "sign signs signed signing"),
        ("hand", "hand hands handed handing"),
        ("distribut", "distribute distributes distributed distributing"),
        ("circulat", "circulate circulates circulated circulating"),
        ("creat", "create creates created creating"),
        ("promot", "promote promotes promoted promoting"),
        ("criticiz", "criticize criticizes criticized criticizing"),
        ("understand", "understand understands understood understanding"),
        ("teach", "teach teaches taught teaching"),
        ("sing", "sing sings sang sung singing"),
        ("drive", "drive drives drove driving"),
        ("leave", "leave leaves left leaving"),
        ("eat", "eat eats ate eating eaten"),
        ("satir", "satire satirize satirizes satirized"),
    )
}


def forms(verb: str) -> set[str]:
    """A verb in its forms; some that do not exist are harmless."""
    if verb in _IRREGULAR:
        return set(_IRREGULAR[verb])
    if verb.endswith("e"):
        return {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2] not in _VOWEL:
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    found = {verb, verb + "s", verb + "es", verb + "ed", verb + "ing"}
    if verb[-1] not in "wxy" and verb[-2] in _VOWEL and verb[-3:-2] not in _VOWEL:
        found |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return found
