"""Addresses of the log, under `/log/`."""

from __future__ import annotations

from django.urls import path

from ledger import checking, views

app_name = "ledger"

urlpatterns = [
    path("", views.log, name="log"),
    path("download/", views.download, name="download"),
    path("verify/", checking.verify_page, name="verify"),
    path("verify/verify.py", checking.verifier, name="verifier"),
    path("<uuid:entry>/", views.entry, name="entry"),
]
