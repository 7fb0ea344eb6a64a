"""Form fields that the record needs and the framework lacks."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.dates import UncertainDate

DAY_ERRORS = {"invalid": "This could not be read as a day. Write it as 2021-11-29."}


class UncertainDateField(forms.CharField):
    """A date as an officer types it; cleans to `UncertainDate` or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 80)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        return UncertainDate.parse(words) if words else None

    def prepare_value(self, value: Any) -> Any:
        return value.words or str(value) if isinstance(value, UncertainDate) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class DayField(forms.DateField):
    """A day, written as 2021-11-29 and shown so again."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%m/%d/%Y"])
        kwargs.setdefault("error_messages", DAY_ERRORS)
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)
