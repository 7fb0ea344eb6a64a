"""What the person gives: work, care, public or essential service, ties to the community."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.facts.base import Details, FactForm, FactKind, Group, Text, joined, one_of, text


class Sort(TextChoices):
    WORK = "work", "Work"
    CARE = "care", "Care for others"
    SERVICE = "public_or_essential_service", "Public or essential service"
    TIES = "ties", "Ties to the community"


class ContributionDetails(Details):
    sort: Sort
    what: Text


class ContributionForm(FactForm):
    on_label = "Since when?"

    sort = one_of(Sort, "What kind of contribution?", required="Choose the kind of contribution.")
    what = text("What is known?", required="Say what is known.")


def words(details: ContributionDetails) -> str:
    return joined(f"Contribution: {details.sort.label.lower()}", details.what)


KIND = FactKind(
    key="contribution",
    label="Contribution and ties",
    group=Group.SERVICE,
    hint="Work, care, public or essential service, ties.",
    details=ContributionDetails,
    form=ContributionForm,
    words=words,
    when="since",
)
