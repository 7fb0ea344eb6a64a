"""The filter of the reports as a form in the address."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.selectors import office_choices
from ledger.clock import policy_date
from oversight.filters import LONGEST_WITHIN, WITHIN, ReportFilter
from oversight.words import type_labels

DAY = "This is no day; write it as YYYY-MM-DD, for example 2024-12-10."
CHOICE = "“%(value)s” is not in the list; choose one of it, or leave this field as it is at first."


class ReportFilterForm(forms.Form):
    """Reads the query string; `report_filter()` after `is_valid()`. An address without days means the last year."""

    office = forms.ChoiceField(label="Office", required=False)
    type = forms.ChoiceField(label="Decision type", required=False)
    within = forms.IntegerField(
        label="Days between decision and action, at most",
        required=False,
        min_value=0,
        max_value=LONGEST_WITHIN,
        help_text=f"{WITHIN} unless you say otherwise.",
        error_messages={"invalid": "Write a whole number of days, for example 30."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices, self.types = dict(office_choices()), type_labels()
        self._choices("office", "Every office", self.offices)
        self._choices("type", "Every type", self.types)
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        # "from" is a word of the language, so these two cannot be attributes of the class.
        for name, label, hint in (
            ("from", "From", "First day."),
            ("to", "Before", "First day left out."),
        ):
            self.fields[name] = forms.DateField(
                label=label, required=False, widget=day, input_formats=["%Y-%m-%d"], help_text=hint
            )
            self.fields[name].error_messages["invalid"] = DAY

    def _choices(self, name: str, all: str, choices: dict[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  narrows the type
        field.choices = [("", all), *choices.items()]
        field.error_messages["invalid_choice"] = CHOICE

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, end = cleaned.get("from"), cleaned.get("to")
        if first and end and end <= first:
            self.add_error("to", "This day is left out, so it must come after “From”; choose a later day.")
        return cleaned

    def report_filter(self) -> ReportFilter:
        """The filter that was asked for; only after `is_valid()`."""
        data = self.cleaned_data
        return ReportFilter(
            since=data["from"],
            until=data["to"],
            office=data["office"],
            office_name=self.offices.get(data["office"], ""),
            type=data["type"],
            type_label=self.types.get(data["type"], ""),
            within=WITHIN if data["within"] is None else data["within"],
        )


def last_year() -> dict[str, str]:
    """The days that a page begins with: a year up to and including the day by which policy is judged."""
    day = policy_date()
    # The same day a year before, and its next: 366 days at most.
    return {"from": day.replace(year=day.year - 1, day=min(day.day, 28)).isoformat(), "to": ""}
