"""How identifiers are spelled. Stored: `A012345678`; shown: `A012-345-678`. An A-number has no check
digit."""

from __future__ import annotations

import re

from cases.errors import Refused
from cases.models import IdentifierKind

A_NUMBER = re.compile(r"A?(?:LIEN)?\s*(?:NUMBER|NO\.?|#)?\s*[-:#.]*\s*((?:\d[\s.\-]*){7,9})", re.IGNORECASE)


def normalise_a_number(text: str) -> str | None:
    """`A012345678` for any usual spelling of seven to nine digits; None when the text is no A-number."""
    match = A_NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    digits = re.sub(r"\D", "", match[1])
    return f"A{digits:0>9}"


def normalise(kind: str, text: str) -> str:
    """The stored spelling of an identifier. Raises `Refused` with the field `identifier_value`."""
    words = " ".join(text.split())
    if kind == IdentifierKind.A_NUMBER:
        number = normalise_a_number(words)
        if number is None:
            raise Refused(
                f"'{words}' is not an A-number. Write A and seven to nine digits, for example A012-345-678.",
                field="a_number",
            )
        return number
    if not words or len(words) > 60:
        raise Refused(
            "Write the identifier as the source spells it, with at most 60 characters.",
            field="identifier_value",
        )
    return words
