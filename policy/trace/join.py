"""Joins the clauses of an edition with their carriers and their proofs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from policy.editions import Edition
from policy.editions.clauses import Clause
from policy.trace.carriers import Carrier, declared, of_data
from policy.trace.proofs import proofs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Traced:
    """One clause with everything behind it. `carriers` and `tests` are empty only where there is a gap."""

    clause: Clause
    carriers: tuple[Carrier, ...]
    tests: tuple[str, ...]

    @property
    def gap(self) -> str:
        """What is missing, in words; empty when nothing is."""
        missing = [
            name for name, found in (("no carrier", self.carriers), ("no test", self.tests)) if not found
        ]
        return " and ".join(missing)

    @property
    def by_kind(self) -> list[tuple[str, list[Carrier]]]:
        """The carriers by kind, for a page."""
        kinds = dict.fromkeys(carrier.kind for carrier in self.carriers)
        return [(kind, [one for one in self.carriers if one.kind == kind]) for kind in kinds]


def traced(edition: Edition) -> list[Traced]:
    """Every clause of an edition, in its order."""
    data: dict[str, list[Carrier]] = {}
    for clause_id, carrier in of_data(edition):
        data.setdefault(clause_id, []).append(carrier)
    code, tests = declared(), proofs()
    return [
        Traced(
            clause=clause,
            carriers=tuple(dict.fromkeys([*data.get(clause.id, ()), *_named(edition, clause, code)])),
            tests=tuple(dict.fromkeys(_named(edition, clause, tests))),
        )
        for clause in edition.clauses
    ]


def gaps(edition: Edition) -> list[Traced]:
    """The clauses that nothing carries or that no test proves."""
    return [one for one in traced(edition) if one.gap]


def names_of(edition: Edition, clause: Clause) -> list[str]:
    """The names under which code and tests may speak of a clause."""
    own = [f"{edition.key}:{clause.id}"]
    return own + (list(clause.like) if edition.form_from else [clause.id])


def _named(edition: Edition, clause: Clause, by_name: Mapping[str, tuple[T, ...]]) -> list[T]:
    return [one for name in names_of(edition, clause) for one in by_name.get(name, ())]
