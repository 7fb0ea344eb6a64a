"""An arrest or charge that ended in no conviction, or whose end nobody knows."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.facts.base import Details, FactForm, FactKind, Group, Line, joined, line, one_of


class KnownEnd(TextChoices):
    NOT_KNOWN = "not_known", "Not known: the disposition is missing"
    PENDING = "pending", "Pending"
    NOT_CHARGED = "not_charged", "No charge was filed"
    DISMISSED = "dismissed", "Dismissed"
    ACQUITTED = "acquitted", "Acquitted"


class ArrestDetails(Details):
    description: Line
    agency: Line = ""
    known_end: KnownEnd


class ArrestForm(FactForm):
    on_label = "When was the arrest?"

    description = line(
        "What was the arrest or charge for?", required="Say what the arrest or charge was for."
    )
    agency = line("Which agency made the arrest?")
    known_end = one_of(
        KnownEnd, "What became of it?", required="Choose what became of it; 'not known' is an answer."
    )


def words(details: ArrestDetails) -> str:
    end = details.known_end.label.partition(":")[0].lower()
    return joined(f"Arrest without conviction: {details.description}", details.agency, f"end: {end}")


KIND = FactKind(
    key="arrest",
    label="Arrest without conviction",
    group=Group.CRIMINAL,
    hint="An arrest or a charge is not a conviction. Ask for the disposition under record requests.",
    details=ArrestDetails,
    form=ArrestForm,
    words=words,
    when="arrested",
)
