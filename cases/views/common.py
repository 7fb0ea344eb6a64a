"""What the pages of a case share."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.models import UNASSIGNED, Role, User
from cases import selectors, services
from cases.errors import Conflict, Refused
from cases.forms import add_refusal, take_version, take_words
from cases.models import Case
from ledger.actors import Actor, ActorRequest
from ledger.clock import now


def user_of(request: HttpRequest) -> User:
    """The signed-in user; the route table lets nobody else come here."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def actor_of(request: HttpRequest) -> Actor:
    return user_of(request).actor()


def case_or_404(request: HttpRequest, case_id: uuid.UUID) -> Case:
    """The case, if this user may know of it; a case that is hidden looks like one that does not exist."""
    try:
        return selectors.case_for(user_of(request), case_id)
    except Case.DoesNotExist:
        raise Http404 from None


def not_yours(request: HttpRequest, case: Case) -> HttpResponse:
    """Why nothing can be changed here, and what to do."""
    user = user_of(request)
    context = {
        "case": case,
        "unassigned": case.office_id == UNASSIGNED,
        "may_take": selectors.may_take(user, case),
    }
    return render(request, "cases/not_yours.html", context, status=403)


def say_saved(request: HttpRequest, what: str) -> None:
    messages.success(request, f"{what}. Saved at {now():%H:%M:%S} UTC.")


def can_edit(user: User, case: Case) -> bool:
    """Officers keep the record; supervisors read it."""
    return user.role == Role.OFFICER and selectors.may_change(user, case)


def back_to(case: Case, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('cases:detail', args=[case.id])}#{anchor}")


def to_evidence(request: HttpRequest, case: Case) -> HttpResponse | None:
    """The page of new evidence, when what was typed is saved on the way to it."""
    return redirect("cases:evidence-new", case.id) if request.POST.get("then") == "evidence" else None


def edit_page(
    request: ActorRequest,
    *,
    case: Case,
    page: str,
    form: forms.Form,
    save: Callable[[], str],
    anchor: str,
    context: Mapping[str, Any],
    template: str = "cases/edit.html",
) -> HttpResponse:
    """One form about a case: shown, saved, or shown again with everything that was typed.

    `save` calls the service and says in words what was saved. A conflict shows both texts; sending the page
    once more then replaces the later version knowingly.
    """
    status = 200
    conflict = None
    if request.method == "POST" and request.POST.get("take_words"):
        # What the screen suggests comes into the form; it is saved when the officer saves it.
        services.note_case_opened(actor=request.actor, case=case, page=page)
        user = user_of(request)
        take_words(
            form,
            request.POST["take_words"],
            lambda text: services.take_descriptors_out(actor=request.actor, user=user, case=case, text=text),
        )
    elif request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                said = save()
            except Refused as refused:
                add_refusal(form, refused)
            except Conflict as found:
                conflict, status = found, 409
                take_version(form, found.version)
                services.note_case_opened(actor=request.actor, case=case, page=page)
            else:
                say_saved(request, said)
                return to_evidence(request, case) or back_to(case, anchor)
    else:
        services.note_case_opened(actor=request.actor, case=case, page=page)
    return render(
        request,
        template,
        {
            "case": case,
            "form": form,
            "conflict": conflict,
            "anchor": anchor,
            "now_says": "",
            "no_evidence": False,
            "withdraw_version": None,
            **context,
        },
        status=status,
    )
