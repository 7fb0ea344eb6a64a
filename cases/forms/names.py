"""One more number or other name of a person, each its own small form on one page."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from cases.fields import ScreenedField
from cases.forms.person import OTHER_KINDS, PLAIN
from cases.models import FlagKind, IdentifierKind


def _evidence_field(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, help_text="Evidence of this case, if there is any.")


class WithEvidence(forms.Form):
    """A form with a choice of the case's evidence in the field that `evidence_name` names."""

    use_required_attribute = False
    evidence_name = "evidence"

    def __init__(self, *args: Any, evidence_choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields[self.evidence_name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "No evidence attached"), *evidence_choices]

    def chosen_evidence(self) -> uuid.UUID | None:
        chosen = self.cleaned_data[self.evidence_name]
        return uuid.UUID(chosen) if chosen else None


class IdentifierForm(forms.Form):
    use_required_attribute = False

    identifier_kind = forms.ChoiceField(
        label="Kind of number",
        choices=[(str(IdentifierKind.A_NUMBER), "A-number"), *OTHER_KINDS],
        error_messages={"required": "Choose the kind of number."},
    )
    identifier_value = forms.CharField(
        label="Number",
        max_length=60,
        help_text="An A-number in any usual spelling, for example A012-345-678. Others as the source spells them.",
        error_messages={"required": "Write the number."},
        widget=forms.TextInput(PLAIN),
    )


class AliasForm(WithEvidence):
    evidence_name = "alias_evidence"

    alias_family_name = forms.CharField(
        label="Family name", required=False, max_length=100, widget=forms.TextInput(PLAIN)
    )
    alias_given_name = forms.CharField(
        label="Given name", required=False, max_length=100, widget=forms.TextInput(PLAIN)
    )
    alias_evidence = _evidence_field("Where does this name come from?")


class FlagForm(WithEvidence):
    kind = forms.ChoiceField(
        label="Which flag?",
        choices=FlagKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which flag to set."},
    )
    reason = ScreenedField(
        label="Why?",
        max_length=400,
        help_text="One sentence: who said so, and when.",
        error_messages={"required": "Say why, in one sentence; whoever reads the case later needs it."},
    )
    evidence = _evidence_field("What does it rest on?")


class ClearForm(forms.Form):
    """One to a flag, so its field is named after it."""

    use_required_attribute = False

    clear_reason = forms.CharField(
        label="Why should it be cleared?",
        max_length=400,
        error_messages={"required": "Say why it should be cleared."},
    )
