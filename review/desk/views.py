"""The page of the queue."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.http import signed_in
from accounts.models import Role, User
from assessment.carried_codes import NOTICES, URGENCIES
from policy.services import current
from review import services
from review.desk import filters, giving
from review.desk import queue as selectors
from review.desk.filters import QueueFilter, select_options
from review.desk.rows import table_rows


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    chosen = filters.read(request.GET)
    after = filters.read_cursor(request.GET.get("after", ""))
    rows, following = selectors.queue(user, chosen, after)
    people = selectors.people(user)
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
        "receivers": [(key, name) for key, name, role in people if role == Role.SUPERVISOR],
        "reasons": giving.REASONS.items(),
        "given": {"give_to": "", "give_reason": ""},
        **_form(chosen, people),
    }
    return render(request, "review/queue.html", context)


def _counted(user: User, chosen: QueueFilter, listed: int, *, whole: bool) -> str:
    """How many the filter lists. A page that holds them all needs no count."""
    number = selectors.Count(listed) if whole else selectors.count(user, chosen)
    return "1 decision" if number.number == 1 else f"{number} decisions"


def _form(chosen: QueueFilter, people: list[tuple[Any, str, str]]) -> dict[str, Any]:
    """The selects and boxes of the filter form."""
    edition, _ = current()
    officers = [(str(key), name) for key, name, role in people if role == Role.OFFICER]
    supervisors = [(str(key), name) for key, name, role in people if role == Role.SUPERVISOR]
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
            ("officer", "Written by", "Anybody", select_options(str(chosen.officer or ""), officers)),
            ("taken_by", "Taken by", "Anybody", select_options(str(chosen.taken_by or ""), supervisors)),
        ],
        "notices": [(code, label, code in chosen.notices) for code, label in NOTICES.items()],
    }
