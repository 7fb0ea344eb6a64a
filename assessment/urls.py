from __future__ import annotations

from django.urls import path

from assessment.views import guidance, refused, signing, start, steps, stops

app_name = "assessment"
urlpatterns = [
    path("cases/<uuid:case_id>/assess/", start.start, name="start"),
    path("assessments/moved/", guidance.moved, name="moved"),
    path("assessments/<uuid:assessment_id>/", start.tasks, name="tasks"),
    path("assessments/<uuid:assessment_id>/submit/", signing.submit, name="submit"),
    path("assessments/<uuid:assessment_id>/decide/", start.decide, name="decide"),
    path("assessments/<uuid:assessment_id>/abandon/", start.abandon, name="abandon"),
    path("assessments/<uuid:assessment_id>/guidance/", guidance.reaffirm, name="reaffirm"),
    path("assessments/<uuid:assessment_id>/<slug:step>/", steps.step, name="step"),
    path("decisions/entry/<uuid:entry_id>/", signing.signed_entry, name="signed-entry"),
    path("decisions/<uuid:decision_id>/executed/", signing.executed, name="executed"),
    path("refused-words/", refused.refused, name="refused"),
    path("stops/<uuid:stop_id>/", stops.stop, name="stop"),
    path("tasks/<uuid:task_id>/done/", stops.task_done, name="task-done"),
    path("decisions/<uuid:decision_id>/<int:number>/", signing.signed, name="signed"),
]
