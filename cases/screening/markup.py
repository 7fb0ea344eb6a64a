"""The markup around a free text that is screened as it is typed, and the place below it for what was found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.screening.words import Word


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
