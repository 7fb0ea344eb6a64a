"""The paste, and one small form for each row that was read from it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from cases.facts.arrest import KnownEnd
from cases.facts.conviction import Disposition
from cases.fields import UncertainDateField
from cases.forms.names import WithEvidence
from cases.rap_sheet.reader import MOST_ROWS, Row


class PasteForm(WithEvidence):
    text = forms.CharField(
        label="Text of the rap sheet",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "case-paste", "spellcheck": "false", "rows": 12}),
        help_text="One row a line (date, agency or court, charge with statute, disposition, sentence), or blocks of "
        "lines with labels, with an empty line between them.",
    )
    evidence = forms.ChoiceField(
        label="Which evidence is this sheet?",
        required=False,
        help_text="All rows will rest on it. Record the sheet as evidence first, and attach the file there.",
    )


class RowForm(forms.Form):
    """A row as it will be recorded. What a kind does not need is left aside."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label="Record as",
        choices=[
            ("conviction", "Conviction"),
            ("arrest", "Arrest without conviction"),
            ("skip", "Leave out"),
        ],
    )
    on = UncertainDateField(label="Date", required=False)
    place = forms.CharField(label="Agency or court", required=False, max_length=200)
    description = forms.CharField(label="Charge", required=False, max_length=200)
    statute = forms.CharField(label="Statute", required=False, max_length=200)
    disposition = forms.ChoiceField(
        label="Disposition, of a conviction",
        required=False,
        choices=[("", "None read"), *Disposition.choices],
    )
    sentence = forms.CharField(label="Sentence, of a conviction", required=False, max_length=200)
    known_end = forms.ChoiceField(label="End, of an arrest", required=False, choices=KnownEnd.choices)
    source = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    note = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("kind") == "skip":
            return
        if not data.get("description"):
            self.add_error("description", "Say what the charge was, or leave the row out.")
        if data.get("kind") == "conviction":
            if not data.get("statute"):
                self.add_error("statute", "Name the statute, as the judgment cites it, or record an arrest.")
            if not data.get("disposition"):
                self.add_error(
                    "disposition", "Choose how the case ended. Without a disposition it is an arrest."
                )

    def details(self) -> dict[str, Any]:
        """The details of the fact of the chosen kind."""
        data = self.cleaned_data
        if data["kind"] == "conviction":
            return {
                "statute": data["statute"],
                "description": data["description"],
                "court": data["place"],
                "disposition": data["disposition"],
                "sentence": data["sentence"],
            }
        described = ", ".join(part for part in (data["description"], data["statute"]) if part)
        return {
            "description": described[:200],
            "agency": data["place"],
            "known_end": data["known_end"] or KnownEnd.NOT_KNOWN,
        }


def fresh_rows(rows: Sequence[Row]) -> list[RowForm]:
    """Forms that show what was read."""
    return [
        RowForm(initial={**row.values(), "source": row.source, "note": row.note}, prefix=f"row-{number}")
        for number, row in enumerate(rows)
    ]


def posted_rows(data: Any) -> list[RowForm]:
    """The forms as they were sent back, at most as many as a sheet may have."""
    sent = data.get("rows", "")
    count = min(int(sent), MOST_ROWS) if sent.isdecimal() and len(sent) < 5 else 0
    return [RowForm(data, prefix=f"row-{number}") for number in range(count)]


def new_token() -> str:
    """Names one preview, so that it is recorded once."""
    return uuid.uuid4().hex
