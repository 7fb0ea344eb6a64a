"""Addresses of the API. Rooms bring their own; names stand in `config.routes.ROUTES` like those of pages."""

from __future__ import annotations

from django.urls import path

from assessment.api.urls import urlpatterns as of_assessments
from cases.api.urls import urlpatterns as of_cases
from config.api import views
from review.api import urlpatterns as of_review

app_name = "api"
urlpatterns = [
    path("schema/", views.Description.as_view(), name="schema"),
    path("docs/", views.docs, name="docs"),
    *of_cases,
    *of_assessments,
    *of_review,
]
