"""The sections of a decision's document that a return point can speak of; the keys are the page's anchors."""

from __future__ import annotations

SECTIONS = {
    "records": "Records",
    "findings": "Priorities",
    "factors": "Factors",
    "dispute": "Labor or housing dispute",
    "consequences": "Consequences",
    "opposite": "Opposite case",
    "outcome": "Outcome",
    "rationale": "Reasons",
}


def label_of(key: str) -> str:
    """Words of a section; empty for a point about the whole."""
    return SECTIONS.get(key, "")
