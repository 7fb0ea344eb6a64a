"""A condition that needs care, of the person or of someone the person cares for."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.facts.base import Details, FactForm, FactKind, Group, Text, joined, one_of, text


class Whose(TextChoices):
    SELF = "self", "The person"
    FAMILY = "family", "Someone the person cares for"


class Nature(TextChoices):
    PHYSICAL = "physical", "Physical"
    MENTAL = "mental", "Mental"
    BOTH = "both", "Both"


class HealthDetails(Details):
    whose: Whose
    nature: Nature
    care: Text


class HealthForm(FactForm):
    on_label = "As of when is this known?"

    whose = one_of(Whose, "Whose health?", required="Choose whose health it is about.")
    nature = one_of(Nature, "What kind of condition?", required="Choose the kind of condition.")
    care = text(
        "What care or treatment is needed?",
        hint="As much as the decision needs, no more.",
        required="Say which care or treatment is needed.",
    )


def words(details: HealthDetails) -> str:
    whose = "of the person" if details.whose == Whose.SELF else "of someone the person cares for"
    nature = "physical and mental" if details.nature == Nature.BOTH else details.nature.label.lower()
    return joined(f"Health {whose}: {nature} condition", details.care)


KIND = FactKind(
    key="health",
    label="Health and care",
    group=Group.FAMILY,
    hint="A physical or mental condition that needs care or treatment.",
    details=HealthDetails,
    form=HealthForm,
    words=words,
    when="as of",
)
