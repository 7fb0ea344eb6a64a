"""Imported actions in the words of decisions: which kind of action goes with which step.

An arrest comes as an imported encounter, every other action as a row of its own; both are read here as one list. A
release may carry out a decision on the arrest or one on custody, so a kind may go with several steps; the first is
the one under which it is listed when it has no decision.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from cases.models import ActionKind

Step = tuple[str, str]
ARREST: Final = "arrest"

# The steps by decision type and direction.
STEPS: Final[Mapping[str, tuple[Step, ...]]] = {
    ARREST: (("arrest", "do"),),
    ActionKind.DETAINER_PLACED.value: (("detainer", "do"),),
    ActionKind.DETAINER_LIFTED.value: (("detainer", "undo"),),
    ActionKind.NOTICE_TO_APPEAR_SERVED.value: (("notice_to_appear", "do"),),
    ActionKind.NOTICE_TO_APPEAR_CANCELED.value: (("notice_to_appear", "undo"),),
    ActionKind.TRANSFERRED_TO_CUSTODY.value: (("custody", "do"),),
    ActionKind.CONDITIONS_SET.value: (("custody", "do"),),
    ActionKind.RELEASED.value: (("arrest", "undo"), ("custody", "undo")),
    ActionKind.CONDITIONS_EASED.value: (("custody", "undo"),),
    ActionKind.ORDER_REINSTATED.value: (("reinstatement", "do"),),
    ActionKind.REINSTATEMENT_WITHDRAWN.value: (("reinstatement", "undo"),),
    ActionKind.ADMINISTRATIVE_REMOVAL_STARTED.value: (("administrative_removal", "do"),),
    ActionKind.ADMINISTRATIVE_REMOVAL_WITHDRAWN.value: (("administrative_removal", "undo"),),
    ActionKind.EXPEDITED_REMOVAL_STARTED.value: (("expedited_removal", "do"),),
    ActionKind.EXPEDITED_REMOVAL_WITHDRAWN.value: (("expedited_removal", "undo"),),
    ActionKind.REMOVED.value: (("removal_execution", "do"),),
    ActionKind.REMOVAL_STAYED.value: (("removal_execution", "undo"),),
    ActionKind.DEFERRED_ACTION_GRANTED.value: (("deferred_action", "do"),),
    ActionKind.DEFERRED_ACTION_ENDED.value: (("deferred_action", "undo"),),
    ActionKind.PAROLED.value: (("parole", "do"),),
    ActionKind.PAROLE_ENDED.value: (("parole", "undo"),),
}
LABELS: Final[Mapping[str, str]] = {ARREST: "Arrest", **{kind.value: str(kind.label) for kind in ActionKind}}


def kinds_of(types: Collection[str]) -> list[str]:
    """The kinds of action that go with a decision of one of these types."""
    return [kind for kind, steps in STEPS.items() if any(type in types for type, _ in steps)]


# An imported action with its kind and its days; both halves have an index by day.
ACTIONS: Final = f"""(
    SELECT id, case_id, kind::text AS kind, on_earliest, on_latest FROM public.cases_encounter
    WHERE layout <> '' AND kind = '{ARREST}' AND on_earliest IS NOT NULL
    UNION ALL
    SELECT id, case_id, kind::text, happened_on, happened_on FROM public.cases_importedaction
)"""
# The pairs of step and kind as rows.
GOES_WITH: Final = "(VALUES {}) AS goes (kind, type, direction)".format(
    ", ".join(f"('{kind}', '{type}', '{way}')" for kind, steps in STEPS.items() for type, way in steps)
)
