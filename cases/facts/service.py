"""Military or other public service, of the person or the immediate family."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.facts.base import Details, FactForm, FactKind, Group, Line, joined, line, one_of


class Whose(TextChoices):
    SELF = "self", "The person"
    FAMILY = "immediate_family", "Immediate family"


class Sort(TextChoices):
    MILITARY = "military", "Military service"
    OTHER = "other", "Other public service"


class ServiceDetails(Details):
    whose: Whose
    sort: Sort
    what: Line


class ServiceForm(FactForm):
    on_label = "From when?"

    whose = one_of(Whose, "Who served?", required="Choose who served.")
    sort = one_of(Sort, "What service?", required="Choose the kind of service.")
    what = line("Branch or body, and length", required="Name the branch or body.")


def words(details: ServiceDetails) -> str:
    whose = "by the person" if details.whose == Whose.SELF else "by immediate family"
    return joined(f"{details.sort.label} {whose}", details.what)


KIND = FactKind(
    key="service",
    label="Military or public service",
    group=Group.SERVICE,
    hint="Of the person or the immediate family.",
    details=ServiceDetails,
    form=ServiceForm,
    words=words,
    when="from",
)
