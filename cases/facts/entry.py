"""An entry or an attempt to enter: place, manner, date. It speaks of removability; a criterion may turn on
its day."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.facts.base import Details, FactForm, FactKind, Group, Line, joined, line, one_of


class Manner(TextChoices):
    WITHOUT_INSPECTION = "without_inspection", "Without inspection"
    ATTEMPTED = "attempted", "Attempted, and stopped there"
    ADMITTED_VISA = "admitted_visa", "Admitted, with a visa or waiver"
    PAROLED = "paroled", "Paroled"
    OTHER = "other", "Other"
    NOT_KNOWN = "not_known", "Not known"


class EntryDetails(Details):
    manner: Manner
    place: Line = ""


class EntryForm(FactForm):
    on_label = "When was the entry?"

    manner = one_of(
        Manner, "How did the person enter?", required="Choose the manner; 'not known' is an answer."
    )
    place = line("Where?", hint="Port of entry or stretch of the border.")


def words(details: EntryDetails) -> str:
    return joined(f"Entry: {details.manner.label[0].lower()}{details.manner.label[1:]}", details.place)


KIND = FactKind(
    key="entry",
    label="Entry",
    group=Group.PRESENCE,
    hint="Date, place and manner. Write 'about' where the day is not sure: a criterion can turn on one day.",
    details=EntryDetails,
    form=EntryForm,
    words=words,
    when="on",
    presence_only=True,
)
