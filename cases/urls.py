"""Addresses of cases."""

from __future__ import annotations

from django.urls import path

from cases.views import (
    case,
    evidence,
    facts,
    flags,
    merges,
    names,
    people,
    rap_sheet,
    requests,
    sealed,
    status,
    words,
)

app_name = "cases"

urlpatterns = [
    path("cases/", people.case_list, name="list"),
    path("cases/new/", people.new, name="new"),
    path("cases/<uuid:case_id>/", case.detail, name="detail"),
    path("cases/<uuid:case_id>/take/", case.take, name="take"),
    path("cases/<uuid:case_id>/status/", status.edit, name="status"),
    path("cases/<uuid:case_id>/names/", names.names, name="names"),
    path("cases/<uuid:case_id>/flags/", flags.flags, name="flags"),
    path("cases/<uuid:case_id>/rap-sheet/", rap_sheet.paste, name="rap-sheet"),
    path("cases/<uuid:case_id>/sealed/", sealed.sealed, name="sealed"),
    path("cases/<uuid:case_id>/words/", words.words, name="words"),
    path("screen/", words.screen, name="screen"),
    path("cases/<uuid:case_id>/merge/", merges.merge, name="merge"),
    path("cases/<uuid:case_id>/merge/<uuid:merge_id>/undo/", merges.undo, name="merge-undo"),
    path("cases/<uuid:case_id>/facts/<slug:kind>/new/", facts.new, name="fact-new"),
    path("cases/<uuid:case_id>/facts/<uuid:fact_id>/", facts.edit, name="fact-edit"),
    path("cases/<uuid:case_id>/evidence/new/", evidence.new, name="evidence-new"),
    path("cases/<uuid:case_id>/evidence/<uuid:evidence_id>/", evidence.edit, name="evidence-edit"),
    path("cases/<uuid:case_id>/files/<uuid:attachment_id>/", evidence.file, name="file"),
    path("cases/<uuid:case_id>/requests/new/", requests.new, name="request-new"),
    path("cases/<uuid:case_id>/requests/<uuid:request_id>/", requests.edit, name="request-edit"),
]
