"""Aggravating and mitigating factors, in the edition's own order. Nothing here can be added up."""

from __future__ import annotations

from typing import Literal

from .base import Certainty, ClauseId, Key, OptionalWords, Part, SourceKeys, Term, Words

Side = Literal["aggravating", "mitigating"]


class Factor(Part):
    """One factor.

    ``records`` are the record kinds in which an officer can have looked for it. ``fact_kinds`` are the kinds of
    fact that bear on it: while the case holds one, nobody answers "not found" for it in a block. ``other`` marks
    the open entry of each list, which must be described. ``restricted_detail`` marks a factor whose detail may
    show protected facts. ``cancels_conviction`` marks a factor that must name the conviction it takes away.
    """

    key: Key
    side: Side
    label: Words
    text: Words
    clauses: tuple[ClauseId, ...]
    subtypes: tuple[Term, ...] = ()
    subtypes_choice: Literal["none", "one", "several"] = "none"
    records: tuple[Key, ...]
    fact_kinds: tuple[Key, ...] = ()
    other: bool = False
    restricted_detail: bool = False
    restricted_detail_hint: OptionalWords = ""
    cancels_conviction: bool = False
    certainty: Certainty
    sources: SourceKeys = ()

    def subtype(self, key: str) -> Term:
        """Return a sub-type. Raises KeyError for a key it does not have."""
        for subtype in self.subtypes:
            if subtype.key == key:
                return subtype
        raise KeyError(f"factor {self.key} has no sub-type {key!r}")
