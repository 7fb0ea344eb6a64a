"""A conviction by a court. A vacated one stays in view, marked, with the basis on which it was vacated."""

from __future__ import annotations

import datetime

from django import forms
from django.db.models import TextChoices

from cases.facts.base import Details, FactForm, FactKind, Group, Line, joined, line, one_of
from cases.fields import DayField


class Disposition(TextChoices):
    PLEA_GUILTY = "plea_guilty", "Convicted on a plea of guilty"
    PLEA_NO_CONTEST = "plea_no_contest", "Convicted on a plea of no contest"
    VERDICT = "verdict", "Convicted after trial"
    WITHHELD = "adjudication_withheld", "Adjudication withheld or deferred"
    OTHER = "other", "Convicted in another way"


class VacatedBasis(TextChoices):
    DEFECT = "legal_defect", "A procedural or substantive defect"
    REHABILITATIVE = "rehabilitative", "Rehabilitation or hardship"
    EXPUNGED = "expunged", "Expunged"
    PARDON = "pardon", "Pardon"
    UNKNOWN = "unknown", "The basis is not known"


class ConvictionDetails(Details):
    statute: Line
    description: Line
    court: Line = ""
    disposition: Disposition
    sentence: Line = ""
    vacated_on: datetime.date | None = None
    vacated_basis: VacatedBasis | None = None


class ConvictionForm(FactForm):
    on_label = "When was the conviction?"

    description = line(
        "What was the conviction for?",
        hint="As the judgment says it.",
        required="Say what the conviction was for.",
    )
    statute = line(
        "Statute",
        hint="For example Cal. Penal Code 459.",
        required="Name the statute, as the judgment cites it.",
    )
    court = line("Court")
    disposition = one_of(
        Disposition,
        "How did the case end?",
        required="Choose how the case ended. Without a disposition, record an arrest instead.",
    )
    sentence = line("Sentence", hint="Length and kind, as imposed; say what was suspended.")
    vacated_on = DayField(
        label="Vacated on",
        required=False,
        help_text="Only when a court vacated it, or it was expunged or pardoned.",
    )
    vacated_basis = one_of(VacatedBasis, "On what basis was it vacated?", few=0)

    def clean_vacated_basis(self) -> str | None:
        value: str = self.cleaned_data["vacated_basis"]
        if self.cleaned_data.get("vacated_on") and not value:
            raise forms.ValidationError(
                "Say on what basis it was vacated; choose 'not known' when the order does not say."
            )
        return value or None


def words(details: ConvictionDetails) -> str:
    vacated = ""
    if details.vacated_on or details.vacated_basis:
        day = f" on {details.vacated_on}" if details.vacated_on else ""
        basis = f" ({details.vacated_basis.label.lower()})" if details.vacated_basis else ""
        vacated = f"vacated{day}{basis}"
    return joined(
        f"Conviction: {details.description} ({details.statute})",
        details.court,
        details.disposition.label.lower(),
        f"sentence: {details.sentence}" if details.sentence else "sentence not recorded",
        vacated,
    )


KIND = FactKind(
    key="conviction",
    label="Conviction",
    group=Group.CRIMINAL,
    hint="A judgment of a court. A charge or an arrest without disposition is no conviction.",
    details=ConvictionDetails,
    form=ConvictionForm,
    words=words,
    when="convicted",
    vacated=lambda details: bool(details.vacated_on or details.vacated_basis),
)
