"""The record beside a decision: every fact, used or not, in the record's own order, and what moved since signing.

What stood at signing is read from the log's own document; what stands now from the case. No fact is put first, counted
or marked as better than another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cases.selectors import FactView


@dataclass(frozen=True, kw_only=True, slots=True)
class FactLine:
    """A fact as it stood at signing. `since` tells what became of it, in words; empty when it stands as it was."""

    label: str
    summary: str
    evidence: list[str]
    used_in: list[str]
    why_not: str
    since: str


def fact_lines(document: Mapping[str, Any], facts: Sequence[FactView]) -> list[FactLine]:
    """The facts of a signed document with what the case holds of them now; facts that came later stand last."""
    now = {_stem(fact.ref): fact for fact in facts}
    held = document.get("facts_held") or []
    lines = [
        FactLine(
            label=one["label"],
            summary=one["summary"],
            evidence=one["evidence"],
            used_in=one["used_in"],
            why_not=one["why_not"],
            since=_since(one["ref"], now.get(_stem(one["ref"]))),
        )
        for one in held
    ]
    known = {_stem(one["ref"]) for one in held}
    return lines + [
        FactLine(
            label=fact.label,
            summary=fact.summary,
            evidence=[f"{piece.kind_label}, {piece.source}" for piece in fact.evidence],
            used_in=[],
            why_not=fact.why_not,
            since="Recorded since it was signed.",
        )
        for stem, fact in now.items()
        if held and stem not in known
    ]


def _stem(ref: str) -> str:
    return ref.rpartition(":")[0]


def _since(ref: str, fact: FactView | None) -> str:
    if fact is None:
        return "Taken out of the record since it was signed."
    if fact.ref != ref:
        return f"Changed since it was signed. It says now: {fact.summary}"
    return ""
