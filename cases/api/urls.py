"""Addresses of cases under the API's own prefix."""

from __future__ import annotations

from django.urls import path

from cases.api import views

urlpatterns = [
    path("cases/", views.Cases.as_view(), name="cases"),
    path("cases/<uuid:case_id>/", views.OneCase.as_view(), name="case"),
    path("cases/<uuid:case_id>/facts/", views.Facts.as_view(), name="facts"),
    path("cases/<uuid:case_id>/facts/<uuid:fact_id>/", views.OneFact.as_view(), name="fact"),
    path("cases/<uuid:case_id>/evidence/", views.EvidenceRows.as_view(), name="evidence"),
    path("cases/<uuid:case_id>/status/", views.Status.as_view(), name="status"),
]
