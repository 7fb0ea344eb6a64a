"""The page of the queue, and the filters that a supervisor keeps of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.http import signed_in
from accounts.models import Role, User
from assessment.carried_codes import NOTICES, URGENCIES
from policy.services import current
from review import services
from review.desk import digest, filters, giving, saved
from review.desk import queue as selectors
from review.desk.filters import Cursor, QueueFilter, people_options, select_options
from review.desk.rows import table_rows
from review.errors import Refused
from review.models import SavedView


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    chosen = filters.read(request.GET)
    return _queue(request, chosen, filters.read_cursor(request.GET.get("after", "")))


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter that is shown under a name, remove a kept one, or turn its daily mail on or off."""
    user = signed_in(request)
    chosen = filters.read(QueryDict(request.POST.get("filter", "")))
    back = redirect(reverse("review:queue") + (f"?{chosen.address()}" if not chosen.empty else ""))
    try:
        if "remove" in request.POST:
            name = saved.remove(actor=user.actor(), user=user, view=uuid.UUID(request.POST["remove"]))
            messages.success(request, f"“{name}” is removed.")
            return back
        for button, daily in (("mail_on", True), ("mail_off", False)):
            if button in request.POST:
                view = uuid.UUID(request.POST[button])
                row = digest.set_daily(actor=user.actor(), user=user, view=view, daily=daily)
                said = "comes by mail from the next working day on" if daily else "no longer comes by mail"
                messages.success(request, f"“{row.name}” {said}.")
                return back
        row = saved.keep(
            actor=user.actor(), user=user, name=request.POST.get("saved_name", ""), chosen=chosen
        )
    except Refused as refused:
        return _queue(request, chosen, None, refused)
    except (SavedView.DoesNotExist, ValueError):
        messages.info(request, "That filter is removed already.")
        return back
    messages.success(request, f"Kept as “{row.name}”.")
    return back


def _queue(
    request: HttpRequest, chosen: QueueFilter, after: Cursor | None, refused: Refused | None = None
) -> HttpResponse:
    user = signed_in(request)
    rows, following = selectors.queue(user, chosen, after)
    people, kept = saved.people_and_kept(user, chosen)
    words = chosen.words({key: name for key, name, _ in people})
    services.note_queue(actor=user.actor(), filter_words=words, shown=[row.id for row in rows])
    context = {
        "rows": table_rows(rows, chosen),
        "words": words,
        "order": filters.ORDER,
        "counted": _counted(user, chosen, len(rows), whole=after is None and following is None),
        "more": "?" + chosen.address(after=str(following)) if following else "",
        "first": "?" + chosen.address(),
        "paged": after is not None,
        "filtered": not chosen.empty,
        "filter": chosen.address(),
        "receivers": people_options(
            "", [(str(key), name) for key, name, role in people if role == Role.SUPERVISOR]
        ),
        "reasons": giving.REASONS.items(),
        "given": {"give_to": "", "give_reason": ""},
        "kept": kept,
        "saved_name": request.POST.get("saved_name", ""),
        "errors": [
            (
                *(("saved-name", "Name of the filter") if name == "saved_name" else ("main-content", "Mail")),
                text,
            )
            for name, text in (refused.errors if refused else {}).items()
        ],
        "saved_name_error": refused.errors.get("saved_name", "") if refused else "",
        "mail": digest.offered(user),
        "mail_words": digest.WORDS,
        **_form(chosen, people),
    }
    return render(request, "review/queue.html", context, status=422 if refused else 200)


def _counted(user: User, chosen: QueueFilter, listed: int, *, whole: bool) -> str:
    """How many the filter lists. A page that holds them all needs no count."""
    number = selectors.Count(listed) if whole else selectors.count(user, chosen)
    return "1 decision" if number.number == 1 else f"{number} decisions"


def _form(chosen: QueueFilter, people: list[tuple[Any, str, str]]) -> dict[str, Any]:
    """The selects and boxes of the filter form."""
    edition, _ = current()
    officers = [(str(key), name) for key, name, role in people if role == Role.OFFICER]
    supervisors = [(str(key), name) for key, name, role in people if role == Role.SUPERVISOR]
    waits = {days: words.removeprefix("waited ") for days, words in filters.WAITED.items()}
    return {
        "selects": [
            ("state", "Which", "All in review", select_options(chosen.state, filters.STATES)),
            (
                "type",
                "Decision",
                "Every decision",
                select_options(
                    chosen.decision_type, [(one.key, one.title) for one in edition.decision_types]
                ),
            ),
            ("direction", "Direction", "Both", select_options(chosen.direction, filters.DIRECTIONS)),
            ("urgency", "Urgency", "Any", select_options(chosen.urgency, URGENCIES)),
            ("due", "Due", "Any day", select_options(chosen.due, filters.DUES)),
            ("waited", "Waited", "Any time", select_options(chosen.waited, waits)),
            ("officer", "Written by", "Anybody", people_options(str(chosen.officer or ""), officers)),
            ("taken_by", "Taken by", "Anybody", people_options(str(chosen.taken_by or ""), supervisors)),
        ],
        "notices": [(code, label, code in chosen.notices) for code, label in NOTICES.items()],
    }
