"""Addresses of the guidance."""

from __future__ import annotations

from django.urls import path

from policy import (
    calendar_views,
    content_views,
    edition_views,
    feedback_views,
    field_views,
    guard_views,
    views,
)

app_name = "policy"

urlpatterns = [
    path("", views.index, name="index"),
    path("on/<str:day>/", views.on, name="on"),
    path("fields/", field_views.page, name="fields"),
    path("fields.csv", field_views.as_csv, name="fields-csv"),
    path("feedback/", feedback_views.say, name="feedback"),
    path("inbox/", feedback_views.inbox, name="inbox"),
    path("contents/", content_views.listing, name="contents"),
    path("contents/<str:key>/", content_views.content, name="content"),
    path("calendar/", calendar_views.listing, name="calendar"),
    path("calendar/new/", calendar_views.new, name="calendar-new"),
    path("calendar/changes/<uuid:change_id>/", calendar_views.change, name="calendar-change"),
    path("guard/", guard_views.accuracy, name="guard"),
    path("compare/", edition_views.compared, name="compare"),
    path("<str:key>/", views.edition, name="edition"),
]
