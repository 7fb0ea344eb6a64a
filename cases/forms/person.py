"""A new person, and where the person was met."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.fields import UncertainDateField
from cases.models import IdentifierKind
from cases.models.encounter import CUSTODY
from policy.services import current

PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class NewPersonForm(forms.Form):
    use_required_attribute = False

    family_name = forms.CharField(
        label="Family name", required=False, max_length=100, widget=forms.TextInput(PLAIN)
    )
    given_name = forms.CharField(
        label="Given name", required=False, max_length=100, widget=forms.TextInput(PLAIN)
    )
    birth = UncertainDateField(
        label="Date of birth",
        required=False,
        help_text="1990-04-12, 1990-04 or 1990; put 'about' before it when the source is not sure. "
        "Leave it empty when nobody knows.",
        widget=forms.TextInput(PLAIN),
    )
    a_number = forms.CharField(
        label="A-number",
        required=False,
        max_length=30,
        help_text="In any usual spelling, for example A012-345-678. Not everyone has one.",
        widget=forms.TextInput(PLAIN),
    )
    identifier_kind = forms.ChoiceField(label="Kind of another identifier", required=False)
    identifier_value = forms.CharField(
        label="The other identifier", required=False, max_length=60, widget=forms.TextInput(PLAIN)
    )
    met_on = UncertainDateField(
        label="When was the person met?", required=False, help_text="2021-11-29 or 2021-11."
    )
    site = forms.CharField(label="Where?", required=False, max_length=200)
    custody = forms.ChoiceField(label="In custody?", required=False, choices=list(CUSTODY.items()))
    referral_source = forms.ChoiceField(label="How did the case come to us?", required=False)
    source_relation = forms.ChoiceField(label="Who is the source to the person?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition, _ = current()
        others = [(str(value), str(label)) for value, label in IdentifierKind.choices if value != "a_number"]
        self._choose("identifier_kind", [("", "None"), *others])
        self._choose(
            "referral_source",
            [("", "Not recorded"), *((one.key, one.label) for one in edition.referral_sources)],
        )
        self._choose(
            "source_relation",
            [("", "Not recorded"), *((one.key, one.label) for one in edition.source_relations)],
        )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("identifier_value") and not data.get("identifier_kind"):
            self.add_error("identifier_kind", "Say what kind of identifier this is.")
        if not data.get("family_name") and not data.get("a_number") and not data.get("identifier_value"):
            if not self.errors:
                self.add_error(
                    "family_name",
                    "Write a family name or an identifier; with neither, nobody could find the case.",
                )

    def identifiers(self) -> list[tuple[str, str]]:
        """Pairs of kind and text as typed."""
        data = self.cleaned_data
        pairs = [
            (str(IdentifierKind.A_NUMBER), data["a_number"]),
            (data["identifier_kind"], data["identifier_value"]),
        ]
        return [(kind, value) for kind, value in pairs if kind and value]

    def encounter(self) -> dict[str, Any] | None:
        """Keywords for `record_encounter`; None when nothing of it was filled in."""
        data = self.cleaned_data
        names = ("site", "custody", "referral_source", "source_relation")
        if not data["met_on"] and not any(data[name] for name in names):
            return None
        return {"on": data["met_on"], **{name: data[name] for name in names}}
