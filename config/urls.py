"""Addresses. Every name here must stand in `config.routes.ROUTES`; a test walks both."""

from __future__ import annotations

from django.urls import include, path

from config import views
from ledger import checking

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("accounts/", include("accounts.urls")),
    path("policy/", include("policy.urls")),
    path("log/", include("ledger.urls")),
    path("exports/", include("ledger.exports.urls")),
    path("receipt/", checking.receipt_check, name="receipt"),
    path("", include("cases.urls")),
    path("", include("assessment.urls")),
    path("review/", include("review.urls")),
    path("oversight/", include("oversight.urls")),
    path("api/v1/", include("config.api.urls")),
]
