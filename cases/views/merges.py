"""Merge two records of one person, after both were looked at side by side; undo a merge."""

from __future__ import annotations

import uuid

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cases import selectors, services
from cases.errors import Refused
from cases.forms import add_refusal
from cases.models import Case, PersonMerge
from cases.selectors.merge_preview import side
from cases.services.merges import state_of
from cases.views.common import case_or_404, not_yours, say_saved, user_of
from ledger.actors import ActorRequest


class MergeForm(forms.Form):
    """Which record stays, and why the two are one person."""

    use_required_attribute = False

    survivor = forms.ChoiceField(
        label="Which record stays?",
        widget=forms.RadioSelect,
        help_text="Name and birth of this one stay; the name of the other becomes another name of the person.",
        error_messages={"required": "Choose which record stays."},
    )
    reason = forms.CharField(
        label="Why are they one person?",
        max_length=400,
        help_text="One sentence, for example: same fingerprints by the answer of 2021-11-29.",
        error_messages={"required": "Say in one sentence why the two are one person."},
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)


@require_http_methods(["GET", "POST"])
def merge(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    """Without `with` a search for the other record; with it both side by side, and the form."""
    case = case_or_404(request, case_id)
    user = user_of(request)
    if case.office_id != user.office_id:
        return not_yours(request, case)
    other_id = request.POST.get("with") or request.GET.get("with", "")
    if not other_id:
        return _search(request, case)
    try:
        other = case_or_404(request, uuid.UUID(other_id))
    except ValueError:
        raise Http404 from None
    sides = [side(user, case), side(user, other)]
    shown = state_of(one for each in sides for one in each.cases)
    posted = request.method == "POST"
    form = MergeForm(request.POST if posted else None, initial={"shown": shown})
    field = form.fields["survivor"]
    if isinstance(field, forms.ChoiceField):
        field.choices = [(str(one.case.pk), f"{one.name}, born {one.birth}") for one in sides]
    if posted and form.is_valid():
        stays = case if form.cleaned_data["survivor"] == str(case.pk) else other
        goes = other if stays is case else case
        try:
            row = services.merge_persons(
                actor=request.actor,
                user=user,
                survivor=stays,
                absorbed=goes,
                reason=form.cleaned_data["reason"],
                shown=form.cleaned_data["shown"] or "none",
            )
        except Refused as refused:
            add_refusal(form, refused)
            data = request.POST.copy()
            data["shown"] = shown
            form.data = data
        else:
            say_saved(request, "The two records are one now")
            return redirect("cases:detail", row.survivor_case_id or stays.pk)
    for one in (case, other):
        services.note_case_opened(actor=request.actor, case=one, page="merge")
    context = {"case": case, "other": other, "sides": sides, "form": form}
    return render(request, "cases/merge.html", context, status=422 if posted else 200)


@require_POST
def undo(request: ActorRequest, case_id: uuid.UUID, merge_id: uuid.UUID) -> HttpResponse:
    """Take a merge apart again; what is refused is said on a page of its own."""
    case = case_or_404(request, case_id)
    user = user_of(request)
    row = PersonMerge.objects.filter(pk=merge_id).first()
    if row is None or case.pk not in {row.survivor_case_id, row.absorbed_case_id}:
        raise Http404
    if case.office_id != user.office_id:
        return not_yours(request, case)
    try:
        services.undo_merge(actor=request.actor, user=user, merge=row)
    except Refused as refused:
        services.note_case_opened(actor=request.actor, case=case, page="merge")
        context = {"case": case, "refused": refused.text}
        return render(request, "cases/merge_refused.html", context, status=422)
    say_saved(request, "The merge is undone; both records stand apart again")
    return redirect("cases:detail", case.pk)


def _search(request: ActorRequest, case: Case) -> HttpResponse:
    """The other record is found as any person is: by number or name, at most twenty."""
    q = " ".join(request.GET.get("q", "").replace("\x00", " ").split())
    found = [one for one in selectors.find_people(user_of(request), q) if one.person_id != case.person_id]
    if q:
        services.note_person_search(
            actor=request.actor, query=q, shown=[one.case_id for one in found], reason="correction"
        )
    else:
        services.note_case_opened(actor=request.actor, case=case, page="merge")
    return render(request, "cases/merge_search.html", {"case": case, "q": q, "people": found})
