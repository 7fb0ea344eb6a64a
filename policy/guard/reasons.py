"""What the officer is told of a finding, and what to write instead."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from .findings import Finding

_REASONS: Final = {
    "race": "Race, colour and ethnic or tribal group are never a reason in this decision.",
    "religion": "Religion, worship and religious dress are never a reason in this decision.",
    "gender": "Gender is never a reason in this decision.",
    "sexual_orientation": "Sexual orientation, also told by the sex of a partner, is never a reason in this decision.",
    "gender_identity": "Gender identity is never a reason in this decision.",
    "national_origin": (
        "National origin (country, birthplace, descent, language, accent) is never a reason in this decision."
    ),
    "political_association": "Membership of a party, a movement or a union is never a reason in this decision.",
    "first_amendment": (
        "What somebody said, wrote, signed or protested for is never a reason in this decision."
    ),
}


def reason(attribute: str, rule: str) -> str:
    """One sentence for the officer."""
    return _REASONS[attribute]


def rewrite(attribute: str, rule: str, text: str) -> str:
    """What to write instead; "" to leave the words out."""
    if attribute == "gender" and text.lower() in (
        "male",
        "female",
        "man",
        "woman",
        "boy",
        "girl",
        "lady",
        "gentleman",
    ):
        return "person"
    if attribute == "gender" and text.lower() in (
        "males",
        "females",
        "men",
        "women",
        "boys",
        "girls",
        "ladies",
        "gentlemen",
    ):
        return "people"
    if rule == "orientation.pair":
        return "spouse or partner"
    return ""


@lru_cache(maxsize=4096)
def _said(attribute: str, rule: str, text: str) -> tuple[str, str]:
    return reason(attribute, rule), rewrite(attribute, rule, text)


def told(attribute: str, start: int, end: int, text: str, rule: str) -> Finding:
    """The finding with what is said of it."""
    why, instead = _said(attribute, rule, text)
    return Finding(attribute, start, end, text, rule, why, instead)
