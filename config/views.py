"""Pages that belong to no room: the user's own work, health, errors."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.forms import SignInForm
from accounts.http import signed_in
from accounts.models import Role
from accounts.resume import pack_posted_fields, unpack_fields
from accounts.views import safe_target
from config import health
from config.middleware import ask_to_sign_in
from config.work import note_work_shown, officer_work, policy_work, supervisor_work


def home(request: HttpRequest) -> HttpResponse:
    """The user's own work, by role."""
    user = signed_in(request)
    if user.role == Role.OFFICER:
        work = officer_work(user)
        lists = (work.returned, work.drafts, work.in_review, work.decided)
        note_work_shown(
            actor=user.actor(),
            decisions=[one.pk for decisions in lists for one in decisions],
            cases=work.cases,
        )
        return render(request, "home/officer.html", {"work": work})
    if user.role == Role.SUPERVISOR:
        queue = supervisor_work(user)
        note_work_shown(
            actor=user.actor(),
            decisions=[row.id for row in (*queue.mine, *queue.next_due)],
            cases=queue.cases,
        )
        return render(request, "home/supervisor.html", {"work": queue})
    if user.role == Role.AUDITOR:
        return render(request, "home/auditor.html")
    if user.role == Role.POLICY:
        return render(request, "home/policy.html", {"work": policy_work(user)})
    return render(request, "home/other.html")


def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: database, broker, migrations, log partitions. 503 with reasons otherwise."""
    reasons = health.reasons_not_ready()
    return JsonResponse({"ready": not reasons, "reasons": reasons}, status=503 if reasons else 200)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page was sent with an outdated token: most often it was opened before the last sign-in.

    When the request comes from our own pages, what was typed is kept: shown again to be sent once more, or, without a
    session, carried through sign-in.
    """
    own_page = request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
    if not own_page or request.method != "POST":
        return render(request, "errors/outdated.html", status=403)
    if request.path == reverse("accounts:login"):
        resume = request.POST.get("resume", "")
        context = {
            "form": SignInForm(initial={"username": request.POST.get("username", "")}),
            "next": safe_target(request),
            "resume": resume,
            "expired": bool(resume),
        }
        return render(request, "accounts/login.html", context, status=403)
    if not request.user.is_authenticated:
        return ask_to_sign_in(request)
    context = {
        "target": request.get_full_path(),
        "fields": unpack_fields(pack_posted_fields(request)),
        "outdated": True,
    }
    return render(request, "accounts/resume.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", {"roles": [], "why": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """No database may be there, so this page asks for nothing."""
    from django.template import loader

    from ledger.context import request_id

    html = loader.get_template("errors/500.html").render({"request_id": request_id.get()})
    return HttpResponse(html, status=500)
