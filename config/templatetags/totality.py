"""Small words for templates. Reads only the edition."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessment.fields import Field
from cases.screening.words import Word
from policy.services import current

register = template.Library()


@register.filter
def decision_title(decision_type: str, direction: str) -> str:
    """What is being considered, in the edition's words; an unknown code is shown as it is."""
    edition, _ = current()
    try:
        return edition.decision_type(decision_type).label(direction)
    except KeyError:
        return decision_type


@register.filter
def answer_words(value: Any, field: Field) -> str:
    """An answer in words: the option's label, or the text itself; pins are told by their number."""
    picked = value if isinstance(value, list) else [value] if value else []
    if not picked:
        return "Nothing"
    if field.kind in ("pins", "evidence"):
        return "1 item" if len(picked) == 1 else f"{len(picked)} items"
    labels = {option.value: option.label for option in field.options}
    return "; ".join(labels.get(one) or one for one in picked)


@register.filter
def record_words(record_kind: str) -> str:
    """A kind of record in the edition's words; an unknown code is shown as it is."""
    edition, _ = current()
    try:
        return edition.record_kind(record_kind).label
    except KeyError:
        return record_kind


@register.simple_tag
@lru_cache(maxsize=1024)
def watch_words(identifier: str, name: str, take: bool) -> SafeString:
    """Attributes of the element around a free text that is screened as it is typed. A tag, because pages have many."""
    return format_html(
        'hx-post="{}" hx-trigger="input delay:500ms" hx-target="#{}_words" hx-swap="innerHTML" hx-sync="this:replace"'
        ' hx-params="csrfmiddlewaretoken,screened_field,take,{}"'
        ' hx-vals=\'{{"screened_field": "{}", "take": "{}"}}\'',
        reverse("cases:screen"),
        identifier,
        name,
        name,
        "yes" if take else "",
    )


@register.simple_tag
def words_place(identifier: str, name: str, words: Sequence[Word] | None, take: bool) -> SafeString:
    """Under a free text: what the screen found in it, and the line that tells screen readers of a change."""
    if not words:
        return _empty_place(identifier)
    context = {"words": words, "name": name, "take": take}
    return _place(identifier, render_to_string("components/words.html", context))


@lru_cache(maxsize=1024)
def _empty_place(identifier: str) -> SafeString:
    return _place(identifier, "")


def _place(identifier: str, found: str) -> SafeString:
    return format_html(
        '<div class="tot-words__place" id="{}_words">{}</div>'
        '<span class="usa-sr-only" id="{}_said" role="status"></span>',
        identifier,
        found,
        identifier,
    )
