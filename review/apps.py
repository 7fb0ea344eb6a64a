from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "review"

    def ready(self) -> None:
        from assessment import after_signing, withholding
        from assessment.panels import register_lines, register_returns
        from review import events, log_columns  # noqa: F401
        from review.clocks import pauses
        from review.cover import selectors as cover
        from review.oral.selectors import lines
        from review.panels import returns_for_officer
        from review.regime import services as regime
        from review.regime.decide_first import withheld_decisions

        register_returns(returns_for_officer)
        register_lines(lines)
        register_lines(pauses.lines)
        register_lines(cover.lines)
        after_signing.register(prepare=regime.prepare, follow=regime.draw_signed)
        withholding.register(withheld_decisions)
        log_columns.register()
