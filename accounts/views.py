"""Sign-in and sign-out pages."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.forms import SignInForm
from accounts.models import User
from accounts.resume import unpack_fields

REFUSED = (
    "The user name and password do not match an active account. Type both again; after five failures the account is "
    "locked for 15 minutes."
)


def safe_target(request: HttpRequest) -> str:
    """Where to go after sign-in: an address of this site, else the first page."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return target
    return "/"


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    target = safe_target(request)
    resume = request.POST.get("resume", "")
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            user = authenticate(request, **form.cleaned_data)
            if isinstance(user, User):
                services.sign_in(request=request, user=user)
                if resume:
                    # Something was sent when the session ended, perhaps a button without any field: it is sent again
                    # by the person, because an address that takes only what is sent cannot be opened.
                    return render(
                        request, "accounts/resume.html", {"target": target, "fields": unpack_fields(resume)}
                    )
                return redirect(target)
            locked = AxesProxyHandler.is_locked(request, {"username": form.cleaned_data["username"]})
            services.refuse_sign_in(username=form.cleaned_data["username"], locked=locked)
            if locked:
                return render(request, "accounts/locked_out.html", status=429)
            form.add_error(None, REFUSED)
    elif request.user.is_authenticated:
        return redirect(target)
    context = {"form": form, "next": target, "resume": resume, "expired": False}
    return render(request, "accounts/login.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    user = request.user
    if isinstance(user, User):
        services.sign_out(request=request, user=user, reason="asked")
    return redirect("accounts:login")
