"""A member of the family, coded: relation, standing in the United States, age range, dependence. No names."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.facts.base import Details, FactForm, FactKind, Group, Line, joined, line, one_of


class Relation(TextChoices):
    SPOUSE_OR_PARTNER = "spouse_or_partner", "Spouse or partner"
    CHILD = "child", "Child"
    PARENT = "parent", "Parent"
    SIBLING = "sibling", "Brother or sister"
    OTHER = "other", "Other relative"


class Standing(TextChoices):
    CITIZEN = "citizen", "US citizen"
    RESIDENT = "resident", "Lawful permanent resident"
    OTHER = "other", "Neither"
    NOT_KNOWN = "not_known", "Not known"


class AgeRange(TextChoices):
    UNDER_6 = "under_6", "Under 6"
    FROM_6 = "6_to_17", "6 to 17"
    ADULT = "18_to_64", "18 to 64"
    OLDER = "65_and_over", "65 and over"
    NOT_KNOWN = "not_known", "Not known"


class Dependence(TextChoices):
    SUPPORT_AND_CARE = "support_and_care", "For money and for care"
    SUPPORT = "support", "For money"
    CARE = "care", "For care"
    NONE = "none", "Does not depend on the person"
    NOT_KNOWN = "not_known", "Not known"


class FamilyDetails(Details):
    relation: Relation
    standing: Standing
    age_range: AgeRange
    dependence: Dependence
    note: Line = ""


class FamilyForm(FactForm):
    on_label = "As of when is this known?"

    relation = one_of(Relation, "Who is it to the person?", required="Choose the relation.")
    standing = one_of(
        Standing, "Citizen or permanent resident?", required="Choose one; 'not known' is an answer."
    )
    age_range = one_of(AgeRange, "Age", required="Choose an age range; 'not known' is an answer.")
    dependence = one_of(
        Dependence,
        "Does this relative depend on the person?",
        required="Choose one; 'not known' is an answer.",
    )
    note = line(
        "Anything else that matters here?",
        hint="No names. Country, language, religion and the like stay out.",
    )


def words(details: FamilyDetails) -> str:
    dependence = {
        Dependence.NONE: "does not depend on the person",
        Dependence.NOT_KNOWN: "dependence not known",
    }.get(details.dependence, f"depends on the person {details.dependence.label.lower()}")
    standing = {
        Standing.NOT_KNOWN: "standing not known",
        Standing.OTHER: "neither citizen nor permanent resident",
        Standing.CITIZEN: "US citizen",
    }.get(details.standing, details.standing.label.lower())
    age = (
        "age not known"
        if details.age_range == AgeRange.NOT_KNOWN
        else f"age {details.age_range.label.lower()}"
    )
    return joined(f"Family: {details.relation.label.lower()}", standing, age, dependence, details.note)


KIND = FactKind(
    key="family",
    label="Family member",
    group=Group.FAMILY,
    hint="One row for each relative who matters to the case.",
    details=FamilyDetails,
    form=FamilyForm,
    words=words,
    when="as of",
)
