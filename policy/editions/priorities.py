"""The priorities and the criteria inside them.

A criterion is described here and tested by code elsewhere; neither leads to an outcome.
"""

from __future__ import annotations

from .base import Certainty, ClauseId, Key, OptionalWords, Parameter, Part, SourceKeys, Term, Words


class Priority(Part):
    """One of the priorities. ``overriding_question`` heads its reasoning where the edition asks one."""

    key: Key
    label: Words
    text: Words
    overriding_question: OptionalWords = ""
    clauses: tuple[ClauseId, ...]
    grounds: tuple[Term, ...] = ()
    certainty: Certainty
    sources: SourceKeys = ()

    def ground(self, key: str) -> Term:
        """Return a ground of this priority. Raises KeyError for a key it does not have."""
        for ground in self.grounds:
            if ground.key == key:
                return ground
        raise KeyError(f"priority {self.key} has no ground {key!r}")


class Criterion(Part):
    """A closed question inside a priority, answered met, not met or cannot tell."""

    key: Key
    priority: Key
    ground: Key
    question: Words
    rule: Words
    clauses: tuple[ClauseId, ...]
    requires: tuple[Key, ...]
    parameters: tuple[Parameter, ...] = ()
    certainty: Certainty
    sources: SourceKeys = ()

    def parameter(self, key: str) -> Parameter:
        """Return a parameter. Raises KeyError for a key it does not have."""
        for parameter in self.parameters:
            if parameter.key == key:
                return parameter
        raise KeyError(f"criterion {self.key} has no parameter {key!r}")
