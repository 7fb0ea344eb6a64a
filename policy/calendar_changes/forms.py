"""The form of one row: a new event, a correction of a row that stands, or its taking back.

It cleans to rows. What cannot stand in the calendar is the matter of `checks`, whose words come back to the fields.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, cast

from django import forms

from policy.calendar import MEMORANDUM, OF_ORDER, Calendar, Event, Row
from policy.calendar_changes.checks import BODIES
from policy.calendar_changes.rows import (
    EVENT_WORDS,
    LONGEST,
    LONGEST_SOURCE,
    LONGEST_STATUTE,
    RETRACTED,
    ProposedRow,
    free_key,
)
from policy.calendar_changes.services import RowRefused
from policy.calendar_file import seed
from policy.editions import load
from policy.editions.base import Certainty
from policy.services import FORM_EDITION

NO_DAY: Final = "This could not be read as a day. Write it as 2021-11-29."


def _day(label: str, **others: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric", "class": "tot-date"}),
        **others,
    )


def _lines(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3, "class": "tot-short"}),
    )


class CalendarRowForm(forms.Form):
    """Fields of `policy.calendar.Row` as a person reads an order: what happened, to what, from when, by whom."""

    use_required_attribute = False

    edition = forms.ChoiceField(
        label="Edition", error_messages={"required": "Choose the edition that it happens to."}
    )
    also = forms.MultipleChoiceField(
        label="The same happens to these editions too",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="One judgment or announcement may reach several. Each gets a row of its own; they count together.",
    )
    event = forms.ChoiceField(label="What happens to it", error_messages={"required": "Choose what happens."})
    since = _day(
        "From",
        help_text="The first day on which it applies, for example 2022-03-22.",
        error_messages={"required": "Write the first day on which it applies.", "invalid": NO_DAY},
    )
    until = _day(
        "Until (not included)",
        required=False,
        help_text="Only for an order that runs out on a day it names. Left empty, it holds until another row ends it.",
        error_messages={"invalid": NO_DAY},
    )
    track = forms.CharField(
        label="Proceeding",
        required=False,
        max_length=LONGEST["track"],
        help_text="Of an order only: the court and the year, as in “Southern District of Ohio, 2022”. The row that "
        "ends the order names it in the same words.",
    )
    authority = forms.CharField(
        label="Authority",
        required=False,
        max_length=LONGEST["authority"],
        help_text="The order or memorandum with its day.",
    )
    bodies = forms.MultipleChoiceField(
        label="Parts of ICE",
        required=False,
        choices=[(one, one) for one in BODIES],
        widget=forms.CheckboxSelectMultiple,
        help_text="Only for guidance of ICE that speaks to parts of it.",
    )
    decision_types = forms.MultipleChoiceField(
        label="Decisions that it reaches",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen means all of them.",
    )
    scope = forms.CharField(
        label="Scope",
        required=False,
        max_length=LONGEST["scope"],
        widget=forms.Textarea(attrs={"rows": 3, "class": "tot-short"}),
        help_text="What an order takes out, in a sentence of your own.",
    )
    statutes = _lines("Statutes", "One a line, as in 8 U.S.C. 1226(c)(1).")
    certainty = forms.ChoiceField(
        label="How certain it is",
        choices=[("confirmed", "Read in the source named below"), ("background", "Not fully confirmed")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how certain it is."},
    )
    certainty_note = forms.CharField(
        label="Note on certainty",
        required=False,
        max_length=LONGEST["certainty_note"],
        widget=forms.Textarea(attrs={"rows": 3, "class": "tot-short"}),
        help_text="What is contested or not known, for example the exact day.",
    )
    sources = _lines(
        "Sources", "One a line: where the order can be read, or the key of a source of this calendar."
    )
    reason = forms.CharField(
        label="What happened, and why the calendar has to say it",
        required=False,
        help_text="One sentence or two, for the second person and for the log.",
    )

    def __init__(self, *args: Any, calendar: Calendar, replaces: Row | None = None, **kwargs: Any) -> None:
        self.calendar, self.replaces = calendar, replaces
        if replaces is not None:
            kwargs["initial"] = initial_of(replaces)
        super().__init__(*args, **kwargs)
        events = [(key, words) for key, words in EVENT_WORDS.items() if key != RETRACTED or replaces]
        self._choose("event", [("", "- Choose -"), *events])
        names = [one for one in seed().editions if replaces is None or one.key == replaces.edition]
        self._choose(
            "edition", [("", "- Choose -"), *((one.key, f"{one.name} ({one.component})") for one in names)]
        )
        if replaces is not None:
            # A correction is of one row.
            del self.fields["also"]
        else:
            self._choose("also", [(one.key, f"{one.name} ({one.component})") for one in names])
        self._choose("decision_types", [(one.key, one.title) for one in load(FORM_EDITION).decision_types])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_statutes(self) -> list[str]:
        return _each(self.cleaned_data["statutes"], LONGEST_STATUTE)

    def clean_sources(self) -> list[str]:
        return _each(self.cleaned_data["sources"], LONGEST_SOURCE)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        since, until, event = given.get("since"), given.get("until"), given.get("event", "")
        if until is None or since is None:
            return given
        if OF_ORDER.get(event) is None:
            self.add_error(
                "until", "Only an order runs out by itself. Leave this empty, and give the end its own row."
            )
        elif until <= since:
            self.add_error("until", f"The end is not after the beginning, {since}. Write a later day.")
        return given

    def rows(self) -> list[ProposedRow]:
        """A row for each edition, and for an order that names its last day the row that ends it."""
        given = self.cleaned_data
        found: list[ProposedRow] = []
        for edition in dict.fromkeys([given["edition"], *given.get("also", [])]):
            row = self._row(edition, given["event"], given["since"])
            found.append(row)
            if given["until"] is not None:
                end = {"event": "lifted", "since": given["until"].isoformat(), "replaces": ""}
                key = free_key(self.calendar, edition, "lifted", given["until"])
                found.append(row.model_copy(update={**end, "key": key, "scope": "", "statutes": []}))
        return found

    def _row(self, edition: str, event: str, since: date) -> ProposedRow:
        given, wrong = self.cleaned_data, self.replaces
        if event == RETRACTED and wrong is not None:
            # What was recorded in error is taken back as it stood; nothing of the form takes its place.
            given = initial_of(wrong) | {"statutes": list(wrong.statutes), "sources": list(wrong.sources)}
            since = wrong.since
        component = seed().component(edition)
        return ProposedRow(
            key=free_key(self.calendar, edition, event, since),
            edition=edition,
            component=component,
            event=cast(Event, event),
            since=since.isoformat(),
            authority=" ".join(given["authority"].split()),
            track=" ".join(given["track"].split()) or MEMORANDUM,
            # With several editions, the parts of ICE are said of the one that has them.
            bodies=list(given["bodies"]) if component == "ICE" or not given.get("also") else [],
            scope=" ".join(given["scope"].split()),
            decision_types=list(given["decision_types"]),
            statutes=given["statutes"],
            certainty=cast(Certainty, given["certainty"]),
            certainty_note=" ".join(given["certainty_note"].split()),
            sources=given["sources"],
            replaces=wrong.key if wrong else "",
        )

    def refuse(self, refused: RowRefused) -> None:
        """Say a refusal of the calendar at its field."""
        self.add_error(refused.field if refused.field in self.fields else None, str(refused))


def initial_of(row: Row) -> dict[str, Any]:
    """The form filled with a row that stands."""
    return {
        "edition": row.edition,
        "event": row.event,
        "since": row.since,
        "track": "" if row.track == MEMORANDUM else row.track,
        "authority": row.authority,
        "bodies": list(row.bodies),
        "decision_types": list(row.decision_types),
        "scope": row.scope,
        "statutes": "\n".join(row.statutes),
        "certainty": row.certainty,
        "certainty_note": row.certainty_note,
        "sources": "\n".join(row.sources),
    }


def _each(text: str, longest: int) -> list[str]:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    for line in lines:
        if len(line) > longest:
            raise forms.ValidationError(
                f"“{line[:30]}...” has {len(line)} characters; {longest} fit. Shorten it."
            )
    return lines
