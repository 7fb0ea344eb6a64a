"""The form of a cover: who, and between which moments in the time of the covered office."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from accounts.models import User
from accounts.zones import UTC, local_moment, zone_of
from review.cover.selectors import could_cover

AS_TEXT = {"autocomplete": "off"}
SKIPPED = "The clock skipped this time when daylight saving time began. Write one that it shows."


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text="As 2021-11-29.",
        required=False,
        error_messages={"invalid": "Write the day as 2021-11-29."},
        widget=forms.TextInput(attrs=AS_TEXT),
    )


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text="In the office's time, as 18:00.",
        required=False,
        input_formats=["%H:%M"],
        error_messages={"invalid": "Write the time as 18:00."},
        widget=forms.TextInput(attrs=AS_TEXT),
    )


class CoverForm(forms.Form):
    cover_person = forms.ChoiceField(
        label="Who covers?",
        required=False,
        error_messages={"invalid_choice": "Choose one of those that are listed."},
    )
    cover_from_day = _day("From which day?")
    cover_from_time = _time("From what time?")
    cover_until_day = _day("Until which day?")
    cover_until_time = _time("Until what time?")

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone_of(user.office_id) if user is not None else UTC
        people = could_cover(user.office_id) if user is not None else []
        if user is not None:
            for name in ("cover_from_time", "cover_until_time"):
                self.fields[name].help_text = f"In the time of {user.office.name} ({self.zone}), as 18:00."
        field = self.fields["cover_person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        named = [(str(one.pk), f"{one.full_name}, {one.office.name}") for one in people]
        field.choices = [("", "Choose one"), *named]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for end in ("from", "until"):
            day, time = data.get(f"cover_{end}_day"), data.get(f"cover_{end}_time")
            moment = local_moment(day, time, self.zone) if day and time else None
            if day and time and moment is None:
                self.add_error(f"cover_{end}_time", SKIPPED)
            data[f"cover_{end}"] = moment
        return data

    def given(self) -> dict[str, Any]:
        """Keywords for the service."""
        data = self.cleaned_data
        person = data["cover_person"]
        return {
            "person": uuid.UUID(person) if person else None,
            "starts": data["cover_from"],
            "ends": data["cover_until"],
        }
