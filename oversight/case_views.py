"""A case as the log tells of it: found by its number, then everything that was done with it and who looked at it."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ledger.actors import ActorRequest
from oversight import services, timeline
from oversight.timeline import Which


@require_http_methods(["GET", "POST"])
def find(request: ActorRequest) -> HttpResponse:
    """Look a case up by its A-number. The number is sent in the body, so that no address or server log keeps it."""
    number = request.POST.get("a_number", "").strip()
    context: dict[str, object] = {"number": number}
    if request.method == "POST" and not number:
        context["error"] = "Write an A-number or a source id, for example A012-345-678."
    elif request.method == "POST":
        found = services.find_case(actor=request.actor, number=number)
        if len(found) == 1:
            return redirect("oversight:timeline", found[0])
        context["found"] = found
        if not found:
            context["error"] = (
                "No case that can be looked up here has this number. Check how it is written; a case that"
                " 8 U.S.C. 1367 or 8 CFR 208.6 masks is not found by number."
            )
    return render(request, "oversight/find.html", context, status=422 if "error" in context else 200)


@require_GET
def of_case(request: ActorRequest, case: uuid.UUID) -> HttpResponse:
    """One page of the case's timeline. `which` chooses, `before` is where older entries go on."""
    try:
        which = Which(request.GET.get("which") or Which.ALL)
        before = uuid.UUID(request.GET["before"]) if request.GET.get("before") else None
    except ValueError:
        raise Http404("The link into the timeline is damaged; start from its first page.") from None
    page = timeline.timeline(case, which, before)
    files = timeline.taken(case) if before is None and which is not Which.CHANGES else None
    services.note_timeline(actor=request.actor, case=case, which=which.value, before=before)
    context = {
        "case": case,
        "page": page,
        "files": files,
        "which": which,
        "choices": [(one.value, words) for one, words in timeline.WORDS.items()],
        "words": timeline.WORDS[which],
        "report": "timeline",
    }
    return render(request, "oversight/timeline.html", context)
