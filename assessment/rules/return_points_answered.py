"""A returned decision is not signed again unchanged: every point of the return is answered (V.B#23).

"Changed as asked" must be true: something in the section that the point speaks of differs from the returned version.
Any other answer says in words what was changed, or why nothing was.
"""

from __future__ import annotations

from assessment.draft import Draft
from assessment.returning import AS_ASKED, CLAUSE, RETURN_STEP, PointAnswered, answer_name, why_name
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("V.B#23")
def return_points_answered(draft: Draft) -> list[Unmet]:
    missing = []
    for point in draft.return_points:
        if not point.answer:
            missing.append(_unmet("answer", answer_name(point.ordinal), point))
        elif point.answer != AS_ASKED and not point.why:
            missing.append(_unmet("why", why_name(point.ordinal), point))
        elif point.answer == AS_ASKED and not _changed(draft, point):
            missing.append(_unmet("unchanged", answer_name(point.ordinal), point))
    return missing


def _changed(draft: Draft, point: PointAnswered) -> bool:
    return point.about in draft.changed_sections if point.about else bool(draft.changed_sections)


def _unmet(part: str, field: str, point: PointAnswered) -> Unmet:
    return unmet(
        f"return_points_answered.{part}",
        step=RETURN_STEP,
        field=field,
        clause=CLAUSE,
        point=point.heading,
        section=point.about_label or "the decision",
    )
