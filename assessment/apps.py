from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "assessment"

    def ready(self) -> None:
        from assessment import events  # noqa: F401
        from assessment.case_panel import build
        from cases.panels import register

        register("assessments", "Assessments and decisions", build, "assessment/_case_panel.html")
