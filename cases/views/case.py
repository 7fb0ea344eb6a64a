"""The case page: one scrolling page with everything of the record that a decision may rest on."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as render_page
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Role, User
from cases import panels, selectors, services
from cases.errors import Refused
from cases.facts import GROUP_TITLES, KINDS, Group
from cases.forms import ChangePersonForm
from cases.models import Attachment, Case, RecordRequest, RequestState, StatusRecord
from cases.selectors import EncounterView, WholeCase, gap_picture, timeline
from cases.selectors.row_history import HistoryLine
from cases.views.common import can_edit, case_or_404, edit_page, not_yours, say_saved, user_of
from ledger.actors import ActorRequest
from ledger.clock import policy_date
from policy.guard.restricted import restricted
from policy.services import current


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    """The page; with `?edit=person` the form for name, birth and identifiers instead."""
    user = user_of(request)
    if request.GET.get("edit") == "person":
        return person(request, case_or_404(request, case_id))
    if request.method == "POST":
        return redirect("cases:detail", case_or_404(request, case_id).id)
    day = policy_date()
    try:
        whole = selectors.whole_case(user, case_id, day)
    except Case.DoesNotExist:
        raise Http404 from None
    services.note_case_opened(actor=request.actor, case=whole.case, page="case")
    return render_page(request, "cases/detail.html", _context(request, user, whole, day))


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the page with its earlier versions and, for evidence, its files."""

    view: Any
    history: Sequence[HistoryLine]
    files: Sequence[Attachment] = ()


def _context(request: ActorRequest, user: User, whole: WholeCase, day: datetime.date) -> dict[str, Any]:
    case = whole.case
    edition, _ = current()

    def shown(view: Any, row_id: uuid.UUID) -> Shown:
        return Shown(view, whole.history.get(row_id, ()), whole.files.get(row_id, ()))

    groups = [
        {
            "key": group.value,
            "title": title,
            "facts": [shown(one, one.id) for one in whole.facts if KINDS[one.kind].group == group],
            "withdrawn": [shown(one, one.id) for one in whole.withdrawn if KINDS[one.kind].group == group],
            "kinds": [kind for kind in KINDS.values() if kind.group == group],
            "rap_sheet": group is Group.CRIMINAL,
        }
        for group, title in GROUP_TITLES.items()
    ]
    texts = [one.summary for one in whole.facts]
    texts += [text for piece in whole.evidence for text in (piece.source, piece.caption)]
    texts += [text for row in whole.requests for text in (row.asked_of, row.note)]
    gaps = selectors.gap_map(case, whole.requests)
    return {
        "case": case,
        "identifiers": whole.identifiers,
        "aliases": whole.aliases,
        "flags": whole.flags,
        "merges": whole.merges,
        "has_words": whole.has_words,
        "age": selectors.age_in_words(case.person, day),
        "day": day,
        "status": whole.status,
        "statements": whole.statements,
        "representative": _representative(whole.status),
        "stops": whole.stops,
        "encounters": [shown(one, one.fact.id) for one in whole.encounters],
        "outcomes": [(view.fact.on, words) for view in whole.encounters for words in _later(view)],
        "groups": groups,
        "evidence": [shown(one, one.id) for one in whole.evidence],
        "requests": [(shown(row, row.id), _request(row)) for row in whole.requests],
        "timeline": timeline.marks(whole.encounters, whole.facts),
        "edition": edition,
        "gaps": gaps,
        "gap_picture": gap_picture.picture(gaps),
        "panels": panels.rendered(case, user, request),
        "editable": can_edit(user, case),
        "may_change": selectors.may_change(user, case),
        "may_take": selectors.may_take(user, case),
        "names_filing": any(map(restricted, texts)),
        "same_office": case.office_id == user.office_id,
        "may_merge": user.role == Role.SUPERVISOR and case.office_id == user.office_id,
    }


def person(request: ActorRequest, case: Case) -> HttpResponse:
    """Name and birth, and one more identifier."""
    user = user_of(request)
    if not can_edit(user, case):
        return not_yours(request, case)
    known = case.person
    initial = {
        "family_name": known.family_name,
        "given_name": known.given_name,
        "birth": known.birth,
        "version": known.version,
    }
    form = ChangePersonForm(request.POST if request.method == "POST" else None, initial=initial)

    def save() -> str:
        data = form.cleaned_data
        with transaction.atomic():
            for kind, value in form.identifiers():
                services.add_identifier(actor=request.actor, user=user, case=case, kind=kind, value=value)
            if form.changed_data != ["version"] and {"family_name", "given_name", "birth"} & set(
                form.changed_data
            ):
                services.change_person(
                    actor=request.actor,
                    user=user,
                    case=case,
                    version=data["version"] or 0,
                    family_name=data["family_name"],
                    given_name=data["given_name"],
                    birth=data["birth"],
                )
        return "What is known of the person is kept"

    context = {
        "title": "Name, birth and identifiers",
        "hint": "What is known of the person by now. Identifiers are added, never taken away.",
        "now_says": f"{known.name}; {', '.join(selectors.identifiers_of(case)) or 'no identifier'}",
    }
    return edit_page(
        request, case=case, page="person", form=form, save=save, anchor="status", context=context
    )


@require_POST
def take(request: ActorRequest, case_id: uuid.UUID) -> HttpResponse:
    """Move a case without an office into the user's."""
    case = case_or_404(request, case_id)
    try:
        services.take_case(actor=request.actor, user=user_of(request), case=case)
    except Refused:
        return not_yours(request, case_or_404(request, case_id))
    say_saved(request, "The case is with your office now")
    return redirect("cases:detail", case_id)


def _later(view: EncounterView) -> list[str]:
    """What an extract tells of after the encounter: where the person was held, a detainer, what became of it."""
    held = f"Held at {view.detention}" if view.detention else ""
    lodged = f"Detainer lodged with {view.detainer_facility}" if view.detainer_facility else ""
    return [words for words in (held, lodged, *view.outcomes) if words]


def _representative(status: StatusRecord | None) -> str:
    """What the status page says of Form G-28."""
    if status is None:
        return ""
    options = current()[0].options("representative")
    label = next((one.label for one in options if one.key == status.representative), status.representative)
    return ": ".join(part for part in (label, status.representative_name) if part)


def _request(row: RecordRequest) -> dict[str, str]:
    """A record request in the edition's words."""
    edition, _ = current()
    kinds = {kind.key: kind.label for kind in edition.record_kinds}
    reasons = {reason.key: reason.label for reason in edition.unavailable_reasons}
    return {
        "kind": kinds.get(row.record_kind, row.record_kind),
        "state": RequestState(row.state).label,
        "reason": reasons.get(row.unavailable_reason, row.unavailable_reason),
    }
