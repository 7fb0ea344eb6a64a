"""The page of the first days: how much is reviewed in each office. No rule lives here."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.http import signed_in
from accounts.models import Office, Role
from ledger.clock import policy_date
from policy.services import current
from review.errors import Refused
from review.regime.forms import FullReviewForm
from review.regime.progress import picture, progress
from review.regime.services import order_full_review

FIELDS = {"office": "full_review_office", "reason": "full_review_reason", "starts": "full_review_starts"}


@require_GET
def first_days(request: HttpRequest) -> HttpResponse:
    return _page(request, FullReviewForm())


@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """A policy manager orders full review of an office from a day on."""
    user = signed_in(request)
    form = FullReviewForm(request.POST)
    if form.is_valid():
        edition, _ = current()
        given = form.cleaned_data
        starts = given["full_review_starts"]
        days = (edition.review_regime.rigorous_until - edition.review_regime.starts).days
        try:
            row = order_full_review(
                actor=user.actor(),
                user=user,
                office=Office.objects.get(pk=given["full_review_office"]),
                reason=given["full_review_reason"],
                starts=starts,
                ends=starts + datetime.timedelta(days=days),
            )
        except Refused as refused:
            for name, text in refused.errors.items():
                form.add_error(FIELDS.get(name), text)
        else:
            messages.success(request, f"Everything is reviewed in {row.office.name} from {row.starts}.")
            return redirect("review:first-days")
    return _page(request, form, status=422)


def _page(request: HttpRequest, form: FullReviewForm, status: int = 200) -> HttpResponse:
    user = signed_in(request)
    edition, _ = current()
    lines = progress(edition, policy_date())
    context = {
        "edition": edition,
        "regime": edition.review_regime,
        "lines": lines,
        "picture": picture(lines),
        "day": policy_date(),
        "form": form if user.role == Role.POLICY else None,
    }
    return render(request, "review/first_days.html", context, status=status)
