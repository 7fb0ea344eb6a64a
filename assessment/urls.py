from __future__ import annotations

from django.urls import path

from assessment import views

app_name = "assessment"
urlpatterns = [
    path("cases/<uuid:case_id>/assess/", views.start, name="start"),
    path("assessments/<uuid:assessment_id>/", views.tasks, name="tasks"),
    path("assessments/<uuid:assessment_id>/submit/", views.submit, name="submit"),
    path("assessments/<uuid:assessment_id>/decide/", views.decide, name="decide"),
    path("assessments/<uuid:assessment_id>/abandon/", views.abandon, name="abandon"),
    path("assessments/<uuid:assessment_id>/<slug:step>/", views.step, name="step"),
    path("decisions/entry/<uuid:entry_id>/", views.signed_entry, name="signed-entry"),
    path("decisions/<uuid:decision_id>/<int:number>/", views.signed, name="signed"),
]
