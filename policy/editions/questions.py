"""The questions of the assessment: their words, their clauses, and when an answer is needed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from .base import ClauseId, Key, OptionalWords, Part, Term, Words

Where = Literal["assessment", "decision", "factor", "review", "status"]
Answer = Literal["one", "several", "text", "texts", "date", "pins"]
Vocabulary = Literal[
    "findings",
    "presence_states",
    "weights",
    "dispute_answers",
    "dispute_kinds",
    "record_states",
    "unavailable_reasons",
    "outcomes",
    "action_places",
    "source_relations",
    "referral_sources",
    "alienage_bases",
    "citizenship_indicia",
    "charges",
    "yes_no_unknown",
    "national_security_grounds",
    "public_safety_grounds",
    "border_security_grounds",
]


class Condition(Part):
    """An answer is needed when ``field`` holds one of the values ``any_of``."""

    field: Key
    any_of: tuple[str, ...]


class Question(Part):
    """One field.

    ``where`` says what the answer belongs to. ``answer`` is its shape; ``texts`` is one text for each of
    ``parts``. Options are either in ``options`` or in the list that ``options_from`` names.
    """

    key: Key
    where: Where
    answer: Answer
    label: Words
    heading: OptionalWords = ""
    hint: OptionalWords = ""
    asked_because: Words
    clauses: tuple[ClauseId, ...]
    required: Literal["always", "when", "optional"]
    required_when: Condition | None = None
    options: tuple[Term, ...] = ()
    options_from: Vocabulary | None = None
    parts: tuple[Term, ...] = ()


class Step(Part):
    """A page of the assessment."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
    title: Words
    intro: Words
    clauses: tuple[ClauseId, ...]
