from __future__ import annotations

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "assessment"

    def ready(self) -> None:
        from assessment import events, log_columns  # noqa: F401
        from assessment.case_panel import build, build_stops
        from assessment.places import of_decision, of_return, of_step
        from assessment.reach import register_count
        from assessment.selectors import merge_veto
        from assessment.stops.corrections import on_flag_changed
        from assessment.stops.services import on_happening
        from assessment.text_doors import register_all as register_texts
        from cases.happenings import listen
        from cases.hooks import veto_merge
        from cases.panels import register
        from cases.screening.places import register as register_place

        register_texts()
        listen(on_happening)
        listen(on_flag_changed)
        veto_merge(merge_veto)
        register_place("step", of_step)
        register_place("decision", of_decision)
        register_place("return", of_return)
        register("stops", "Stops and tasks", build_stops, "assessment/_stops_panel.html")
        register("assessments", "Assessments and decisions", build, "assessment/_case_panel.html")
        register_count()
        log_columns.register()
