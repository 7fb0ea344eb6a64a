"""Small words for templates. Reads only the edition."""

from __future__ import annotations

from typing import Any

from django import template

from assessment.fields import Field
from cases.screening.markup import watch_words, words_place
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


register.simple_tag(watch_words)
register.simple_tag(words_place)
