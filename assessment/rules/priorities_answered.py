"""Each priority is answered; what is found names its ground and its fact (I#4, II.A#5, II.B#6, II.C#16)."""

from __future__ import annotations

from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries

STEPS = {
    "national_security": ("national-security", "II.A#5", "national_security_conduct"),
    "public_safety": ("public-safety", "II.B#6", ""),
    "border_security": ("border-security", "II.C#16", "border_security_facts"),
}


@carries("I#4", "II.A#5", "II.B#6", "II.C#16")
def priorities_answered(draft: Draft) -> list[Unmet]:
    missing = []
    for key, finding in draft.findings().items():
        step, clause, pins = STEPS[key]
        label = draft.edition.priority(key).label

        def add(part: str, field: str, step: str = step, clause: str = clause, label: str = label) -> None:
            missing.append(
                unmet(f"priorities_answered.{part}", step=step, field=field, clause=clause, priority=label)
            )

        if not finding:
            add("finding", f"{key}_finding")
        elif finding == "found":
            if draft.edition.priority(key).grounds and not draft.picked(f"{key}_ground"):
                add("ground", f"{key}_ground")
            # National security has a rule of its own for conduct, source and date.
            if pins and key == "border_security" and not draft.pinned(pins):
                add("pin", pins)
    return missing
