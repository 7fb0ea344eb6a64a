"""Which decision a program's request is about: one that this person may review, or none that exists."""

from __future__ import annotations

import uuid

from django.http import Http404
from rest_framework.request import Request

from assessment.models import Decision
from cases.api.base import user_of
from review import selectors


def asked_decision(request: Request, decision_id: uuid.UUID) -> Decision:
    """The decision of the address. Raises `Http404` where it is not this person's to review."""
    try:
        return selectors.decision_for_review(user_of(request), decision_id)
    except Decision.DoesNotExist:
        raise Http404 from None
