"""Forms of cases. They read what was typed; what it means and whether it is accepted is the services'
matter."""

from __future__ import annotations

from collections.abc import Callable

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


def take_words(form: forms.Form, which: str, clean: Callable[[str], str]) -> None:
    """Take what the screen suggests over into the form, as its button says: `field|start|end` for one suggestion,
    `field|all` for a text without its descriptors, which `clean` gives."""
    name, _, span = which.partition("|")
    if not isinstance(form.data, QueryDict) or name not in form.data:
        return
    data = form.data.copy()
    text = str(data[name]).replace("\r\n", "\n").strip()
    found = [word for word in find(text) if f"{word.start}|{word.end}" == span]
    data[name] = clean(text) if span == "all" else rewritten(text, found)
    form.data = data
