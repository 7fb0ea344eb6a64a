"""The labour or housing question is answered on every assessment; a yes brings the factor into the weighing (IV#20)."""

from __future__ import annotations

from assessment.draft import Draft
from assessment.fields import factor_name
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries

FACTOR = "workplace_or_tenant_rights"


@carries("IV#20")
def dispute_answered(draft: Draft) -> list[Unmet]:
    answer = draft.text("dispute")
    if not answer:
        return [_unmet("answer", "dispute", "dispute")]
    if answer == "no" and draft.dispute_source:
        return [_unmet("source", "dispute", "dispute")]
    if answer != "yes":
        return []
    missing = []
    if not draft.picked("dispute_kind"):
        missing.append(_unmet("kind", "dispute_kind", "dispute"))
    presence = factor_name(FACTOR, "presence")
    if draft.text(presence) != "present":
        missing.append(_unmet("factor", presence, "factors"))
    return missing


def _unmet(part: str, field: str, step: str) -> Unmet:
    return unmet(f"dispute_answered.{part}", step=step, field=field, clause="IV#20")
