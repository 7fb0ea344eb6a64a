"""What the free texts of an assessment are called where a case's words are listed, and the page that changes them."""

from __future__ import annotations

import uuid

from django.urls import reverse

from assessment.fields import DECISION_STEP
from assessment.models import Decision, ReturnAnswers, StepAnswers
from assessment.returning import RETURN_STEP, label_of_text
from cases.screening.places import Place
from policy.services import current


def of_step(case_id: uuid.UUID, row_id: uuid.UUID, field: str) -> Place:
    """A text of a page of facts."""
    row = StepAnswers.objects.get(pk=row_id)
    return Place(
        _label(field), reverse("assessment:step", args=[row.assessment_id, row.step]) + f"#id_{field}"
    )


def of_decision(case_id: uuid.UUID, row_id: uuid.UUID, field: str) -> Place:
    """A text of the decision's own page."""
    row = Decision.objects.get(pk=row_id)
    url = reverse("assessment:step", args=[row.assessment_id, DECISION_STEP])
    return Place(_label(field), f"{url}?decision={row.pk}#id_{field}")


def of_return(case_id: uuid.UUID, row_id: uuid.UUID, field: str) -> Place:
    """An answer to a point of a return."""
    row = ReturnAnswers.objects.select_related("decision").get(pk=row_id)
    url = reverse("assessment:step", args=[row.decision.assessment_id, RETURN_STEP])
    return Place(_label(field), f"{url}?decision={row.decision_id}#id_{field}")


def _label(field: str) -> str:
    edition, _ = current()
    return f"Assessment, {label_of_text(edition, field)}"
