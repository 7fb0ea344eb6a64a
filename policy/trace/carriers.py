"""What carries a clause: declared by the code itself, or read from the edition's own data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from policy.editions import Edition

Kind = Literal[
    "field", "rule", "report", "page", "criterion", "priority", "factor", "decision type", "list", "data"
]


@dataclass(frozen=True, slots=True)
class Carrier:
    """One piece of the product. `note` says what it does not do yet, where that is so."""

    kind: Kind
    name: str
    note: str = ""


_declared: dict[str, list[Carrier]] = {}
_F = TypeVar("_F", bound=Callable[..., Any])


def carries(*clauses: str, kind: Kind = "rule", name: str = "", note: str = "") -> Callable[[_F], _F]:
    """Decorator: the function carries these clauses. It stays as it is."""

    def declare_it(function: _F) -> _F:
        declare(Carrier(kind, name or function.__name__, note), *clauses)
        return function

    return declare_it


def declare(carrier: Carrier, *clauses: str) -> None:
    """Say that a page, report or other piece carries these clauses; doing it twice changes nothing."""
    for clause in clauses:
        listed = _declared.setdefault(clause, [])
        if carrier not in listed:
            listed.append(carrier)


def declared() -> dict[str, tuple[Carrier, ...]]:
    """All that was declared, by clause."""
    return {clause: tuple(listed) for clause, listed in _declared.items()}


def of_data(edition: Edition) -> Iterator[tuple[str, Carrier]]:
    """What the edition's own data carries, clause by clause."""
    for question in edition.questions:
        yield from ((one, Carrier("field", question.key)) for one in question.clauses)
    for priority in edition.priorities:
        yield from ((one, Carrier("priority", priority.key)) for one in priority.clauses)
    for criterion in edition.criteria:
        yield from ((one, Carrier("criterion", criterion.key)) for one in criterion.clauses)
    for factor in edition.factors:
        yield from ((one, Carrier("factor", factor.key)) for one in factor.clauses)
    for kind in edition.decision_types:
        yield from ((one, Carrier("decision type", kind.key)) for one in kind.clauses)
    for record in edition.record_kinds:
        yield from ((one, Carrier("list", f"record {record.key}")) for one in record.clauses)
    for attribute in edition.protected_attributes:
        yield from (
            (one, Carrier("list", f"protected attribute {attribute.key}")) for one in attribute.clauses
        )
    yield from ((one, Carrier("data", "narrow exception")) for one in edition.narrow_exception.clauses)
    yield from ((one, Carrier("data", "review regime")) for one in edition.review_regime.clauses)
