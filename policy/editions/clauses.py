"""The clauses of an edition, in our own words, and the sources they were taken from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from .base import NOT_RULE, Certainty, ClauseId, Key, OptionalWords, Part, PartKey, SourceKeys, Words

Binds = Literal["officer", "supervisor", "department"]


class Heading(Part):
    """A part of the memorandum, such as ``II.B``."""

    key: PartKey
    title: Words


class Clause(Part):
    """One requirement. ``id`` is the part and a running number, as in ``II.B#13``.

    ``like`` names the clauses of the form's edition (see ``compose``) that ask for the same; it pairs clauses of two
    editions and claims no more than that they speak of one matter.
    """

    id: ClauseId
    title: Words
    text: Words
    binds: tuple[Binds, ...]
    like: Annotated[tuple[ClauseId, ...], NOT_RULE] = ()
    certainty: Certainty
    certainty_note: OptionalWords = ""
    sources: SourceKeys = ()

    @property
    def part(self) -> str:
        """The part of the memorandum, as in ``II.B``."""
        return self.id.partition("#")[0]

    @property
    def number(self) -> str:
        """The running number, as in ``13`` or ``19b``."""
        return self.id.partition("#")[2]

    @property
    def anchor(self) -> str:
        """The id of this clause on the edition's page."""
        return "clause-" + self.id.replace("#", "-")


class Citation(Part):
    """A source. ``standing`` says how close it is to the text itself."""

    key: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]+$")]
    title: Words
    standing: Annotated[Literal["primary", "secondary"], NOT_RULE] = "secondary"


class ProtectedAttribute(Part):
    """What may never be weighed. The key is the code that the text guard answers with."""

    key: Key
    label: Words
    text: Words
    clauses: tuple[ClauseId, ...]


class NarrowException(Part):
    """When a protected attribute may be looked at, what that takes, and what it must never reach."""

    text: Words
    clauses: tuple[ClauseId, ...]
    allowed_for: tuple[Key, ...]
    requires: tuple[Key, ...]
    never_feeds: tuple[Key, ...]
