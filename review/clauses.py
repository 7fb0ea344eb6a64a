"""The clauses behind each part of a decision, one click away: their words in place, each with a link to its edition.

They are those of the content that the decision was signed under, and the same whatever was decided; they are no part
of what was signed. The markup is a constant of that content, so it is made once for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assessment.models import DecisionVersion
from policy import contents
from policy.editions import Edition

# Parts of the document by their anchors, with the step or the question whose clauses stand behind them.
STEPS: Final = {
    "records": "records",
    "factors": "factors",
    "dispute": "dispute",
    "consequences": "consequences",
}
QUESTIONS: Final = {
    "opposite": "opposite_case",
    "outcome": "outcome",
    "rationale": "rationale",
    "ground": "no_priority_ground",
    "review": "review_overriding_answer",
}


def with_clauses(document: Mapping[str, Any], version: DecisionVersion) -> dict[str, Any]:
    """A document as a review shows it: with the clauses of its parts."""
    key, digest = version.edition_key, version.content_digest
    stands = contents.activated(key) and contents.in_force(key).content_digest == digest
    return {**document, "clauses": clauses_of(digest, stands=stands)}


@lru_cache(maxsize=16)
def clauses_of(digest: str, *, stands: bool) -> dict[str, SafeString]:
    """Markup by part, `finding:<priority>` and `factor:<key>` among them; `stands`: the content is in force.

    Content that was replaced since is linked to as it was.
    """
    edition = contents.by_digest(digest)
    address = reverse("policy:edition", args=[edition.key])
    if not stands:
        address += "?" + urlencode({"content": digest})
    return {part: _words(edition, address, ids) for part, ids in _parts(edition)} | {
        f"factor:{one.key}": _links(edition, address, one.clauses) for one in edition.factors
    }


def _parts(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    steps = {one.key: one.clauses for one in edition.steps}
    questions = {one.key: one.clauses for one in edition.questions}
    for part, key in STEPS.items():
        if key in steps:
            yield part, steps[key]
    for part, key in QUESTIONS.items():
        if key in questions:
            yield part, questions[key]
    for priority in edition.priorities:
        yield f"finding:{priority.key}", priority.clauses


def _words(edition: Edition, address: str, ids: Iterable[str]) -> SafeString:
    """The numbers of the clauses; opened, their words, each with its place in the edition."""
    clauses = [edition.clause(one) for one in ids]
    if not clauses:
        return SafeString("")
    lines = format_html_join(
        "",
        '<p class="tot-clause"><a href="{}#{}">{}</a> {}</p>',
        ((address, one.anchor, one.id, one.text) for one in clauses),
    )
    numbers = ", ".join(one.id for one in clauses)
    what = "Clause" if len(clauses) == 1 else "Clauses"
    return format_html(
        '<details class="tot-clauses"><summary>{} {}</summary>{}</details>', what, numbers, lines
    )


def _links(edition: Edition, address: str, ids: Iterable[str]) -> SafeString:
    """The numbers alone, each with its place in the edition: a row of a table has no room for more."""
    links = format_html_join(
        ", ",
        '<a href="{}#{}">{}</a>',
        ((address, one.anchor, one.id) for one in map(edition.clause, ids)),
    )
    return format_html(' <span class="tot-quiet tot-clauses">{}</span>', links) if links else SafeString("")
