"""From what a page posted to answers, and the typed reads that rules and documents make of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from assessment.fields import LONGEST_TEXT, Field, Kind
from cases.dates import UncertainDate

Answers = dict[str, str | list[str]]
MOST_PICKS = 200


def read_posted(posted: QueryDict | Mapping[str, Any], fields: Mapping[str, Field]) -> Answers:
    """The answers that belong to `fields`; empty ones are left out, others are kept as typed.

    A day that could be read is kept in the one spelling in which every page shows days.
    """
    answers: Answers = {}
    for name, one in fields.items():
        if one.many:
            values = posted.getlist(name) if isinstance(posted, QueryDict) else list(posted.get(name, []))
            picked = [value.replace("\x00", "")[:200] for value in values if value][:MOST_PICKS]
            if picked:
                answers[name] = sorted(set(picked))
        else:
            value = str(posted.get(name, "")).replace("\x00", "").replace("\r\n", "\n")
            if one.kind != Kind.TEXT:
                value = value.strip()[:200]
            if value.strip():
                answers[name] = _in_one_spelling(value) if one.kind == Kind.DATE else value
    return answers


def form_errors(answers: Answers, fields: Mapping[str, Field]) -> dict[str, str]:
    """Errors of form that can be told at once: length, dates, values that the edition does not know."""
    errors: dict[str, str] = {}
    for name, value in answers.items():
        one = fields[name]
        if one.kind == Kind.TEXT and len(value) > LONGEST_TEXT:
            errors[name] = (
                f"This text has {len(value):,} characters; {LONGEST_TEXT:,} fit. It is still here and is not saved. "
                "Shorten it, or keep the document as evidence and write here what matters."
            )
        elif one.kind == Kind.DATE and isinstance(value, str):
            try:
                read_day(value)
            except ValidationError as error:
                errors[name] = " ".join(error.messages)
        elif one.kind in (Kind.ONE, Kind.SEVERAL, Kind.RECORD) and one.options:
            known = {option.value for option in one.options}
            picked = value if isinstance(value, list) else [value]
            if not known.issuperset(picked):
                errors[name] = "This answer is not one of the list. Pick one that is shown."
    return errors


def _in_one_spelling(written: str) -> str:
    try:
        return read_day(written).isoformat()
    except ValidationError:
        return written


def read_day(text: str) -> datetime.date:
    """A day that is known to the day. Raises `ValidationError` otherwise."""
    parsed = UncertainDate.parse(text)
    if parsed.earliest != parsed.latest or parsed.certainty == "about":
        raise ValidationError(f"'{text}' is not one day. Write it as 2021-11-29.", code="day")
    return parsed.earliest


def text_of(answers: Mapping[str, Any], name: str) -> str:
    value = answers.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def list_of(answers: Mapping[str, Any], name: str) -> list[str]:
    value = answers.get(name, [])
    return list(value) if isinstance(value, list) else ([value] if value else [])
