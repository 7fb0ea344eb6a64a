"""Checks that what an edition names is there (clauses, citations, records, fields, options), once each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .edition import Edition
from .reader import Where

Problem = tuple[Where, str]


def problems(edition: Edition, data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield each broken reference with the place of the value that is wrong."""
    yield from _twice(data)
    yield from _named(edition, data)
    yield from _grounds(edition)
    yield from _questions(edition)
    yield from _subtypes(edition)
    yield from _days(edition)


def _twice(value: Any, where: Where = ()) -> Iterator[Problem]:
    """Keys and ids are unique within their list."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _twice(item, (*where, key))
    elif isinstance(value, tuple):
        seen: set[str] = set()
        for index, item in enumerate(value):
            name = (item.get("id") or item.get("key")) if isinstance(item, Mapping) else None
            if isinstance(name, str):
                if name in seen:
                    yield (*where, index), f"{name!r} is in this list twice; give each entry its own name"
                seen.add(name)
            yield from _twice(item, (*where, index))


def _named(edition: Edition, data: Mapping[str, Any]) -> Iterator[Problem]:
    """Every list that names clauses, sources or records names existing ones."""
    known: dict[str, tuple[str, set[str]]] = {
        "clauses": ("clause", {clause.id for clause in edition.clauses}),
        "sources": ("citation", {citation.key for citation in edition.citations}),
        "records": ("record kind", {kind.key for kind in edition.record_kinds}),
    }
    parts = {heading.key for heading in edition.parts}
    for index, clause in enumerate(edition.clauses):
        if clause.part not in parts:
            yield (
                ("clauses", index, "id"),
                f"clause {clause.id} lies in part {clause.part}, which 'parts' does not list",
            )

    def walk(value: Any, where: Where) -> Iterator[Problem]:
        if isinstance(value, Mapping):
            if value.get("certainty") == "confirmed" and not value.get("sources"):
                name = value.get("id") or value.get("key") or "this value"
                yield (
                    where,
                    f"{name} is marked confirmed and names no source; add 'sources' or change the mark",
                )
            if "since" in value and value.get("certainty") == "background" and not value.get("sources"):
                yield (
                    where,
                    f"the value {value.get('key')!r} names no source; add 'sources', or mark it as design",
                )
            for key, item in value.items():
                if where and key in known and isinstance(item, tuple):
                    kind, names = known[key]
                    if key == "clauses" and not item:
                        yield (*where, key), "this list must name at least one clause"
                    for index, name in enumerate(item):
                        if name not in names:
                            yield (*where, key, index), f"there is no {kind} {name!r} in this edition"
                else:
                    yield from walk(item, (*where, key))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                yield from walk(item, (*where, index))

    yield from walk(data, ())


def _grounds(edition: Edition) -> Iterator[Problem]:
    grounds = {priority.key: {ground.key for ground in priority.grounds} for priority in edition.priorities}
    for index, criterion in enumerate(edition.criteria):
        if criterion.ground not in grounds.get(criterion.priority, set()):
            yield (
                ("criteria", index),
                f"criterion {criterion.key}: there is no ground {criterion.priority}/{criterion.ground}",
            )


def _questions(edition: Edition) -> Iterator[Problem]:
    fields = {question.key for question in edition.questions}
    for index, question in enumerate(edition.questions):
        where: Where = ("questions", index)
        condition = question.required_when
        if (question.required == "when") != (condition is not None):
            yield where, f"question {question.key}: 'required: when' and 'required_when' belong together"
        if question.options and question.options_from:
            yield where, f"question {question.key} has options of its own and from a list; keep one"
        if bool(question.parts) != (question.answer == "texts"):
            yield where, f"question {question.key}: 'parts' belong to an answer of kind 'texts'"
        if condition is None:
            continue
        if condition.field not in fields:
            yield (
                (*where, "required_when", "field"),
                f"there is no question {condition.field!r} in this edition",
            )
            continue
        allowed = {option.key for option in edition.options(condition.field)}
        for value in condition.any_of:
            if value not in allowed:
                yield (*where, "required_when", "any_of"), f"{condition.field!r} has no answer {value!r}"


def _subtypes(edition: Edition) -> Iterator[Problem]:
    for index, factor in enumerate(edition.factors):
        if bool(factor.subtypes) == (factor.subtypes_choice == "none"):
            yield (
                ("factors", index),
                f"factor {factor.key}: 'subtypes' and 'subtypes_choice' (one or several) belong together",
            )


def _days(edition: Edition) -> Iterator[Problem]:
    """Values hold from the day on which the edition takes effect, and no day is without one.

    Full review comes first: a later value that starts before it ends waits for its end.
    """
    for index, criterion in enumerate(edition.criteria):
        for place, parameter in enumerate(criterion.parameters):
            if parameter.since > edition.effective:
                yield (
                    ("criteria", index, "parameters", place, "since"),
                    f"{parameter.key!r} leaves a gap from {edition.effective}, when the edition takes effect, "
                    f"to {parameter.since}; close it",
                )
    regime = edition.review_regime
    for parameter, key in (
        (regime.rigorous_days, "rigorous_days"),
        (regime.rigorous_per_thousand, "rigorous_per_thousand"),
    ):
        if parameter.since != regime.starts:
            yield (
                ("review_regime", key, "since"),
                f"the regime starts on {regime.starts}, this value on {parameter.since}; give both the same day",
            )
    later, until = regime.later_per_thousand.since, regime.rigorous_until
    if later > until:
        yield (
            ("review_regime", "later_per_thousand", "since"),
            f"there is a gap from {until}, when full review ends, to {later}; close it",
        )
