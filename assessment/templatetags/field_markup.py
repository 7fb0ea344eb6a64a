"""The fields of a page as markup, in one place and at the speed of a join.

A page of factors has about six hundred options and seventy small questions. A template's loop spends thirty times as
long on each, so a field is laid out here, and the page around it in its template. What the edition says of a field is
escaped once and kept; what a person typed is escaped where it is put in.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessment.pages import FieldView, OptionView
from cases.screening.markup import watch_words, words_place
from policy.editions.factors import Factor

register = template.Library()

NO_PIN = "The record holds no fact that can be pinned yet. Add one on the case page; this page is saved as you type."
NO_PIN_OF_FACTOR = "The record holds no fact that can be pinned yet. Add one on the case page."
NO_CHOICE = "There is nothing to choose here."


@register.simple_tag
def field_markup(field: FieldView) -> SafeString:
    """A field with its hint, error, clauses, and the fields that its answer opens."""
    return mark_safe(_field(field))  # noqa: S308 - each part is escaped


@register.simple_tag
def factor_markup(factor: Factor, field: FieldView) -> SafeString:
    """A factor: its presence, and what is asked of one that is present or was not found."""
    hint = f'<span class="usa-hint">{_factor_hint(factor.text, factor.restricted_detail_hint)}</span>'
    parts = [
        '<div class="tot-factor-row">'
        f'<fieldset class="usa-fieldset tot-factor tot-group" id="{field.id}">'
        f'<legend class="usa-legend">{_safe(factor.label)}</legend>{hint}{_error(field)}'
        f'<div class="tot-presence">{_choices(field)}</div>'
    ]
    about = _about(factor.label)
    for one in field.dependants:
        parts.append(f'<div class="tot-if {one.opens_on}">{_of_factor(one, about)}</div>')
    parts.append("</fieldset></div>")
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped


def _field(field: FieldView) -> str:
    opened = "".join(f'<div class="tot-if {one.opens_on}">{_field(one)}</div>' for one in field.dependants)
    return f'<div class="tot-group">{_SHAPES.get(field.kind, _chosen)(field)}{_why(field)}{opened}</div>'


def _text(field: FieldView) -> str:
    return (
        f"{_group(field)}{_label(field)}{_hint(field)}{_error(field)}"
        f'<div {watch_words(field.id, field.name, True)}><textarea class="usa-textarea tot-wide" id="{field.id}" '
        f'name="{field.name}" rows="5"{_described(field)}{_invalid(field)}>\n{escape(field.value)}</textarea></div>'
        f"{words_place(field.id, field.name, field.words, True)}</div>"
    )


def _date(field: FieldView) -> str:
    described = f"{field.id}_hint" + (f" {field.id}_error" if field.error else "")
    return (
        f"{_group(field)}{_label(field)}"
        f'<span class="usa-hint" id="{field.id}_hint">{_safe(field.hint)} As 2021-11-29.</span>{_error(field)}'
        f'<input class="usa-input tot-date" id="{field.id}" name="{field.name}" type="text" inputmode="numeric" '
        f'autocomplete="off" value="{escape(field.value)}" aria-describedby="{described}"{_invalid(field)}></div>'
    )


def _listed(field: FieldView) -> str:
    return (
        f"{_group(field)}{_label(field)}{_hint(field)}{_error(field)}"
        f'<select class="usa-select" id="{field.id}" name="{field.name}"{_described(field)}>'
        f"{_list_options(field.options)}</select></div>"
    )


def _chosen(field: FieldView) -> str:
    pins = field.kind == "pins"
    choices = _choices(field) or _empty(NO_PIN if pins else NO_CHOICE)
    wrapped = f'<div class="tot-pins">{choices}</div>' if pins else choices
    error = " usa-form-group--error" if field.error else ""
    return (
        f'<fieldset class="usa-fieldset usa-form-group{error}" id="{field.id}"{_described(field)}>'
        f'<legend class="usa-legend">{_safe(field.label)}</legend>{_hint(field)}{_error(field)}{wrapped}</fieldset>'
    )


def _of_factor(one: FieldView, about: str) -> str:
    """A small question under a factor; `about` tells screen readers which factor it belongs to."""
    if one.kind == "record":
        return (
            f'<label class="usa-label" for="{one.id}">{_safe(one.label)}{about}</label>{_error(one)}'
            f'<select class="usa-select" id="{one.id}" name="{one.name}">{_list_options(one.options)}</select>'
        )
    if one.kind == "text":
        return (
            f'<label class="usa-label" for="{one.id}">{_safe(one.label)} (optional){about}</label>{_error(one)}'
            f'<div {watch_words(one.id, one.name, True)}><textarea class="usa-textarea tot-wide tot-short" '
            f'id="{one.id}" name="{one.name}" rows="2">\n{escape(one.value)}</textarea></div>'
            f"{words_place(one.id, one.name, one.words, True)}"
        )
    return (
        f'<fieldset class="usa-fieldset" id="{one.id}"><legend class="usa-legend tot-sublegend">'
        f"{_safe(one.label)}{about}</legend>{_error(one)}"
        f'<div class="{"tot-pins" if one.kind == "pins" else "tot-presence"}">'
        f"{_choices(one) or _empty(NO_PIN_OF_FACTOR)}</div></fieldset>"
    )


_SHAPES = {"text": _text, "date": _date, "evidence": _listed, "record": _listed}


def _choices(field: FieldView) -> str:
    """Radio buttons of a field of one answer, boxes of a field of several; empty when there is nothing to choose."""
    kind = "radio" if field.kind == "one" else "checkbox"
    head = f'<div class="usa-{kind}"><input class="usa-{kind}__input" type="{kind}" name="{field.name}" id="'
    label = f'<label class="usa-{kind}__label" for="'
    return "".join(
        [
            f'{head}{option.id}" value="{_safe(option.value)}"{" checked" if option.checked else ""}>'
            f'{label}{option.id}">{_words(kind, option.label, option.hint)}</label></div>'
            for option in field.options
        ]
    )


def _list_options(options: Iterable[OptionView]) -> str:
    return '<option value="">- Choose -</option>' + "".join(
        f'<option value="{_safe(option.value)}"{" selected" if option.checked else ""}>{_safe(option.label)}</option>'
        for option in options
    )


def _group(field: FieldView) -> str:
    return f'<div class="usa-form-group{" usa-form-group--error" if field.error else ""}">'


def _label(field: FieldView) -> str:
    return f'<label class="usa-label" for="{field.id}">{_safe(field.label)}</label>'


def _hint(field: FieldView) -> str:
    return f'<span class="usa-hint" id="{field.id}_hint">{_safe(field.hint)}</span>' if field.hint else ""


def _error(field: FieldView) -> str:
    if not field.error:
        return ""
    return f'<span class="usa-error-message" id="{field.id}_error">{escape(field.error)}</span>'


def _described(field: FieldView) -> str:
    ids = field.describedby
    return f' aria-describedby="{ids}"' if ids else ""


def _invalid(field: FieldView) -> str:
    return ' aria-invalid="true"' if field.error else ""


def _why(field: FieldView) -> str:
    if not field.asked_because:
        return ""
    return _asked_because(field.asked_because, field.label, tuple(field.clauses))


def _empty(words: str) -> str:
    return f'<p class="tot-quiet">{_safe(words)}</p>'


@lru_cache(maxsize=1024)
def _asked_because(because: str, label: str, clauses: tuple[tuple[str, str], ...]) -> str:
    """The edition's own words, the same for every assessment."""
    cited = "".join(
        f'<p class="tot-clause"><strong>{escape(one)}</strong> {escape(words)}</p>' for one, words in clauses
    )
    return (
        '<details class="tot-why"><summary>Asked because …'
        f'<span class="usa-sr-only"> ({escape(label)})</span></summary>'
        f'<p class="tot-clause">{escape(because)}</p>{cited}</details>'
    )


@lru_cache(maxsize=256)
def _factor_hint(text: str, restricted: str) -> str:
    return f"{escape(text)} {escape(restricted)}" if restricted else str(escape(text))


@lru_cache(maxsize=256)
def _about(label: str) -> str:
    return f'<span class="usa-sr-only"> ({escape(label)})</span>'


@lru_cache(maxsize=4096)
def _words(kind: str, label: str, hint: str) -> str:
    """Label and hint of an option, escaped. The same facts stand under every factor, so most calls find them here."""
    more = f'<span class="usa-{kind}__label-description">{escape(hint)}</span>' if hint else ""
    return f"{escape(label)}{more}"


@lru_cache(maxsize=4096)
def _safe(words: str) -> str:
    return str(escape(words))
