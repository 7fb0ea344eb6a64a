"""Putting a notification aside."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.http import signed_in
from review.clocks.reminders import mark_seen


@require_POST
def seen(request: HttpRequest, notification_id: uuid.UUID) -> HttpResponse:
    mark_seen(user=signed_in(request), notification_id=notification_id)
    return redirect("home")
