"""Relief that is claimed or filed, coded and coarse on purpose: what exactly was filed may be protected."""

from __future__ import annotations

from django.db.models import TextChoices

from cases.facts.base import Details, FactForm, FactKind, Group, joined, one_of


class Sort(TextChoices):
    HUMANITARIAN = "humanitarian", "Humanitarian protection"
    FAMILY = "family_based", "Based on family"
    CANCELLATION = "cancellation", "Cancellation of removal"
    TEMPORARY = "temporary", "Temporary status or deferral"
    OTHER = "other", "Other relief"


class Stage(TextChoices):
    CLAIMED = "claimed", "Claimed, not filed"
    FILED = "filed", "Filed, pending"
    GRANTED = "granted", "Granted"
    DENIED = "denied", "Denied"


class ReliefDetails(Details):
    sort: Sort
    stage: Stage


class ReliefForm(FactForm):
    on_label = "As of when is this known?"

    sort = one_of(
        Sort,
        "Which relief?",
        hint="Only the kind. The ground on which it rests does not belong here.",
        required="Choose the kind of relief.",
    )
    stage = one_of(Stage, "Where does it stand?", required="Choose where it stands.")


def words(details: ReliefDetails) -> str:
    return joined(f"Relief: {details.sort.label.lower()}", details.stage.label.lower())


KIND = FactKind(
    key="relief",
    label="Relief",
    group=Group.PROCEEDINGS,
    hint="Claimed or filed. The ground of the relief is not asked.",
    details=ReliefDetails,
    form=ReliefForm,
    words=words,
    when="as of",
)
