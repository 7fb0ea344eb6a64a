"""What speaks of change since: treatment, education, work, a sentence served, years without an offense."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.facts.base import Details, FactForm, FactKind, Group, Text, joined, one_of, text


class Sort(TextChoices):
    TREATMENT = "treatment", "Treatment or counselling"
    EDUCATION = "education", "Education or training"
    EMPLOYMENT = "employment", "Steady work"
    SUPERVISION = "supervision", "Probation, parole or sentence completed"
    TIME = "time", "Time without an offense"
    OTHER = "other", "Other"


class RehabilitationDetails(Details):
    sort: Sort
    what: Text


class RehabilitationForm(FactForm):
    on_label = "Since when?"

    sort = one_of(Sort, "What does it rest on?", required="Choose what it rests on.")
    what = text("What is known?", required="Say what is known.")


def words(details: RehabilitationDetails) -> str:
    return joined(f"Rehabilitation: {details.sort.label.lower()}", details.what)


KIND = FactKind(
    key="rehabilitation",
    label="Rehabilitation",
    group=Group.CRIMINAL,
    hint="Change since the last conduct, with what shows it.",
    details=RehabilitationDetails,
    form=RehabilitationForm,
    words=words,
    when="since",
)
