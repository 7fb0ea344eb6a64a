"""The log's filter as a form in the address. Field names are the same in the page, the access entry and the
export.
"""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from ledger.actors import SYSTEM
from ledger.events import EventKind, registered
from ledger.filters import LogFilter, outcomes


class LogFilterForm(forms.Form):
    """Reads the query string; `log_filter()` after `is_valid()`."""

    event = forms.ChoiceField(label="Event", required=False)
    room = forms.ChoiceField(label="Part of the product", required=False)
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "Changes and accesses"), ("change", "Changes only"), ("access", "Accesses only")],
    )
    actor = forms.CharField(
        label="Actor’s id",
        required=False,
        max_length=36,
        help_text="The “only this actor” link of an entry fills this in.",
    )
    case = forms.UUIDField(label="Case’s id", required=False)
    decision = forms.UUIDField(label="Decision’s id", required=False)
    outcome = forms.ChoiceField(label="Outcome of the decision", required=False)
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(registered())
        rooms = sorted({one.room for one in known})
        self.choice("event").choices = [
            ("", "Any event"),
            *((one.code, f"{one.words} ({one.code})") for one in known),
        ]
        self.choice("room").choices = [("", "Any part"), *((room, room.capitalize()) for room in rooms)]
        self.choice("outcome").choices = [("", "Any outcome, or no decision"), *outcomes()]
        # "from" is a word of the language, so these two cannot be attributes of the class.
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["from"] = forms.DateField(
            label="From",
            required=False,
            widget=day,
            input_formats=["%Y-%m-%d"],
            help_text="First day, in UTC.",
        )
        self.fields["to"] = forms.DateField(
            label="Before",
            required=False,
            widget=day,
            input_formats=["%Y-%m-%d"],
            help_text="First day left out, in UTC.",
        )
        self.fields["case"].error_messages["invalid"] = NOT_AN_ID.format(what="a case")
        self.fields["decision"].error_messages["invalid"] = NOT_AN_ID.format(what="a decision")
        self.fields["before"].error_messages["invalid"] = (
            "The link to older entries is damaged; start from the first page."
        )
        for name in ("from", "to"):
            self.fields[name].error_messages["invalid"] = (
                "This is no day; write it as YYYY-MM-DD, for example 2024-12-10."
            )
        for name in ("event", "room", "kind", "outcome"):
            self.fields[name].error_messages["invalid_choice"] = (
                "“%(value)s” is not in the list; choose one of it, or leave this field as it is at first."
            )

    def choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  narrows the type
        return field

    def clean_actor(self) -> str:
        """An id only: whatever is looked for is written in the log, so a person's name has no place here."""
        actor: str = self.cleaned_data["actor"].strip()
        if actor and actor != SYSTEM.id:
            try:
                return str(uuid.UUID(actor))
            except ValueError:
                raise forms.ValidationError(NOT_AN_ID.format(what="an actor")) from None
        return actor

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, end = cleaned.get("from"), cleaned.get("to")
        if first and end and end <= first:
            self.add_error("to", "This day is left out, so it must come after “From”; choose a later day.")
        return cleaned

    def log_filter(self) -> LogFilter:
        """The filter that was asked for; only after `is_valid()`."""
        data = self.cleaned_data
        return LogFilter(
            event=data["event"],
            room=data["room"],
            kind=EventKind(data["kind"]) if data["kind"] else None,
            actor=data["actor"],
            case=data["case"],
            decision=data["decision"],
            outcome=data["outcome"],
            since=data["from"],
            until=data["to"],
        )


NOT_AN_ID = (
    "This is not the id of {what}; ids look like 018f2c3e-7b1a-7c3d-9e2f-1a2b3c4d5e6f."
    " Open the entry or page that you mean and copy the id from there."
)
