"""Addresses of the guidance."""

from __future__ import annotations

from django.urls import path

from policy import edition_views, views

app_name = "policy"

urlpatterns = [
    path("", views.index, name="index"),
    path("on/<str:day>/", views.on, name="on"),
    path("compare/", edition_views.compared, name="compare"),
    path("<str:key>/", views.edition, name="edition"),
]
