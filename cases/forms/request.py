"""A record that is needed, asked for, obtained, or could not be had."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.fields import DayField, ScreenedField
from cases.models import RecordRequest, RequestState
from policy.services import current


class RecordRequestForm(forms.Form):
    use_required_attribute = False

    record_kind = forms.ChoiceField(
        label="Which record?", widget=forms.RadioSelect, error_messages={"required": "Choose the record."}
    )
    asked_of = ScreenedField(
        label="Asked of",
        required=False,
        max_length=200,
        help_text="The court, agency or person that holds it.",
    )
    state = forms.ChoiceField(
        label="Where does it stand?",
        widget=forms.RadioSelect,
        choices=RequestState.choices,
        error_messages={"required": "Choose where the request stands."},
    )
    requested_on = DayField(label="Asked for on", required=False, help_text="Written as 2021-11-29.")
    answered_on = DayField(label="Answered on", required=False)
    reviewed_on = DayField(
        label="Read and reviewed on",
        required=False,
        help_text="The day on which you read it. Leave it empty until then.",
    )
    unavailable_reason = forms.ChoiceField(
        label="Why could it not be had?", required=False, help_text="Only when it could not be had."
    )
    note = ScreenedField(
        label="Note",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Shorten this to 400 characters."},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition, _ = current()
        kinds = [(one.key, one.label) for one in edition.record_kinds]
        reasons = [("", "Does not apply"), *((one.key, one.label) for one in edition.unavailable_reasons)]
        for name, choices in (("record_kind", kinds), ("unavailable_reason", reasons)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def content(self) -> dict[str, Any]:
        """Keywords for the services."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def initial(row: RecordRequest) -> dict[str, Any]:
    names = (
        "record_kind",
        "asked_of",
        "state",
        "requested_on",
        "answered_on",
        "reviewed_on",
        "unavailable_reason",
        "note",
        "version",
    )
    return {name: getattr(row, name) for name in names}
