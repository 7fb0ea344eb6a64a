"""Status and removability. Questions, hints, options and clauses are the edition's; nothing is required to
save."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from cases.services.status import PROTECTED_KINDS
from cases.status_answers import IMMIGRATION_STATUS, LOOKED, StatusAnswers
from policy.editions import Edition
from policy.editions.clauses import Clause
from policy.services import current

SINGLE = (
    "citizenship_claim",
    "minor_check",
    "section_1367_check",
    "fear_of_return",
    "representative",
    "referral_source",
    "source_relation",
)
PROTECTED_LABELS = {
    "country_of_birth": "Country of birth",
    "citizenship_country": "Country of citizenship",
    "language": "Language, for access only",
    "sex": "Sex as the document says",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One question with its fields, why it is asked, and its clauses."""

    key: str
    fields: tuple[BoundField, ...]
    asked_because: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One basis of alienage: its box, and the choice of the evidence for it."""

    box: Any
    evidence: BoundField


class StatusForm(forms.Form):
    use_required_attribute = False

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, evidence_choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition: Edition = current()[0]
        self.fields["charge"] = self._choice("charge_of_removability", select=True)
        self.fields["charge_other"] = forms.CharField(
            label="Which statute?", required=False, max_length=120, help_text="Only for another charge."
        )
        self.fields["immigration_status"] = forms.ChoiceField(
            label="What is the person's immigration status?",
            required=False,
            choices=[("", "Choose one"), *IMMIGRATION_STATUS.items()],
        )
        self.fields["bases"] = self._several("alienage_basis")
        for basis in self.edition.alienage_bases:
            self.fields[f"evidence_{basis.key}"] = forms.ChoiceField(
                label=f"Evidence for: {basis.label[0].lower()}{basis.label[1:]}",
                required=False,
                choices=[("", "No evidence attached"), *evidence_choices],
            )
        self.fields["citizenship_indicia"] = self._several("citizenship_indicia")
        self.fields["citizenship_looked"] = forms.ChoiceField(
            label="Did anybody look for signs of citizenship?",
            required=False,
            choices=list(LOOKED.items()),
            widget=forms.RadioSelect,
        )
        for key in SINGLE:
            self.fields[key] = self._choice(key, select=len(self.edition.options(key)) > 7)
        self.fields["representative_name"] = forms.CharField(
            label="Name of the representative", required=False, max_length=200, help_text="As on Form G-28."
        )
        for kind in PROTECTED_KINDS:
            self.fields[f"protected_{kind}"] = forms.CharField(
                label=PROTECTED_LABELS[kind],
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def _choice(self, question_key: str, *, select: bool) -> forms.ChoiceField:
        question = self.edition.question(question_key)
        options = [(option.key, _label(option)) for option in self.edition.options(question_key)]
        return forms.ChoiceField(
            label=question.label,
            help_text=question.hint,
            required=False,
            choices=[("", "Choose one"), *options] if select else options,
            widget=forms.Select if select else forms.RadioSelect,
        )

    def _several(self, question_key: str) -> forms.MultipleChoiceField:
        question = self.edition.question(question_key)
        return forms.MultipleChoiceField(
            label=question.label,
            help_text=question.hint,
            required=False,
            choices=[(option.key, _label(option)) for option in self.edition.options(question_key)],
            widget=forms.CheckboxSelectMultiple,
        )

    def block(self, question_key: str, *fields: str) -> Block:
        question = self.edition.question(question_key)
        return Block(
            question_key,
            tuple(self[name] for name in fields),
            question.asked_because,
            tuple(self.edition.clause(one) for one in question.clauses),
        )

    def charge_block(self) -> Block:
        return self.block("charge_of_removability", "charge", "charge_other", "immigration_status")

    def basis_block(self) -> Block:
        return self.block("alienage_basis", "bases")

    def citizenship_blocks(self) -> list[Block]:
        return [
            self.block("citizenship_claim", "citizenship_claim"),
            self.block("citizenship_indicia", "citizenship_indicia", "citizenship_looked"),
        ]

    def check_blocks(self) -> list[Block]:
        return [self.block(key, key) for key in ("minor_check", "section_1367_check", "fear_of_return")]

    def source_blocks(self) -> list[Block]:
        return [
            self.block("representative", "representative", "representative_name"),
            self.block("referral_source", "referral_source"),
            self.block("source_relation", "source_relation"),
        ]

    def protected_fields(self) -> list[BoundField]:
        return [self[f"protected_{kind}"] for kind in PROTECTED_KINDS]

    def basis_rows(self) -> list[BasisRow]:
        """The boxes of `bases`, each beside the evidence for it."""
        boxes = list(self["bases"])
        return [
            BasisRow(box, self[f"evidence_{basis.key}"])
            for box, basis in zip(boxes, self.edition.alienage_bases, strict=True)
        ]

    def clean(self) -> None:
        data = self.cleaned_data
        for basis in self.edition.alienage_bases:
            if data.get(f"evidence_{basis.key}") and basis.key not in (data.get("bases") or []):
                self.add_error(
                    "bases",
                    f"Evidence is chosen for '{basis.label}', but its box is not ticked. Tick it, or "
                    "take the evidence out.",
                )
        if data.get("charge_other") and data.get("charge") != "other":
            self.add_error(
                "charge",
                "A statute is written below, but the charge is not 'another charge'. Correct one of the two.",
            )

    def answers(self) -> StatusAnswers:
        data = self.cleaned_data
        return StatusAnswers(
            charges=(data["charge"],) if data["charge"] else (),
            charge_other=" ".join(data["charge_other"].split()),
            immigration_status=data["immigration_status"],
            bases=tuple(
                (basis, uuid.UUID(chosen) if (chosen := data[f"evidence_{basis}"]) else None)
                for basis in data["bases"]
            ),
            citizenship_looked=data["citizenship_looked"],
            citizenship_indicia=tuple(data["citizenship_indicia"]),
            representative_name=" ".join(data["representative_name"].split()),
            **{key: data[key] for key in SINGLE},
        )

    def protected(self) -> dict[str, str]:
        """What goes to the gate, by kind."""
        return {kind: text for kind in PROTECTED_KINDS if (text := self.cleaned_data[f"protected_{kind}"])}


def initial(answers: StatusAnswers, version: int) -> dict[str, Any]:
    """The form's values for stored answers; protected fields stay empty."""
    values: dict[str, Any] = {key: getattr(answers, key) for key in SINGLE}
    values |= {
        "charge": answers.charges[0] if answers.charges else "",
        "charge_other": answers.charge_other,
        "immigration_status": answers.immigration_status,
        "bases": [basis for basis, _ in answers.bases],
        "citizenship_indicia": list(answers.citizenship_indicia),
        "citizenship_looked": answers.citizenship_looked,
        "representative_name": answers.representative_name,
        "version": version,
    }
    for basis, evidence in answers.bases:
        values[f"evidence_{basis}"] = str(evidence or "")
    return values


def _label(option: Any) -> str:
    statute = getattr(option, "statute", "")
    return f"{statute}: {option.label}" if statute else str(option.label)
