"""What differs between two editions, or between two contents of one, part by part and with the clauses behind it.

Entries are paired by their keys, clauses of two editions by what they ask (`Clause.like`). Between two editions only
what they say and ask is compared; numbers of clauses, sources and certainty belong to each alone. Between two contents
of one edition everything is. A difference is marked as a rule or as wording, as the digests tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from .base import NotRule, Part
from .clauses import Clause
from .edition import Edition

APART: Final = frozenset({"clauses", "sources", "certainty", "certainty_note", "like", "id"})
"""What belongs to one edition alone and is not compared with another's."""

SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "The edition": ("edition",),
    "Clauses": ("clauses",),
    "Priorities": ("priorities",),
    "Criteria": ("criteria",),
    "Factors": ("factors",),
    "Decision types": ("decision_types",),
    "Review": ("review_regime",),
    "Questions and when they must be answered": ("steps", "questions"),
    "Protected attributes": ("protected_attributes", "narrow_exception"),
    "Records, evidence and other lists": (
        "record_kinds",
        "record_states",
        "unavailable_reasons",
        "evidence_kinds",
        "source_relations",
        "action_places",
        "alienage_bases",
        "charges",
        "citizenship_indicia",
        "referral_sources",
        "presence_states",
        "weights",
        "findings",
        "dispute_answers",
        "dispute_kinds",
        "yes_no_unknown",
        "outcomes",
    ),
    "Sources": ("parts", "citations"),
}
LABELS: Final = {"review_regime": "How much is reviewed", "narrow_exception": "The narrow exception"}
HEAD: Final = (
    "title",
    "short_title",
    "issuer",
    "component",
    "signed",
    "effective",
    "review_by",
    "supersedes",
    "form_from",
    "summary",
    "no_private_right",
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value that differs. Empty where a side does not have it. `rule` says whether it asks something."""

    name: str
    before: str
    after: str
    rule: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that differs: a clause, a factor, a criterion. `sides` is both, before or after."""

    kind: str
    key: str
    label: str
    sides: str
    clauses_before: tuple[str, ...]
    clauses_after: tuple[str, ...]
    values: tuple[Value, ...]

    @property
    def rule(self) -> bool:
        """Whether it changes what is asked, and not only how it is said."""
        return any(value.rule for value in self.values)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs. `rules` and `content` say which of the two digests differ."""

    before: Edition
    after: Edition
    rules: bool
    content: bool
    sections: tuple[Section, ...]


def compare(before: Edition, after: Edition) -> Difference:
    """What changes from one edition (or content) to the other, in the order of an edition's page."""
    apart = APART if before.key != after.key else frozenset()
    listed = []
    for title, names in SECTIONS.items():
        if apart and title == "Sources":
            continue
        entries = [entry for name in names for entry in _entries(name, before, after, apart)]
        if entries:
            listed.append(Section(title, tuple(entries)))
    return Difference(
        before=before,
        after=after,
        rules=before.rules_digest != after.rules_digest,
        content=before.content_digest != after.content_digest,
        sections=tuple(listed),
    )


def _entries(name: str, before: Edition, after: Edition, apart: frozenset[str]) -> Iterator[Entry]:
    if name == "edition":
        yield from _entry(name, "", before, after, apart, only=HEAD)
    elif name in ("review_regime", "narrow_exception"):
        yield from _entry(name, "", getattr(before, name), getattr(after, name), apart)
    elif name == "clauses":
        for old, new in _pairs_of_clauses(before, after):
            yield from _entry(name, _key(old or new), old, new, apart)
    else:
        was: dict[str, Part] = {_key(one): one for one in getattr(before, name)}
        now: dict[str, Part] = {_key(one): one for one in getattr(after, name)}
        if name == "factors":
            # Whether the edition names a factor, or the product asks for it under every edition (`design`).
            apart -= {"certainty"}
        for key in dict.fromkeys([*was, *now]):
            yield from _entry(name, key, was.get(key), now.get(key), apart)


def _pairs_of_clauses(before: Edition, after: Edition) -> Iterator[tuple[Clause | None, Clause | None]]:
    """Clauses that speak of one matter, side by side; the rest alone. One that covers several stands beside each."""
    if before.key == after.key:
        was = {clause.id: clause for clause in before.clauses}
        now = {clause.id: clause for clause in after.clauses}
        yield from ((was.get(key), now.get(key)) for key in dict.fromkeys([*was, *now]))
        return
    left = list(after.clauses)
    for clause in before.clauses:
        asks = set(clause.like or (clause.id,))
        found = next((one for one in left if asks & set(one.like or (one.id,))), None)
        if found is not None:
            left.remove(found)
        yield clause, found
    for clause in left:
        asks = set(clause.like or (clause.id,))
        yield next((one for one in before.clauses if asks & set(one.like or (one.id,))), None), clause


def _key(part: Any) -> str:
    return str(getattr(part, "id", None) or getattr(part, "key", ""))


def _entry(
    kind: str,
    key: str,
    before: Part | None,
    after: Part | None,
    apart: frozenset[str],
    only: Sequence[str] | None = None,
) -> Iterator[Entry]:
    was = dict(_flat(before, apart, only)) if before else {}
    now = dict(_flat(after, apart, only)) if after else {}
    values = tuple(
        Value(
            name,
            was.get(name, ("", False))[0],
            now.get(name, ("", False))[0],
            was.get(name, now.get(name, ("", False)))[1],
        )
        for name in dict.fromkeys([*was, *now])
        if was.get(name, ("", False))[0] != now.get(name, ("", False))[0]
    )
    if not values and (before is None) == (after is None):
        return
    shown = after or before
    yield Entry(
        kind=kind,
        key=key,
        label=str(
            getattr(shown, "label", None)
            or getattr(shown, "title", None)
            or getattr(shown, "question", None)
            or LABELS.get(kind)
            or key
        ),
        sides="both" if before and after else "before" if before else "after",
        clauses_before=_clauses(before),
        clauses_after=_clauses(after),
        values=values,
    )


def _clauses(part: Part | None) -> tuple[str, ...]:
    if part is None:
        return ()
    named = getattr(part, "clauses", None) or ((part.id,) if isinstance(part, Clause) else ())
    return tuple(one for one in named if isinstance(one, str))


def _flat(
    part: BaseModel,
    apart: frozenset[str],
    only: Sequence[str] | None = None,
    path: str = "",
    rule: bool = True,
) -> Iterator[tuple[str, tuple[str, bool]]]:
    """The values of a part by path, each with whether it is a rule."""
    for name, field in type(part).model_fields.items():
        if name in apart or name == "key" or (only is not None and name not in only):
            continue
        counts = rule and not any(isinstance(mark, NotRule) for mark in field.metadata)
        yield from _leaves(getattr(part, name), f"{path}{name}", apart, counts)


def _leaves(
    value: Any, path: str, apart: frozenset[str], rule: bool
) -> Iterator[tuple[str, tuple[str, bool]]]:
    if isinstance(value, BaseModel):
        yield from _flat(value, apart, None, f"{path}.", rule)
    elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        for item in value:
            # The key itself is a rule: an entry that comes or goes changes what can be answered.
            yield f"{path}.{_key(item)}", ("listed", rule)
            yield from _flat(item, apart, None, f"{path}.{_key(item)}.", rule)
    elif isinstance(value, tuple):
        yield path, (", ".join(str(one) for one in value), rule)
    elif isinstance(value, bool):
        yield path, ("yes" if value else "no", rule)
    elif value is not None and value != "":
        yield path, (str(value), rule)
