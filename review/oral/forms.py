"""The form of an oral approval. What is missing or cannot be, the service says."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django import forms

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
        help_text="In UTC, as 14:05.",
        required=False,
        input_formats=["%H:%M"],
        error_messages={"invalid": "Write the time as 14:05."},
        widget=forms.TextInput(attrs=AS_TEXT),
    )
    oral_means = forms.ChoiceField(label="How was it given?", required=False)
    oral_why = forms.ChoiceField(label="Why could it not wait?", required=False)

    def __init__(self, *args: Any, decision: Decision | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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

    def given(self) -> dict[str, Any]:
        """Keywords for the service."""
        data = self.cleaned_data
        day, time = data["oral_on"], data["oral_time"]
        return {
            "approver": uuid.UUID(data["oral_supervisor"]) if data["oral_supervisor"] else None,
            "given_at": datetime.datetime.combine(day, time, datetime.UTC) if day and time else None,
            "means": data["oral_means"],
            "why": data["oral_why"],
        }
