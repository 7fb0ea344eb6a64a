"""Since when the person has been in the United States. It speaks of removability, and of the length of
presence."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.facts.base import Details, FactForm, FactKind, Group, Line, joined, line, one_of


class Continuous(TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class PresenceDetails(Details):
    continuous: Continuous
    note: Line = ""


class PresenceForm(FactForm):
    on_label = "Since when?"

    continuous = one_of(
        Continuous, "Without long absences?", required="Choose one; 'not known' is an answer."
    )
    note = line("What shows it?")


def words(details: PresenceDetails) -> str:
    absences = {
        Continuous.YES: "no long absences",
        Continuous.NO: "with absences",
        Continuous.NOT_KNOWN: "absences not known",
    }[details.continuous]
    return joined("In the United States", absences, details.note)


KIND = FactKind(
    key="presence",
    label="Time in the United States",
    group=Group.PRESENCE,
    hint="The date is the day since when the person has been here.",
    details=PresenceDetails,
    form=PresenceForm,
    words=words,
    when="since",
    presence_only=True,
)
