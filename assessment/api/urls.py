"""Addresses of assessments under the API's own prefix."""

from __future__ import annotations

from django.urls import path

from assessment.api import guidance, views

urlpatterns = [
    path("cases/<uuid:case_id>/assessments/", views.Assessments.as_view(), name="assessments"),
    path("assessments/<uuid:assessment_id>/", views.OneAssessment.as_view(), name="assessment"),
    path("assessments/<uuid:assessment_id>/steps/<slug:step>/", views.Step.as_view(), name="step"),
    path("assessments/<uuid:assessment_id>/decisions/", views.Decisions.as_view(), name="decisions"),
    path("decisions/<uuid:decision_id>/draft/", views.Draft.as_view(), name="draft"),
    path(
        "decisions/<uuid:decision_id>/return-answers/",
        views.ReturnAnswers.as_view(),
        name="return-answers",
    ),
    path("decisions/<uuid:decision_id>/guidance/", guidance.Guidance.as_view(), name="guidance"),
    path("decisions/<uuid:decision_id>/sign/", views.Sign.as_view(), name="sign"),
    path("decisions/<uuid:decision_id>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
]
