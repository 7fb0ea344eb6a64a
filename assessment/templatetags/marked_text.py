"""A text of a decision with what was added and removed since a return. Marks are words as well as lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

MARKS = {
    "added": '<ins><span class="usa-sr-only">[added] </span>{}</ins>',
    "removed": '<del><span class="usa-sr-only">[removed] </span>{}</del>',
    "same": "{}",
}


@register.simple_tag
def prose(text: str, of: Any = None, name: str = "segments") -> SafeString:
    """The text as a paragraph; with marks where `of` (the part of the document that holds it) has them in `name`."""
    segments: Iterable[Any] = of.get(name) or () if isinstance(of, Mapping) else ()
    if not segments:
        return format_html('<p class="tot-prose">{}</p>', text)
    pieces = [format_html(MARKS[one.kind], one.text) for one in segments]
    return format_html('<p class="tot-prose">{}</p>', format_html_join("", "{}", ((one,) for one in pieces)))


@register.simple_tag
def was(of: Any, name: str = "was") -> SafeString:
    """What a line said in the version that was returned; nothing where it says the same."""
    before = of.get(name) if isinstance(of, Mapping) else ""
    if not before:
        return mark_safe("")
    return format_html(
        ' <span class="tot-changed"><strong>Changed since the return.</strong> Was: {}</span>', before
    )
