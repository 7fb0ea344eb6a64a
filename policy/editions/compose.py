"""An edition that names another's form is completed from it: the same questions and closed lists, its own clauses.

What an edition does not say itself comes from the named form, marked as a choice of this product (`design`), without
the other's sources. Each inherited piece then names the clause of *this* edition that asks for it: the first clause
whose `like` lists the form's clause, or else a clause of the product's own method (`method.yml`, part M). An entry
that the edition repeats by its key changes only what it writes. Nothing is taken over without a clause.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .reader import Source, Where

MERGED: Final = ("questions", "steps", "factors", "decision_types")
"""Lists whose entries an edition may change one by one."""
WHOLE: Final = (
    "protected_attributes",
    "narrow_exception",
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
)
"""What an edition takes as it is, or says itself as a whole."""
LAID_OVER: Final = ("review_regime",)
"""Mappings of which an edition changes single values, at any depth."""


def compose(own: Source, form: Source, method: Source) -> Source:
    """The edition's data with the form's under it. Raises EditionError for what cannot be joined."""
    work = _Composing(own, form, method)
    work.clauses()
    for key in WHOLE:
        if key not in own.data and key in form.data:
            work.take((key,), form.data[key], (key,))
    for key in MERGED:
        work.merge(key)
    for key in LAID_OVER:
        work.lay_over(key)
    work.result.data.pop("leaves_out", None)
    return work.result


class _Composing:
    def __init__(self, own: Source, form: Source, method: Source) -> None:
        self.own, self.form, self.method = own, form, method
        self.result = Source(dict(own.data), dict(own.places))
        self.answered_by: dict[str, str] = {}

    def clauses(self) -> None:
        """The edition's own clauses, then those of the method that none of its own stands for."""
        listed: list[Any] = []
        theirs = {clause.get("id") for clause in self.form.data["clauses"]}
        for index, clause in enumerate(self.own.data.get("clauses", ())):
            if clause.get("id") in theirs:
                raise self.own.error(
                    ("clauses", index, "id"),
                    f"{clause['id']!r} is the number of a clause of {self.own.data['form_from']}; use another",
                )
            for place, one in enumerate(clause.get("like", ())):
                if one not in theirs:
                    raise self.own.error(
                        ("clauses", index, "like", place),
                        f"{self.own.data['form_from']} has no clause {one!r}",
                    )
            listed.append(clause)
            self._answers(clause)
        for index, clause in enumerate(self.method.data["clauses"]):
            if all(one in self.answered_by for one in clause["like"]):
                continue
            self._places(clause, ("clauses", len(listed)), self.method, ("clauses", index))
            listed.append(clause)
            self._answers(clause)
        self.result.data["clauses"] = tuple(listed)
        self.result.data["parts"] = (*self.own.data.get("parts", ()), *self.method.data["parts"])

    def _answers(self, clause: Mapping[str, Any]) -> None:
        for one in clause.get("like", ()):
            self.answered_by.setdefault(one, clause["id"])

    def merge(self, key: str) -> None:
        """The form's list with the edition's own entries laid over it, by their keys."""
        own = {entry.get("key"): (index, entry) for index, entry in enumerate(self.own.data.get(key, ()))}
        left_out = set(self.own.data.get("leaves_out", {}).get(key, ()))
        known = {entry["key"] for entry in self.form.data[key]}
        for name in left_out - known:
            raise self.own.error(("leaves_out", key), f"there is no {name!r} in the form's {key}")
        listed: list[Any] = []
        for index, entry in enumerate(self.form.data[key]):
            if entry["key"] in left_out:
                continue
            where: Where = (key, len(listed))
            taken = self._inherited(entry, (key, index))
            self._places(entry, where, self.form, (key, index))
            if entry["key"] in own:
                place, change = own.pop(entry["key"])
                self._places(change, where, self.own, (key, place))
                taken = {**taken, **change}
            listed.append(taken)
        for place, entry in own.values():
            self._places(entry, (key, len(listed)), self.own, (key, place))
            listed.append(entry)
        self.result.data[key] = tuple(listed)

    def lay_over(self, key: str) -> None:
        """The form's mapping with the edition's own values over it."""
        own = self.own.data.get(key, {})
        self.take((key,), self.form.data[key], (key,))
        self._places(own, (key,), self.own, (key,))
        self.result.data[key] = _over(self.result.data[key], own)

    def take(self, where: Where, value: Any, source: Where) -> None:
        """A top-level value of the form."""
        self._places(value, where, self.form, source)
        self.result.data[str(where[0])] = self._inherited(value, source)

    def _inherited(self, value: Any, where: Where) -> Any:
        if isinstance(value, Mapping):
            taken = {
                key: self._inherited(item, (*where, key)) for key, item in value.items() if key != "sources"
            }
            if "certainty" in taken:
                taken["certainty"] = "design"
            if isinstance(value.get("clauses"), tuple):
                taken["clauses"] = tuple(
                    dict.fromkeys(self._own_clause(one, where) for one in value["clauses"])
                )
            return taken
        if isinstance(value, tuple):
            return tuple(self._inherited(item, (*where, index)) for index, item in enumerate(value))
        return value

    def _own_clause(self, clause: str, where: Where) -> str:
        if clause not in self.answered_by:
            raise self.form.error(
                where,
                f"edition {self.own.data.get('key')}: none of its clauses is like {clause}; name it in 'like'",
            )
        return self.answered_by[clause]

    def _places(self, value: Any, where: Where, source: Source, source_where: Where) -> None:
        if source_where in source.places:
            self.result.places[where] = source.places[source_where]
        if isinstance(value, Mapping):
            for key, item in value.items():
                self._places(item, (*where, key), source, (*source_where, key))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                self._places(item, (*where, index), source, (*source_where, index))


def _over(under: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **under,
        **{
            key: _over(under[key], value)
            if isinstance(value, Mapping) and isinstance(under.get(key), Mapping)
            else value
            for key, value in own.items()
        },
    }
