"""Forms of cases. They read what was typed; what it means and whether it is accepted is the services'
matter."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from cases.errors import Refused
from cases.forms.evidence import EvidenceForm
from cases.forms.person import ChangePersonForm, EncounterForm, NewPersonForm
from cases.forms.request import RecordRequestForm
from cases.forms.status import StatusForm
from cases.screening.words import find, rewritten

__all__ = [
    "ChangePersonForm",
    "EncounterForm",
    "EvidenceForm",
    "NewPersonForm",
    "RecordRequestForm",
    "StatusForm",
    "add_refusal",
    "take_version",
    "take_words",
]


def add_refusal(form: forms.Form, refused: Refused) -> None:
    """Put a service's refusal at its field, or at the head where the form has no such field."""
    text = f"{refused.text} ({refused.law})" if refused.law else refused.text
    form.add_error(refused.field if refused.field in form.fields else None, text)


def take_version(form: forms.Form, version: int) -> None:
    """After a conflict: the form as typed, so that sending it once more replaces `version` knowingly."""
    if isinstance(form.data, QueryDict):
        data = form.data.copy()
        data["version"] = str(version)
        form.data = data


def take_words(form: forms.Form, which: str) -> None:
    """Take one suggestion of the screen over into the form; `which` is `field|start|end` as its button says."""
    name, _, span = which.partition("|")
    if isinstance(form.data, QueryDict) and name in form.data:
        data = form.data.copy()
        text = str(data[name]).replace("\r\n", "\n").strip()
        data[name] = rewritten(text, [word for word in find(text) if f"{word.start}|{word.end}" == span])
        form.data = data
