"""Addresses of cases. They hold no rule: the page's form reads, its service writes, and each reading is noted."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Office
from cases import searching, selectors, services
from cases.api import shapes
from cases.api.base import (
    VERSION,
    ApiView,
    FieldError,
    Invalid,
    Operation,
    PossibleDuplicates,
    Query,
    body_of,
    case_or_404,
    filled,
    form_schema,
    own_case,
    user_of,
)
from cases.errors import Refused
from cases.facts import KINDS, FactKind
from cases.forms import EncounterForm, EvidenceForm, NewPersonForm, StatusForm
from cases.models import Case, Fact
from cases.selectors import CaseFilters
from cases.views import people as page_of_people
from ledger.clock import policy_date


class ConfirmedPersonForm(NewPersonForm):
    """The page's form, with what says which possible duplicates were seen."""

    confirmed = forms.CharField(
        label="Confirmed",
        required=False,
        max_length=64,
        help_text="The `confirmed` of an answer that named possible duplicates, to record a new person all the same.",
    )


class Cases(ApiView):
    """The list of cases, the search for a person, and a new person."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "GET": Operation(
            page="cases:list",
            summary="Find a person, or list cases",
            answer=shapes.CaseLines,
            queries=(
                Query("q", "An identifier, or the beginning of a name. Without it, the list."),
                Query("why", f"Reason of a search: {', '.join(searching.REASONS)}. Required with `q`."),
                Query("similar", "1 to find names that are alike, where the database can compare them."),
                Query("office", "Key of an office, or empty for every office; without it, one's own."),
                Query("state", "open, closed, or empty for both; without it, open."),
                Query("before", "Where the page of the list begins; taken from `next`."),
            ),
            problems=(422,),
        ),
        "POST": Operation(
            page="cases:new",
            summary="Record a person with an open case",
            status=201,
            answer=shapes.Written,
            body=lambda: form_schema(ConfirmedPersonForm()),
            problems=(409,),
        ),
    }

    def get(self, request: Request) -> Response:
        user = user_of(request)
        asked = request.query_params
        q = " ".join(asked.get("q", "").replace("\x00", " ").split())
        if q:
            reason = searching.reason_of(asked.get("why"))
            if not reason:
                raise Invalid([FieldError("why", searching.NOT_CHOSEN)])
            similar = asked.get("similar") == "1" and selectors.can_search_similar()
            people = selectors.find_people(user, q, similar=similar)
            services.note_person_search(
                actor=user.actor(),
                query=q,
                shown=[one.case_id for one in people],
                reason=reason,
                similar=similar,
            )
            return self.reply(
                shapes.CaseLines(results=[shapes.line_of_match(one) for one in people], next="")
            )
        office = asked.get("office", user.office_id)
        if office and not Office.objects.filter(key=office.replace("\x00", "")).exists():
            office = user.office_id
        state = asked.get("state", "open")
        state = state if state in page_of_people.STATES else "open"
        before = _uuid(asked.get("before", ""))
        page = selectors.case_list(user, CaseFilters(office=office, state=state), before)
        services.note_case_list(
            actor=user.actor(),
            office=office,
            state=state,
            before=str(before or ""),
            shown=[row.id for row in page.rows],
        )
        query = urlencode({"office": office, "state": state, "before": page.next_before})
        return self.reply(
            shapes.CaseLines(
                results=[shapes.line_of_row(row) for row in page.rows],
                next=f"{reverse('api:cases')}?{query}" if page.next_before else "",
            )
        )

    def post(self, request: Request) -> Response:
        user = user_of(request)
        form = filled(ConfirmedPersonForm, body_of(request))
        data = form.cleaned_data
        duplicates = selectors.possible_duplicates(
            user=user,
            family_name=data["family_name"],
            given_name=data["given_name"],
            birth=data["birth"],
            identifiers=form.identifiers(),
        )
        token = page_of_people._token(duplicates)
        if duplicates and data["confirmed"] != token:
            services.note_person_search(
                actor=user.actor(),
                query=f"before a new person: {data['family_name']}, {data['given_name']}",
                shown=[one.case_id for one in duplicates],
                reason=searching.DUPLICATE,
            )
            raise PossibleDuplicates(duplicates, token)
        with transaction.atomic():
            case = services.create_person_and_case(
                actor=user.actor(),
                user=user,
                family_name=data["family_name"],
                given_name=data["given_name"],
                birth=data["birth"],
                identifiers=form.identifiers(),
                shown_duplicates=[one.person_id for one in duplicates],
            )
            if encounter := form.encounter():
                services.record_encounter(actor=user.actor(), user=user, case=case, **encounter)
        return self.reply(
            shapes.Written(id=case.id, version=case.version), 201, reverse("api:case", args=[case.id])
        )


class OneCase(ApiView):
    """The record of a case."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "GET": Operation(
            page="cases:detail", summary="Read the record of a case", answer=shapes.CaseShape, problems=(404,)
        )
    }

    def get(self, request: Request, case_id: uuid.UUID) -> Response:
        case = case_or_404(request, case_id)
        services.note_case_opened(actor=user_of(request).actor(), case=case, page="case")
        return self.reply(shapes.case_shape(case, policy_date()))


def _fact_schema(*, new: bool) -> dict[str, Any]:
    """A body for each kind of fact; a new one names its kind, a changed one its version."""
    forms_by_kind: dict[str, forms.Form] = {key: kind.form() for key, kind in KINDS.items()}
    if new:
        forms_by_kind["encounter"] = EncounterForm()
    schemas = []
    for key, form in forms_by_kind.items():
        schema = form_schema(form, required=["kind"] if new else ["version"])
        if new:
            schema["properties"].pop("version", None)
            schema["properties"]["kind"] = {"type": "string", "enum": [key]}
        schemas.append(schema)
    if not new:
        withdraw = {"title": "Withdraw", "description": "The version of the fact that is withdrawn."}
        schemas.append(
            {
                "type": "object",
                "properties": {"withdraw": withdraw | VERSION},
                "required": ["withdraw"],
                "additionalProperties": False,
            }
        )
    return {"oneOf": schemas} if new else {"anyOf": schemas}


class Facts(ApiView):
    """A new fact."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="cases:fact-new",
            summary="Record a fact or an encounter",
            status=201,
            answer=shapes.Written,
            body=lambda: _fact_schema(new=True),
            problems=(404,),
        )
    }

    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        user = user_of(request)
        case = own_case(request, case_id)
        data = body_of(request)
        key = data.get("kind")
        content = {name: value for name, value in data.items() if name != "kind"}
        if key == "encounter":
            encounter = filled(EncounterForm, content).encounter()
            if encounter is None:
                raise Refused(
                    "Nothing is filled in. Write at least when or where the person was met.", field="met_on"
                )
            row = services.record_encounter(actor=user.actor(), user=user, case=case, **encounter)
            return self.reply(shapes.Written(id=row.id, version=row.version), 201)
        kind = KINDS.get(key) if isinstance(key, str) else None
        if kind is None:
            raise Invalid([FieldError("kind", "This is no kind of fact. Choose one of the list.")])
        form = _fact_form(kind, content, case)
        fact = services.record_fact(
            actor=user.actor(), user=user, case=case, kind=kind.key, **_fact_content(form)
        )
        return self.reply(
            shapes.Written(id=fact.id, version=fact.version),
            201,
            reverse("api:fact", args=[case.id, fact.id]),
        )


class OneFact(ApiView):
    """A change of one fact."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "PUT": Operation(
            page="cases:fact-edit",
            summary="Replace the content of a fact, or withdraw it",
            answer=shapes.Written,
            body=lambda: _fact_schema(new=False),
            problems=(404, 409),
        )
    }

    def put(self, request: Request, case_id: uuid.UUID, fact_id: uuid.UUID) -> Response:
        user = user_of(request)
        case = case_or_404(request, case_id)
        fact = Fact.objects.filter(pk=fact_id, case=case, withdrawn=False).first()
        if fact is None:
            raise Http404
        fact.case = own_case(request, case_id)
        data = body_of(request)
        if "withdraw" in data:
            version = filled(WithdrawForm, data).cleaned_data["withdraw"]
            services.withdraw_fact(actor=user.actor(), user=user, fact=fact, version=version)
        else:
            form = _fact_form(KINDS[fact.kind], data, case)
            services.change_fact(
                actor=user.actor(),
                user=user,
                fact=fact,
                version=form.cleaned_data["version"] or 0,
                **_fact_content(form),
            )
        return self.reply(shapes.Written(id=fact.id, version=fact.version))


class WithdrawForm(forms.Form):
    """The version of a fact that is taken out of the record."""

    withdraw = forms.IntegerField(min_value=0, max_value=2**31 - 1)


def _fact_form(kind: FactKind[Any], data: Mapping[str, Any], case: Case) -> Any:
    choices = [(str(view.id), view.title) for view in selectors.evidence_of(case)]
    return filled(kind.form, data, evidence_choices=choices)


def _fact_content(form: Any) -> dict[str, Any]:
    """Keywords of a fact for the services."""
    return {
        "details": form.details(),
        "on": form.cleaned_data["on"],
        "evidence": [uuid.UUID(one) for one in form.cleaned_data["evidence"]],
    }


class EvidenceRows(ApiView):
    """A new piece of evidence."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="cases:evidence-new",
            summary="Record evidence",
            status=201,
            answer=shapes.Written,
            body=lambda: form_schema(EvidenceForm()),
            problems=(404,),
        )
    }

    def post(self, request: Request, case_id: uuid.UUID) -> Response:
        user = user_of(request)
        case = own_case(request, case_id)
        content = filled(EvidenceForm, body_of(request)).content()
        row = services.record_evidence(actor=user.actor(), user=user, case=case, **content)
        return self.reply(shapes.Written(id=row.id, version=row.version), 201)


class Status(ApiView):
    """Status and removability."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "PUT": Operation(
            page="cases:status",
            summary="Save status and removability",
            answer=shapes.StatusSavedShape,
            body=lambda: form_schema(StatusForm(), required=["version"]),
            problems=(404, 409),
        )
    }

    def put(self, request: Request, case_id: uuid.UUID) -> Response:
        user = user_of(request)
        case = case_or_404(request, case_id)
        choices = [(str(view.id), view.title) for view in selectors.evidence_of(case)]
        form = filled(StatusForm, body_of(request), evidence_choices=choices)
        saved = services.save_status(
            actor=user.actor(),
            user=user,
            case=case,
            version=form.cleaned_data["version"] or 0,
            answers=form.answers(),
            protected=form.protected(),
        )
        missing = list(form.answers().missing())
        return self.reply(
            shapes.StatusSavedShape(version=saved.version, complete=saved.complete, missing=missing)
        )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
