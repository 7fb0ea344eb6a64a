"""What every kind of fact has: details that fit a type, a form, and one line of neutral words.

A kind maps to no factor and carries no weight: what a fact means for an assessment is for the officer to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar

import pydantic
from django import forms
from django.db.models import TextChoices

from cases.dates import UncertainDate
from cases.fields import ScreenedField, UncertainDateField

Line = Annotated[
    str, pydantic.StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00]*$")
]
Text = Annotated[
    str, pydantic.StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00]*$")
]


class Details(pydantic.BaseModel):
    """The typed content of a fact. Enough for JSON and back; nothing extra."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid")


class Group(StrEnum):
    """The parts of the case page that facts stand in, in the order of the page."""

    CRIMINAL = "criminal-record"
    FAMILY = "family-and-care"
    SERVICE = "service-and-work"
    PROCEEDINGS = "relief-and-proceedings"
    PRESENCE = "entry-and-presence"


GROUP_TITLES: dict[Group, str] = {
    Group.CRIMINAL: "Criminal record, conduct and rehabilitation",
    Group.FAMILY: "Family, health and care",
    Group.SERVICE: "Service, work and ties",
    Group.PROCEEDINGS: "Relief and roles in proceedings",
    Group.PRESENCE: "Entry and presence",
}


class FactForm(forms.Form):
    """Fields of the kind first, then the date and the evidence. Nothing is required of the browser, so that
    every message is ours."""

    use_required_attribute = False
    field_order: Sequence[str] | None = None
    on_label = "When was this?"

    on = UncertainDateField(
        label="When was this?",
        required=False,
        help_text="2021-11-29, 2021-11 or 2021; put 'about' before it when the source is not sure. "
        "Leave it empty when nobody knows.",
    )
    evidence = forms.MultipleChoiceField(
        label="Which evidence supports it?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Evidence of this case. A fact without evidence is kept and shown as unsupported.",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, evidence_choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["evidence"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(evidence_choices)
        self.has_evidence = bool(evidence_choices)
        if not evidence_choices:
            field.widget = forms.MultipleHiddenInput()
        self.fields["on"].label = self.on_label
        own = [name for name in self.fields if name not in {"on", "evidence", "version"}]
        self.order_fields([*own, "on", "evidence", "version"])

    def details(self) -> dict[str, Any]:
        """The cleaned values of the kind's own fields."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"on", "evidence", "version"}
        }


D = TypeVar("D", bound=Details)


@dataclass(frozen=True, kw_only=True, slots=True)
class FactKind(Generic[D]):
    """One kind. `presence_only` facts speak of removability alone. `words` gives the line without the
    date."""

    key: str
    label: str
    group: Group
    hint: str
    details: type[D]
    form: type[FactForm]
    words: Callable[[D], str]
    when: str = ""
    presence_only: bool = False
    vacated: Callable[[D], bool] | None = None

    def summary(self, details: Mapping[str, Any], on: UncertainDate | None) -> str:
        """One line in neutral words."""
        text = self.words(self.details.model_validate(details))
        when = f"{self.when} {on}".strip() if on else "date not known"
        return f"{text}; {when}"

    def is_vacated(self, details: Mapping[str, Any]) -> bool:
        return self.vacated is not None and self.vacated(self.details.model_validate(details))

    def checked(self, details: Mapping[str, Any]) -> dict[str, Any]:
        """The details as they are stored. Raises `pydantic.ValidationError`."""
        return self.details.model_validate(details).model_dump(mode="json")


def joined(*parts: str) -> str:
    """The parts that say something, with commas between them."""
    return ", ".join(part for part in parts if part)


def one_of(
    choices: type[TextChoices], label: str, *, hint: str = "", required: str = "", few: int = 7
) -> forms.ChoiceField:
    """A choice. `required` is the message when nothing is chosen; without one the answer may stay open."""
    many = len(choices.choices) > few
    options: list[tuple[str, str]] = [(str(value), str(text)) for value, text in choices.choices]
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        required=bool(required),
        choices=[("", "Choose one"), *options] if many else options,
        widget=forms.Select if many else forms.RadioSelect,
        error_messages={"required": required} if required else {},
    )


def line(label: str, *, hint: str = "", required: str = "") -> forms.CharField:
    """One line of text, at most 200 characters."""
    return ScreenedField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=200,
        error_messages={
            "required": required,
            "max_length": "Shorten this to 200 characters; details belong in the evidence.",
        },
    )


def text(label: str, *, hint: str = "", required: str = "") -> forms.CharField:
    """Some sentences, at most 2,000 characters."""
    return ScreenedField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": required,
            "max_length": "Shorten this to 2,000 characters; details belong in the evidence.",
        },
    )
