"""The form of an oral approval. What is missing or cannot be, the service says."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from accounts.zones import UTC, local_moment, zone_of
from assessment.models import Decision
from review.models import CouldNotWait, Means
from review.oral.selectors import could_approve

AS_TEXT = {"autocomplete": "off"}


class OralApprovalForm(forms.Form):
    oral_supervisor = forms.ChoiceField(label="Who approved it?", required=False)
    oral_on = forms.DateField(
        label="On which day?",
        help_text="As 2021-11-29.",
        required=False,
        error_messages={"invalid": "Write the day as 2021-11-29."},
        widget=forms.TextInput(attrs=AS_TEXT),
    )
    oral_time = forms.TimeField(
        label="At what time?",
        help_text="In the time of the decision's office, as 14:05.",
        required=False,
        input_formats=["%H:%M"],
        error_messages={"invalid": "Write the time as 14:05."},
        widget=forms.TextInput(attrs=AS_TEXT),
    )
    oral_means = forms.ChoiceField(label="How was it given?", required=False)
    oral_why = forms.ChoiceField(label="Why could it not wait?", required=False)

    def __init__(self, *args: Any, decision: Decision | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone_of(decision.office_id) if decision is not None else UTC
        if decision is not None:
            self.fields[
                "oral_time"
            ].help_text = f"In the time of {decision.office.name} ({self.zone}), as 14:05."
        people = could_approve(decision) if decision is not None else []
        choices: dict[str, list[tuple[str, str]]] = {
            "oral_supervisor": [(str(one.pk), one.full_name) for one in people],
            "oral_means": list(Means.choices),
            "oral_why": list(CouldNotWait.choices),
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = [("", "Choose one"), *found]
            # The message of the framework repeats what was sent, whatever its size.
            field.error_messages["invalid_choice"] = "Choose one of those that are listed."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        day, time = data.get("oral_on"), data.get("oral_time")
        if day and time and local_moment(day, time, self.zone) is None:
            self.add_error(
                "oral_time",
                "The clock skipped this time when daylight saving time began. Write the time that it showed.",
            )
        return data

    def given(self) -> dict[str, Any]:
        """Keywords for the service."""
        data = self.cleaned_data
        day, time = data["oral_on"], data["oral_time"]
        return {
            "approver": uuid.UUID(data["oral_supervisor"]) if data["oral_supervisor"] else None,
            "given_at": local_moment(day, time, self.zone) if day and time else None,
            "means": data["oral_means"],
            "why": data["oral_why"],
        }
