"""What every address of the API shares: its operations as a table, its reading of a body, its refusals.

A body is read by the page's own form, so that names, checks and texts are the page's. An operation names the page whose
rights it has; who may reach a page is said in one table only.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.http import Http404, QueryDict
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.http import signed_in
from accounts.models import User
from cases import selectors
from cases.errors import Refused
from cases.models import Case

NO_SUCH_FIELD = "There is no such field here, so nothing was saved. Take it out, or correct its name."
NOT_A_TEXT = "Only a text, a number, yes or no, or a list of texts can stand here."
ONE_VALUE = "Only one value can stand here, not a list."


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong: the field's name or empty for the whole, why, and what to do next."""

    field: str
    reason: str
    next: str = "Correct it and send the request again. Nothing was saved."


class Invalid(Exception):
    """What was sent is not accepted."""

    def __init__(self, errors: Iterable[FieldError]) -> None:
        self.errors = list(errors)
        super().__init__("; ".join(one.reason for one in self.errors))


class NotOpen(Exception):
    """The record is readable for this person and not theirs to change. The text says why and what to do."""


class PossibleDuplicates(Exception):
    """Persons who may be the same; `confirmed` sent back with the same body records a new one all the same."""

    def __init__(self, people: Sequence[selectors.PersonMatch], confirmed: str) -> None:
        super().__init__("These persons may be the same.")
        self.people = people
        self.confirmed = confirmed


@dataclass(frozen=True, slots=True)
class Query:
    """One filter in the address, with the filter's name on the page."""

    name: str
    words: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """One method of one address. `page` is the route whose rights it has; `problems` are the statuses beyond those that
    every operation can answer with."""

    page: str
    summary: str
    status: int = 200
    answer: type[BaseModel] | None = None
    body: Callable[[], dict[str, Any]] | None = None
    queries: tuple[Query, ...] = ()
    problems: tuple[int, ...] = ()
    also: Mapping[int, str] = field(default_factory=dict)


class ApiView(APIView):
    """One address. `operations` has an entry for each method that it answers."""

    operations: ClassVar[Mapping[str, Operation]] = {}
    metadata_class = None

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """The view; an address without its last slash is not redirected, because what was posted would be lost."""
        view = super().as_view(**initkwargs)
        view.should_append_slash = False  # type: ignore[attr-defined]
        return view

    def reply(self, shape: BaseModel, status: int = 200, location: str = "") -> Response:
        headers = {"Location": location} if location else None
        return Response(shape.model_dump(mode="json"), status=status, headers=headers)


def user_of(request: Request) -> User:
    return signed_in(request._request)


def body_of(request: Request) -> dict[str, Any]:
    """The JSON object that was sent; an empty body is an empty object."""
    return request.data if isinstance(request.data, dict) else {}


def posted(data: Mapping[str, Any], known: Iterable[str], many: Iterable[str] = ()) -> QueryDict:
    """The object as a page would have posted it. Raises `Invalid` for names and shapes that no page has."""
    names, lists = set(known), set(many)
    errors = [FieldError(name[:60], NO_SUCH_FIELD) for name in data if name not in names]
    form = QueryDict(mutable=True)
    for name, value in data.items():
        if name not in names:
            continue
        if isinstance(value, list) and name not in lists:
            errors.append(FieldError(name, ONE_VALUE))
            continue
        try:
            texts = [_as_text(one) for one in (value if isinstance(value, list) else [value])]
            # A box of a page is ticked once.
            form.setlist(name, list(dict.fromkeys(texts)))
        except TypeError:
            errors.append(FieldError(name, NOT_A_TEXT))
    if errors:
        raise Invalid(errors)
    return form


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and abs(value) < 2**53:
        return str(value)
    raise TypeError


def filled(form_class: Callable[..., forms.Form], data: Mapping[str, Any], **options: Any) -> Any:
    """The page's form filled with the body, and valid. Raises `Invalid` with the page's texts."""
    fields = form_class(**options).fields
    many = [name for name, one in fields.items() if isinstance(one, forms.MultipleChoiceField)]
    form = form_class(posted(data, fields, many), **options)
    if not form.is_valid():
        raise Invalid(
            FieldError("" if name == "__all__" else name, str(text))
            for name, texts in form.errors.items()
            for text in texts
        )
    version = form.cleaned_data.get("version")
    if version is not None and not 0 <= version < 2**31:
        raise Invalid([FieldError("version", "A version is a whole number from 0.")])
    return form


def own_case(request: Request, case_id: uuid.UUID) -> Case:
    """A visible case that this person may write in. Raises `Http404`, or `NotOpen` where the page says the same."""
    from cases.services.common import require_own

    user = user_of(request)
    case = case_or_404(request, case_id)
    try:
        require_own(user, case)
    except Refused as refused:
        raise NotOpen(refused.text) from refused
    return case


def case_or_404(request: Request, case_id: uuid.UUID) -> Case:
    try:
        return selectors.case_for(user_of(request), case_id)
    except Case.DoesNotExist:
        raise Http404 from None


def form_schema(form: forms.Form, *, required: Iterable[str] = ()) -> dict[str, Any]:
    """The JSON Schema of a body that fills `form`: names, labels, hints and choices are the form's."""
    wanted = {name for name, one in form.fields.items() if one.required} | set(required)
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: _property(one) for name, one in form.fields.items()},
        "additionalProperties": False,
    }
    return schema | ({"required": sorted(wanted)} if wanted else {})


def _property(one: forms.Field) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if one.label:
        told["title"] = str(one.label)
    if one.help_text:
        told["description"] = str(one.help_text)
    if isinstance(one, forms.MultipleChoiceField):
        return told | {"type": "array", "items": _chosen(one, blank=False)}
    if isinstance(one, forms.ChoiceField):
        return told | _chosen(one, blank=not one.required)
    if isinstance(one, forms.IntegerField):
        return told | VERSION
    if isinstance(one, forms.CharField) and one.max_length:
        return told | {"type": "string", "maxLength": one.max_length}
    return told | {"type": "string"}


def _chosen(one: forms.ChoiceField, *, blank: bool) -> dict[str, Any]:
    keys = [str(key) for key, _ in one.choices if key]  # type: ignore[union-attr, misc]
    if not keys:
        return {"type": "string"}
    return {"type": "string", "enum": ["", *keys] if blank else keys}


VERSION: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
