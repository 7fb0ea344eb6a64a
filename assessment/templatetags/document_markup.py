"""The long parts of a decision as markup: its factors, its pins, the record beside it. At the speed of a join.

A document is read on every review, and its factors are two tables of about twenty rows; as template loops they took
a third of the page's time. All that comes from people is escaped where it is put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Protocol

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessment.templatetags.marked_text import prose, was

register = template.Library()

CAPTIONS = {"aggravating": "Aggravating", "mitigating": "Mitigating"}
HEAD = (
    '<thead><tr><th scope="col">Factor</th><th scope="col">Answer</th>'
    '<th scope="col">Weight and why</th></tr></thead>'
)


class FactLine(Protocol):
    """A fact of the record as a review shows it."""

    summary: str
    evidence: Iterable[str]
    used_in: Iterable[str]
    why_not: str
    since: str


@register.filter
def clauses(document: Mapping[str, Any], part: str) -> str:
    """The clauses behind a part, where the page brought them along (a review does); else nothing."""
    return _clauses(document).get(part, "")


def _clauses(document: Mapping[str, Any]) -> Mapping[str, str]:
    found: Mapping[str, str] = document.get("clauses") or {}
    return found


@register.simple_tag
def not_looked(factors: Iterable[Mapping[str, Any]]) -> SafeString:
    """The factors that nobody looked for, in the edition's order."""
    labels = [escape(one["label"]) for one in factors if one["detail"].get("presence") == "did_not_look"]
    return _safe(f"<p>Did not look: {'; '.join(labels)}.</p>" if labels else "")


@register.simple_tag
def record_list(records: Iterable[Mapping[str, Any]]) -> SafeString:
    """What was read, and what the case says of it."""
    return _safe(f'<ul class="usa-list">{"".join(_record(one) for one in records)}</ul>')


def _record(record: Mapping[str, Any]) -> str:
    parts = [record["state_label"], record.get("on"), record.get("reason")]
    says = "; ".join(record.get("case_says") or ())
    case = f' <span class="tot-quiet">[the case: {escape(says)}]</span>' if says else ""
    stands = escape(", ".join(str(one) for one in parts if one))
    return f"<li><strong>{escape(record['label'])}:</strong> {stands}{case}{was(record)}</li>"


@register.simple_tag
def finding_list(document: Mapping[str, Any]) -> SafeString:
    """Each priority with its grounds, its criteria and what would settle them."""
    behind = _clauses(document)
    return _safe(
        "".join(_finding(one, behind.get(f"finding:{one['priority']}", "")) for one in document["findings"])
    )


def _finding(finding: Mapping[str, Any], behind: str) -> str:
    detail = finding["detail"]
    parts = [f"<h3>{escape(finding['label'])}: {escape(finding['finding_label'])}</h3>", was(finding), behind]
    if finding.get("grounds"):
        parts.append(f"<p>Grounds: {escape('; '.join(finding['grounds']))}</p>")
    if detail.get("source"):
        day = detail.get("information_date")
        of = f", information of {escape(day)}" if day else ""
        parts.append(f"<p>Source: {escape(detail['source'])}{of}</p>")
    parts.append(pinned(detail.get("pins"), detail))
    for criterion in detail.get("criteria") or ():
        lines = [
            *(criterion.get("trace") or ()),
            *(f"Would settle it: {one}" for one in criterion.get("settles") or ()),
        ]
        parts.append(
            f"<p><strong>Criterion: {escape(criterion['answer'])}.</strong> {escape(criterion['question'])}</p>"
            f'<ul class="usa-list">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'
        )
    if detail.get("why_current"):
        parts += ["<p><strong>Why current</strong></p>", prose(detail["why_current"], detail)]
    return "".join(parts)


@register.simple_tag
def factor_tables(document: Mapping[str, Any]) -> SafeString:
    """One table a side, in the edition's order."""
    tables = []
    behind = _clauses(document)
    for side, listed in groupby(document["factors"], key=lambda one: one["side"]):
        rows = "".join(_factor(one, behind.get(f"factor:{one['key']}", "")) for one in listed)
        caption = CAPTIONS.get(side, CAPTIONS["mitigating"])
        tables.append(
            f'<table class="tot-table cards-on-small"><caption>{caption}</caption>{HEAD}<tbody>{rows}</tbody></table>'
        )
    return _safe("".join(tables))


def _factor(factor: Mapping[str, Any], behind: str) -> str:
    detail = factor["detail"]
    record = f" in: {escape(detail['record'])}" if detail.get("record") else ""
    kinds = f": {escape(', '.join(detail['subtypes']))}" if detail.get("subtypes") else ""
    why = prose(detail.get("why", ""), detail) if detail.get("why") or detail.get("segments") else ""
    return (
        f'<tr><th scope="row">{escape(factor["label"])}{behind}</th>'
        f'<td data-label="Answer">{escape(detail.get("presence_label", ""))}{record}{kinds}{was(factor)}</td>'
        f'<td data-label="Weight and why">{escape(detail.get("weight_label", ""))}{why}'
        f"{pinned(detail.get('pins'), detail)}</td></tr>"
    )


@register.simple_tag
def pinned(pins: Iterable[Mapping[str, Any]] | None, of: Any = None) -> SafeString:
    """Pinned facts; `of` is the part of the document that holds them, which may tell what changed."""
    gone = of.get("pins_gone") or () if isinstance(of, Mapping) else ()
    lines = [_pin(one) for one in pins or ()]
    lines += [
        f'<li><del>{escape(one)}</del> <span class="tot-changed"><strong>Pin taken away since the return.</strong>'
        "</span></li>"
        for one in gone
    ]
    return _safe(f'<ul class="usa-list tot-pinned">{"".join(lines)}</ul>' if lines else "")


def _pin(pin: Mapping[str, Any]) -> str:
    evidence = escape("; ".join(pin.get("evidence") or ()) or "no evidence under it")
    new = (
        ' <span class="tot-changed"><strong>Pinned since the return.</strong></span>'
        if pin.get("new")
        else ""
    )
    return f'<li>{escape(pin["summary"])} <span class="tot-quiet">[{evidence}]</span>{new}</li>'


@register.simple_tag
def fact_rows(facts: Iterable[FactLine]) -> SafeString:
    """The rows of the whole record, used and not used."""
    rows = [
        f'<tr><th scope="row">{escape(one.summary)}</th>'
        f'<td data-label="Evidence">{escape("; ".join(one.evidence) or "none")}</td>'
        f'<td data-label="Used in">{escape(", ".join(one.used_in) or "not used")}{_why_not(one.why_not)}</td>'
        f'<td class="tot-unbroken" data-label="Since signing">{_since(one.since)}</td></tr>'
        for one in facts
    ]
    return _safe("".join(rows) or '<tr><td colspan="4">The record held no fact.</td></tr>')


def _why_not(words: str) -> str:
    return f'<br><span class="tot-quiet">{escape(words)}</span>' if words else ""


def _since(words: str) -> str:
    return f'<strong class="tot-changed">{escape(words)}</strong>' if words else "unchanged"


def _safe(markup: str) -> SafeString:
    return mark_safe(markup)  # noqa: S308 - each part is escaped
