"""Ordering full review for an office."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import UNASSIGNED
from accounts.selectors import office_choices
from review.models import FullReviewReason


class FullReviewForm(forms.Form):
    full_review_office = forms.ChoiceField(
        label="Office", error_messages={"required": "Choose the office in which everything is reviewed."}
    )
    full_review_reason = forms.ChoiceField(
        label="Why", error_messages={"required": "Choose why everything is reviewed."}
    )
    full_review_starts = forms.DateField(
        label="First day",
        help_text="As 2021-11-29. It lasts as many days as the edition's first days.",
        error_messages={
            "required": "Write the first day.",
            "invalid": "Write the day as 2021-11-29.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office, reason = self.fields["full_review_office"], self.fields["full_review_reason"]
        assert isinstance(office, forms.ChoiceField)  # noqa: S101 - tells the type checker
        assert isinstance(reason, forms.ChoiceField)  # noqa: S101 - tells the type checker
        office.choices = [("", "Choose one"), *[one for one in office_choices() if one[0] != UNASSIGNED]]
        reason.choices = [("", "Choose one"), *FullReviewReason.choices]
