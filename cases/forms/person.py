"""A new person, and where the person was met."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from cases.fields import ScreenedField, UncertainDateField
from cases.models import IdentifierKind
from cases.models.encounter import CUSTODY
from policy.services import current

PLAIN = {"autocomplete": "off", "spellcheck": "false"}
OTHER_KINDS = [(str(value), str(label)) for value, label in IdentifierKind.choices if value != "a_number"]


class EncounterForm(forms.Form):
    """When and where a person was met, and through whom the case came."""

    use_required_attribute = False

    met_on = UncertainDateField(
        label="When was the person met?", required=False, help_text="2021-11-29 or 2021-11."
    )
    site = ScreenedField(
        label="Where?", required=False, max_length=200, help_text="Facility or place of the encounter."
    )
    custody = forms.ChoiceField(label="In custody?", required=False, choices=list(CUSTODY.items()))
    referral_source = forms.ChoiceField(label="How did the case come to us?", required=False)
    source_relation = forms.ChoiceField(label="Who is the source to the person?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition, _ = current()
        self.choose("referral_source", [("", "Not recorded"), *_pairs(edition.referral_sources)])
        self.choose("source_relation", [("", "Not recorded"), *_pairs(edition.source_relations)])

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def encounter(self) -> dict[str, Any] | None:
        """Keywords for `record_encounter`; None when nothing of it was filled in."""
        data = self.cleaned_data
        names = ("site", "custody", "referral_source", "source_relation")
        if not data["met_on"] and not any(data[name] for name in names):
            return None
        return {"on": data["met_on"], **{name: data[name] for name in names}}


class PersonFields(forms.Form):
    """Name, birth, identifiers."""

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
    identifier_kind = forms.ChoiceField(
        label="Kind of another identifier", required=False, choices=[("", "None"), *OTHER_KINDS]
    )
    identifier_value = forms.CharField(
        label="The other identifier", required=False, max_length=60, widget=forms.TextInput(PLAIN)
    )

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("identifier_value") and not data.get("identifier_kind"):
            self.add_error("identifier_kind", "Say what kind of identifier this is.")

    def identifiers(self) -> list[tuple[str, str]]:
        """Pairs of kind and text as typed."""
        data = self.cleaned_data
        pairs = [
            (str(IdentifierKind.A_NUMBER), data["a_number"]),
            (data["identifier_kind"], data["identifier_value"]),
        ]
        return [(kind, value) for kind, value in pairs if kind and value]


class NewPersonForm(PersonFields, EncounterForm):
    """A new person, and the encounter if there was one."""


class ChangePersonForm(PersonFields):
    """What is known of a person by now; an identifier here is one more, none is taken away."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["a_number"].label = "One more A-number"
        self.fields["identifier_kind"].label = "Kind of one more identifier"
        self.fields["identifier_value"].label = "The identifier"


def _pairs(terms: Iterable[Any]) -> list[tuple[str, str]]:
    return [(term.key, term.label) for term in terms]
