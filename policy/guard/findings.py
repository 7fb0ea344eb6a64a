"""What the guard answers with, and the eight attributes that may never be an input to a decision."""

from __future__ import annotations

from typing import Final, NamedTuple

ATTRIBUTES: Final[tuple[str, ...]] = (
    "race",
    "religion",
    "gender",
    "sexual_orientation",
    "gender_identity",
    "national_origin",
    "political_association",
    "first_amendment",
)


class Finding(NamedTuple):
    """One mention. `start` and `end` count code points of the text as it was given, and `text` is that part of it.

    `rule` names the pattern or word list, `reason` is one sentence for the officer, and `rewrite` is what to write
    instead; "" where the advice is to leave the words out.
    """

    attribute: str
    start: int
    end: int
    text: str
    rule: str
    reason: str
    rewrite: str
