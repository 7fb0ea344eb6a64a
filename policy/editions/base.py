"""Building blocks shared by every model of an edition.

Invariants: models are frozen and strict, refuse unknown keys, and hold tuples, so that a loaded edition
cannot be changed by anyone who has it in hand. What is wording or citation carries ``NOT_RULE``: it counts
for the content digest and stays out of the rules digest.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints


class NotRule:
    """Marks a field whose change corrects the edition without changing what it asks of anybody."""


NOT_RULE = NotRule()

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]*$")]
PartKey = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(\.[A-Z0-9]+)*$")]
ClauseId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(\.[A-Z0-9]+)*#[0-9]+[a-z]?$")]
Words = Annotated[str, StringConstraints(min_length=1), NOT_RULE]
OptionalWords = Annotated[str, NOT_RULE]
SourceKeys = Annotated[tuple[str, ...], NOT_RULE]
Certainty = Annotated[Literal["confirmed", "background", "design"], NOT_RULE]
"""``confirmed``: read in a source. ``background``: known, not checked against the text. ``design``: ours."""


class Part(BaseModel):
    """A piece of an edition."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Term(Part):
    """One entry of a closed list: the key is stored, the label is shown."""

    key: Key
    label: Words
    hint: OptionalWords = ""


class Parameter(Part):
    """A value that a rule uses, with the day from which it holds and where it comes from."""

    key: Key
    value: int | date | str
    since: date
    certainty: Certainty
    sources: SourceKeys = ()
    words: Words
