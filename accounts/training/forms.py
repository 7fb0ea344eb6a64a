"""One training, by hand."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Role, User


class TrainingForm(forms.Form):
    username = forms.ChoiceField(label="Officer", error_messages={"required": "Choose the officer."})
    course = forms.CharField(
        label="Course", max_length=120, error_messages={"required": "Write the name of the course."}
    )
    completed_on = forms.DateField(
        label="Completed on",
        help_text="As 2021-11-29.",
        error_messages={"required": "Write the day.", "invalid": "Write the day as 2021-11-29."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    expires_on = forms.DateField(
        label="Expires on",
        help_text="As 2022-11-29.",
        error_messages={"required": "Write the day.", "invalid": "Write the day as 2022-11-29."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = User.objects.filter(office=by.office_id, role=Role.OFFICER, is_active=True).order_by(
            "full_name"
        )
        field = self.fields["username"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", "Choose one"), *[(one.username, one.full_name) for one in officers]]
