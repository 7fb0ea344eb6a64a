"""Forms of cases. They read what was typed; what it means and whether it is accepted is the services' matter."""

from __future__ import annotations

from django import forms

from cases.errors import Refused
from cases.forms.evidence import EvidenceForm
from cases.forms.person import NewPersonForm
from cases.forms.request import RecordRequestForm
from cases.forms.status import StatusForm

__all__ = ["EvidenceForm", "NewPersonForm", "RecordRequestForm", "StatusForm", "add_refusal"]


def add_refusal(form: forms.Form, refused: Refused) -> None:
    """Put a service's refusal at its field, or at the head where the form has no such field."""
    text = f"{refused.text} ({refused.law})" if refused.law else refused.text
    form.add_error(refused.field if refused.field in form.fields else None, text)
