"""The sections of a decision's document that a return point can speak of; the keys are the page's anchors."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

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


def point(index: int, about: str, text: str) -> SafeString:
    """The fields of one point of a return. An empty one is built once, because a page has five of them."""
    return _point(index, about, text) if about or text else _empty_point(index)


def _point(index: int, about: str, text: str) -> SafeString:
    context = {"index": index, "about": about, "text": text, "sections": SECTIONS.items()}
    return render_to_string("review/_point.html", context)


@lru_cache(maxsize=16)
def _empty_point(index: int) -> SafeString:
    return _point(index, "", "")
