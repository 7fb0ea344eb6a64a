"""What programs send about the clock of a review; every form of review begins with the version that was read."""

from __future__ import annotations

from django import forms

from review.models import PauseReason


def clean(text: str) -> str:
    """A text as it is kept."""
    return text.replace("\x00", "").replace("\r\n", "\n")


class NumberForm(forms.Form):
    number = forms.IntegerField(
        label="Version that was read",
        min_value=0,
        max_value=2**31 - 1,
        error_messages={"required": "Say which signed version you read."},
    )


class PauseForm(NumberForm):
    pause_reason = forms.ChoiceField(
        label="Why the clock is paused", required=False, choices=PauseReason.choices
    )
    pause_note = forms.CharField(label="What is waited for", required=False, strip=False)
