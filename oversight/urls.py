"""Addresses of oversight, under `/oversight/`."""

from __future__ import annotations

from django.urls import path

from oversight import case_views, views

app_name = "oversight"

urlpatterns = [
    path("", views.coverage, name="coverage"),
    path("coverage/<slug:listing>/", views.listed, name="list"),
    path("no-variation/", views.no_variation, name="no-variation"),
    path("outside-the-lists/", views.outside, name="outside"),
    path("cases/", case_views.find, name="case"),
    path("cases/<uuid:case>/", case_views.of_case, name="timeline"),
    path("download/<slug:report>/", views.download, name="download"),
]
