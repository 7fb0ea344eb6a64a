"""The options of a field as markup, in one place and at the speed of a join.

A page of factors has about six hundred of them. A template's loop spends thirty times as long on each, so the mark-up
of an option stands here and all else of a field in its template.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessment.pages import FieldView, OptionView

register = template.Library()


@register.simple_tag
def answer_options(field: FieldView) -> SafeString:
    """Radio buttons of a field of one answer, boxes of a field of several; empty when there is nothing to choose."""
    kind = "radio" if field.kind == "one" else "checkbox"
    name = escape(field.name)
    return mark_safe("".join(_choice(kind, name, option) for option in field.options))  # noqa: S308 - each part is escaped


@register.simple_tag
def select_options(options: Iterable[OptionView]) -> SafeString:
    """The options of a list to choose one from."""
    return mark_safe(  # noqa: S308 - each part is escaped
        "".join(
            f'<option value="{escape(option.value)}"{" selected" if option.checked else ""}>'
            f"{escape(option.label)}</option>"
            for option in options
        )
    )


@register.simple_tag
def answer_fieldset(field: FieldView, about: str, empty: str) -> SafeString:
    """A small question of one or several answers; `about` tells screen readers which factor it belongs to.

    `empty` is said where there is nothing to choose. A page of factors has about seventy of these.
    """
    kind = "radio" if field.kind == "one" else "checkbox"
    name = escape(field.name)
    choices = "".join(_choice(kind, name, option) for option in field.options)
    error = f'<span class="usa-error-message">{escape(field.error)}</span>' if field.error else ""
    return mark_safe(  # noqa: S308 - each part is escaped
        f'<fieldset class="usa-fieldset" id="{escape(field.id)}">'
        f'<legend class="usa-legend tot-sublegend">{escape(field.label)}'
        f'<span class="usa-sr-only"> ({escape(about)})</span></legend>{error}'
        f'<div class="{"tot-pins" if field.kind == "pins" else "tot-presence"}">'
        f"{choices or _empty(empty)}</div></fieldset>"
    )


def _empty(words: str) -> str:
    return f'<p class="tot-quiet">{escape(words)}</p>'


def _choice(kind: str, name: str, option: OptionView) -> str:
    identifier, value = escape(option.id), escape(option.value)
    return (
        f'<div class="usa-{kind}"><input class="usa-{kind}__input" id="{identifier}" type="{kind}" name="{name}" '
        f'value="{value}"{" checked" if option.checked else ""}>'
        f'<label class="usa-{kind}__label" for="{identifier}">{_words(kind, option.label, option.hint)}</label></div>'
    )


@lru_cache(maxsize=4096)
def _words(kind: str, label: str, hint: str) -> str:
    """Label and hint of an option, escaped. The same facts stand under every factor, so most calls find them here."""
    more = f'<span class="usa-{kind}__label-description">{escape(hint)}</span>' if hint else ""
    return f"{escape(label)}{more}"
