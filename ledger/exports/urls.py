"""Addresses of exports, under `/exports/`."""

from __future__ import annotations

from django.urls import path

from ledger.exports import views

app_name = "exports"

urlpatterns = [
    path("", views.exports, name="list"),
    path("new/", views.new, name="new"),
    path("<uuid:export>/", views.detail, name="detail"),
    path("<uuid:export>/progress/", views.progress, name="progress"),
    path("<uuid:export>/cancel/", views.cancel, name="cancel"),
    path("<uuid:export>/repeat/", views.repeat, name="repeat"),
    path("<uuid:export>/file/", views.download, name="download"),
    path("filters/<uuid:saved>/remove/", views.forget, name="forget"),
]
