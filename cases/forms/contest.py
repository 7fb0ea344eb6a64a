"""The form that contests found words: a ground, and for an element of the offense what shows it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from cases.models import ContestCategory


class ContestForm(forms.Form):
    """Nothing is required of the browser, so that every message is the service's."""

    use_required_attribute = False

    screened = forms.UUIDField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    category = forms.ChoiceField(
        label="On which ground may the words stand?",
        required=False,
        choices=ContestCategory.choices,
        widget=forms.RadioSelect,
    )
    statute = forms.CharField(
        label="Statute of the charged offense",
        required=False,
        max_length=120,
        help_text="Only for an element of the charged offense, for example 18 U.S.C. 249.",
    )
    contest_evidence = forms.ChoiceField(
        label="Charging document or judgment",
        required=False,
        help_text="Only for an element of the charged offense; evidence of this case.",
    )

    def __init__(self, *args: Any, evidence_choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contest_evidence"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "None"), *evidence_choices]

    def chosen_evidence(self) -> uuid.UUID | None:
        value = self.cleaned_data["contest_evidence"]
        return uuid.UUID(value) if value else None
