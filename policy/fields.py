"""The inventory of every field: clause, who sees it, whether it could stand for something protected, who approved it.

Read from `fields.yml`, and for the questions of an edition from the edition itself. Plain Python. A field of a form
that is not in the inventory fails a test; so does a form that the product no longer has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from .editions import Edition
from .editions.base import ClauseId, Part
from .editions.reader import Source, read_file

FILE: Final = Path(__file__).with_name("fields.yml")
NOT_APPROVED: Final = "Nobody yet"
NO_PROXY: Final = "No"
SEEN_BY_WHERE: Final = {
    "assessment": "officer, supervisor, auditor",
    "factor": "officer, supervisor, auditor",
    "decision": "officer, supervisor, auditor",
    "review": "supervisor, officer, auditor",
    "status": "officer, supervisor",
}


class Named(Part):
    name: str
    label: str
    proxy: str = ""


class Group(Part):
    """Fields of some forms. `forms` are names of form classes; a field may stand in one of them or in a template."""

    title: str
    forms: tuple[str, ...]
    clauses: tuple[ClauseId, ...]
    seen_by: tuple[str, ...]
    fields: tuple[Named, ...]


class OfQuestion(Part):
    key: str
    proxy: str


class Inventory(Part):
    approved: str
    questions: tuple[OfQuestion, ...]
    groups: tuple[Group, ...]
    controls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the inventory."""

    part: str
    name: str
    label: str
    clauses: tuple[str, ...]
    seen_by: str
    proxy: str
    approved_by: str


@lru_cache(maxsize=1)
def inventory() -> Inventory:
    """The file, read once. Raises EditionError with file and line."""
    source = Source()
    read_file(FILE, source)
    try:
        return Inventory.model_validate(source.data)
    except ValidationError as error:
        first = error.errors()[0]
        raise source.error(first["loc"], f"cannot be used: {first['msg']}") from error


def fields(edition: Edition, approved_by: str) -> list[Field]:
    """Every field: the questions of an edition, approved by who activated it, then the rest of the product."""
    return [*_questions(edition, approved_by), *_rest(edition)]


def _questions(edition: Edition, approved_by: str) -> Iterator[Field]:
    proxies = {one.key: one.proxy for one in inventory().questions}
    for question in edition.questions:
        yield Field(
            part=f"Question ({question.where})",
            name=question.key,
            label=question.label,
            clauses=question.clauses,
            seen_by=SEEN_BY_WHERE[question.where],
            proxy=proxies.get(question.key, NO_PROXY),
            approved_by=approved_by,
        )


def _rest(edition: Edition) -> Iterator[Field]:
    kept = inventory()
    for group in kept.groups:
        for one in group.fields:
            yield Field(
                part=group.title,
                name=one.name,
                label=one.label,
                clauses=tuple(dict.fromkeys(edition.clause(clause).id for clause in group.clauses)),
                seen_by=", ".join(group.seen_by),
                proxy=one.proxy or NO_PROXY,
                approved_by=kept.approved or NOT_APPROVED,
            )
