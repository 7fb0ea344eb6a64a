"""The list of cases, the search for a person, and a new person."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import UNASSIGNED, Office, Role
from cases import searching, selectors, services
from cases.errors import Refused
from cases.forms import NewPersonForm, add_refusal
from cases.identifiers import normalise_a_number
from cases.selectors import CaseFilters, PersonMatch
from cases.views.common import say_saved, user_of
from ledger.actors import ActorRequest

STATES = {"open": "Open", "closed": "Closed", "": "Open and closed"}


@require_safe
def case_list(request: ActorRequest) -> HttpResponse:
    """With `q` and `why` a search, without `q` the list: `office`, `state` and `before` stand in the address."""
    user = user_of(request)
    q = " ".join(request.GET.get("q", "").replace("\x00", " ").split())
    if q:
        reason, similar = searching.reason_of(request.GET.get("why")), request.GET.get("similar") == "1"
        searching.keep(request.session, reason)
        if not reason:
            errors = [("search-why", "Why you search", searching.NOT_CHOSEN)]
            context = {"q": q, "similar": similar, "errors": errors}
            return render(request, "cases/search_reason.html", context, status=422)
        can_compare = similar and selectors.can_search_similar()
        people = selectors.find_people(user, q, similar=can_compare)
        services.note_person_search(
            actor=request.actor,
            query=q,
            shown=[one.case_id for one in people],
            reason=reason,
            similar=can_compare,
        )
        context = {
            "q": q,
            "people": people,
            "why": reason,
            "reason": searching.REASONS[reason],
            "kept": searching.KEPT_WORDS,
            "similar": similar,
            "cannot_compare": similar and not can_compare,
            "may_record": user.role == Role.OFFICER,
        }
        return render(request, "cases/search.html", context)
    offices = list(Office.objects.order_by("name"))
    office = request.GET.get("office", user.office_id)
    if office not in {"", *(one.key for one in offices)}:
        office = user.office_id
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    before = _uuid(request.GET.get("before", ""))
    page = selectors.case_list(user, CaseFilters(office=office, state=state), before)
    services.note_case_list(
        actor=request.actor,
        office=office,
        state=state,
        before=str(before or ""),
        shown=[row.id for row in page.rows],
    )
    context = {
        "page": page,
        "offices": offices,
        "office": office,
        "office_name": next((one.name for one in offices if one.key == office), "every office"),
        "states": STATES.items(),
        "state": state,
        "state_words": STATES[state].lower(),
        "before": before,
        "may_record": user.role == Role.OFFICER,
        "unassigned": UNASSIGNED if UNASSIGNED in {one.key for one in offices} - {office} else "",
    }
    return render(request, "cases/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """A new person. Possible duplicates are shown before a second record is made."""
    if request.method == "GET":
        return render(
            request,
            "cases/new.html",
            {"form": NewPersonForm(initial=_initial(request)), "duplicates": [], "token": ""},
        )
    user = user_of(request)
    form = NewPersonForm(request.POST)
    duplicates: list[PersonMatch] = []
    token = ""
    status = 422
    if form.is_valid():
        data = form.cleaned_data
        duplicates = selectors.possible_duplicates(
            user=user,
            family_name=data["family_name"],
            given_name=data["given_name"],
            birth=data["birth"],
            identifiers=form.identifiers(),
        )
        token = _token(duplicates)
        if duplicates and request.POST.get("confirmed") != token:
            status = 200
            services.note_person_search(
                actor=request.actor,
                query=f"before a new person: {data['family_name']}, {data['given_name']}",
                shown=[one.case_id for one in duplicates],
                reason=searching.DUPLICATE,
            )
        else:
            try:
                with transaction.atomic():
                    case = services.create_person_and_case(
                        actor=request.actor,
                        user=user,
                        family_name=data["family_name"],
                        given_name=data["given_name"],
                        birth=data["birth"],
                        identifiers=form.identifiers(),
                        shown_duplicates=[one.person_id for one in duplicates],
                    )
                    if encounter := form.encounter():
                        services.record_encounter(actor=request.actor, user=user, case=case, **encounter)
            except Refused as refused:
                add_refusal(form, refused)
            else:
                say_saved(request, f"{case.person.name} is recorded, and the case is open")
                return redirect("cases:detail", case.id)
    return render(
        request, "cases/new.html", {"form": form, "duplicates": duplicates, "token": token}, status=status
    )


def _initial(request: ActorRequest) -> dict[str, str]:
    """What was searched for in vain is a start for the form."""
    q = " ".join(request.GET.get("q", "").split())[:100]
    if normalise_a_number(q):
        return {"a_number": q}
    family, comma, given = (part.strip() for part in q.partition(","))
    if not comma and " " in q:
        given, _, family = q.rpartition(" ")
    return {"family_name": family, "given_name": given}


def _token(duplicates: Sequence[PersonMatch]) -> str:
    """Says which persons were shown; if others have come since, they are shown first."""
    ids = ",".join(sorted(str(one.person_id) for one in duplicates))
    return hashlib.sha256(ids.encode()).hexdigest() if ids else ""


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
