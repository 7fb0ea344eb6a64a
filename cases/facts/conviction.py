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


class OffenseClass(TextChoices):
    """As the judgment or the law of the court names it; nobody here classifies an offense."""

    FELONY = "felony", "Felony"
    FELONY_OF_STATUS = "felony_of_status", "Felony of which immigration status itself was an element"
    MISDEMEANOR = "misdemeanor", "Misdemeanor"
    LESSER = "lesser", "Less than a misdemeanor"
    NOT_NAMED = "not_named", "The judgment names none"


class AggravatedRuling(TextChoices):
    """What was ruled on 8 U.S.C. 1101(a)(43), a question of law that a state's name for an offense does not answer."""

    HELD = "held", "Ruled to be one"
    HELD_NOT = "held_not", "Ruled not to be one"
    NONE = "none", "No ruling on record"


class ConvictionDetails(Details):
    statute: Line
    description: Line
    court: Line = ""
    disposition: Disposition
    offense_class: OffenseClass | None = None
    aggravated_ruling: AggravatedRuling | None = None
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
    offense_class = one_of(
        OffenseClass,
        "Class of the offense",
        hint="As the judgment or the law of that court names it. Leave it open if you have not read it.",
    )
    aggravated_ruling = one_of(
        AggravatedRuling,
        "Was it ruled whether it is an aggravated felony?",
        hint="By an immigration judge, the Board or a court (8 U.S.C. 1101(a)(43)). An opinion is no ruling.",
    )
    sentence = line("Sentence", hint="Length and kind, as imposed; say what was suspended.")
    vacated_on = DayField(
        label="Vacated on",
        required=False,
        help_text="Only when a court vacated it, or it was expunged or pardoned.",
    )
    vacated_basis = one_of(VacatedBasis, "On what basis was it vacated?", few=0)

    def clean_offense_class(self) -> str | None:
        return self.cleaned_data["offense_class"] or None

    def clean_aggravated_ruling(self) -> str | None:
        return self.cleaned_data["aggravated_ruling"] or None

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
        f"class: {details.offense_class.label.lower()}" if details.offense_class else "",
        f"aggravated felony: {details.aggravated_ruling.label.lower()}" if details.aggravated_ruling else "",
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
