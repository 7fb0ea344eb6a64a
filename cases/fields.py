"""Form fields that the record needs and the framework lacks."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from cases.dates import UncertainDate

SLASHES = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
DAY_ERRORS = {"invalid": "This could not be read as a day. Write it as 2021-11-29."}


class ScreenedField(forms.CharField):
    """A free text of the record. The page lists what the screen finds in it, as it is typed and when it is saved."""

    screened = True


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


class FilesInput(forms.ClearableFileInput):
    """A choice of several files. The browser never gives a chosen file back, so none is shown again."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Zero or more uploaded files; cleans to a list. What they are is the service's matter."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        one_by_one = super().clean
        return [one_by_one(one, initial) for one in (data or [])]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


class DayField(forms.DateField):
    """A day, written as 2021-11-29 and shown so again. With slashes it must have one reading only."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        kwargs.setdefault("error_messages", DAY_ERRORS)
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and SLASHES.fullmatch(value.strip()):
            return UncertainDate.parse(value).earliest
        return super().to_python(value)
