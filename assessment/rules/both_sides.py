"""Both sides, whatever the outcome: consequences, opposite case, reasons, each with substance (II.B#10, II.B#15).

Substance is at least one pinned fact on each side. There is no minimum length.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("II.B#10", "II.B#15")
def both_sides(draft: Draft) -> list[Unmet]:
    missing = []
    if not draft.text("consequences"):
        missing.append(
            unmet("both_sides.consequences", step="consequences", field="consequences", clause="II.B#15")
        )
    for field in ("opposite_case", "opposite_pins", "rationale", "rationale_pins"):
        given = draft.pinned(field) if field.endswith("_pins") else draft.text(field)
        if not given:
            missing.append(unmet(f"both_sides.{field}", step="outcome", field=field, clause="II.B#10"))
    return missing
