from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "assessment"

    def ready(self) -> None:
        from assessment import events, log_columns  # noqa: F401
        from assessment.case_panel import build, build_stops
        from assessment.selectors import merge_veto
        from assessment.stops.services import on_happening
        from cases.happenings import listen
        from cases.hooks import veto_merge
        from cases.panels import register

        listen(on_happening)
        veto_merge(merge_veto)
        register("stops", "Stops and tasks", build_stops, "assessment/_stops_panel.html")
        register("assessments", "Assessments and decisions", build, "assessment/_case_panel.html")
        log_columns.register()
