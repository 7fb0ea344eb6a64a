"""The form of a new export. Its field names are those of the command, the address and the manifest."""

from __future__ import annotations

from typing import Any

from django import forms

from ledger.events import registered
from ledger.exports import bundle, registry
from ledger.exports.files import Values
from ledger.exports.scope import LARGEST_SAMPLE, Scope, ScopeRefused, from_data

SCOPE_NAMES = ("from", "to", "event", "office", "case", "sample", "seed", "sample_by")
VALUES = [
    (Values.OPEN.value, "All but those of cases that 8 U.S.C. 1367 or 8 CFR 208.6 protects"),
    (Values.NONE.value, "None: entries and hashes alone"),
]
UNMASKED = (Values.ALL.value, "All, protected cases too; the purpose must allow it")
FORMATS = [("csv", "CSV"), ("parquet", "Parquet"), ("xlsx", "XLSX, for spreadsheets")]


class ExportForm(forms.Form):
    """Filter, values, formats and purpose. `scope` is there after `is_valid()`."""

    scope: Scope

    def __init__(
        self, *args: Any, unmasking: bool = False, offices: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        day = {"type": "date", "class": "usa-input tot-date"}
        fields: dict[str, forms.Field] = {
            "from": _day("First day", "In UTC. Empty: from the beginning.", day),
            "to": _day("First day left out", "In UTC. Empty: up to now.", day),
            "office": _choice("Office", offices, "Any office"),
            "event": _choice(
                "Event", [(one.code, f"{one.words} ({one.code})") for one in registered()], "Any event"
            ),
        }
        for name, criterion in registry.criteria().items():
            fields[name] = _choice(criterion.label, criterion.choices(), "Any")
        fields["case"] = forms.UUIDField(
            label="Case’s id",
            required=False,
            help_text="As it stands in the case’s address and on its entries.",
            error_messages={"invalid": "This is no case’s id; copy it from an entry about the case."},
        )
        groups = [(name, criterion.label) for name, criterion in registry.criteria().items()]
        fields |= {
            "sample": forms.IntegerField(
                label="Sample: how many decisions",
                required=False,
                min_value=1,
                max_value=LARGEST_SAMPLE,
                help_text="Empty: all that the filter lets through.",
            ),
            "seed": forms.CharField(
                label="Seed",
                required=False,
                max_length=80,
                help_text="Any word or number. With it, anyone draws the same sample again.",
            ),
            "sample_by": _choice("So many for each", groups, "One sample over all"),
            "formats": forms.MultipleChoiceField(
                label="Table of decisions as",
                choices=FORMATS,
                required=False,
                initial=["csv"],
                widget=forms.CheckboxSelectMultiple,
                help_text="The entries themselves are always there, as NDJSON.",
            ),
            "values": forms.ChoiceField(
                label="Values beside the entries: names, texts, findings",
                choices=[*VALUES, *([UNMASKED] if unmasking else [])],
                initial=Values.OPEN.value,
                widget=forms.RadioSelect,
            ),
            "purpose": forms.CharField(
                label="Purpose",
                max_length=400,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="What the export is for. It stands in the file and in the log.",
                error_messages={
                    "required": "Say what the export is for; it stands in the file and in the log."
                },
            ),
            "save_as": forms.CharField(
                label="Keep this filter as",
                required=False,
                max_length=80,
                help_text="A name of your own, to start from next time.",
            ),
        }
        self.fields.update(fields)

    @property
    def criteria(self) -> list[forms.BoundField]:
        """The fields that choose decisions, for the template."""
        return [self[name] for name in registry.criteria()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        data = {name: str(cleaned.get(name) or "") for name in (*SCOPE_NAMES, *registry.criteria())}
        try:
            self.scope = from_data({name: value for name, value in data.items() if value})
        except ScopeRefused as refused:
            self.add_error(refused.field if refused.field in self.fields else None, _sentence(refused.reason))
        if self.cleaned_data.get("formats") is not None:
            unknown = set(self.cleaned_data["formats"]) - set(bundle.TABLES)
            assert not unknown  # noqa: S101  the field's choices are those
        return cleaned


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:] + "."


def _day(label: str, hint: str, attributes: dict[str, str]) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=hint,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs=attributes, format="%Y-%m-%d"),
        error_messages={"invalid": "This is no day; write it as YYYY-MM-DD, for example 2024-12-10."},
    )


def _choice(label: str, choices: Any, empty: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", empty), *choices],
        error_messages={
            "invalid_choice": "“%(value)s” is not in the list; choose one of it, or leave it as it was."
        },
    )
