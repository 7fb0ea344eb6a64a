"""Every pin names a fact of the record, in its present version, that may be pinned (II.B#13, II.B#14)."""

from __future__ import annotations

from assessment.draft import Draft, died
from assessment.fields import DECISION_STEP, FACT_STEPS, all_fields
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.editions import Edition
from policy.trace import carries


@carries("II.B#13", "II.B#14")
def pins_hold(draft: Draft) -> list[Unmet]:
    missing = []
    for field in draft.pin_fields():
        step = _step_of(draft.edition, field)
        where = draft.edition.step(step).title
        for ref in draft.picked(field):
            fact = draft.fact(ref)
            if fact is None:
                missing.append(_unmet("gone", step, field, where=where))
            elif died(ref, fact):
                missing.append(_unmet("words_gone", step, field, where=where, fact=fact.label))
            elif not fact.pinnable:
                missing.append(
                    _unmet("not_pinnable", step, field, where=where, fact=fact.summary, why=fact.why_not)
                )
            elif fact.ref != ref:
                missing.append(_unmet("changed", step, field, where=where, fact=fact.summary))
    return missing


def _step_of(edition: Edition, field: str) -> str:
    return next(step for step in (*FACT_STEPS, DECISION_STEP) if field in all_fields(edition, step))


def _unmet(part: str, step: str, field: str, **values: object) -> Unmet:
    return unmet(f"pins_hold.{part}", step=step, field=field, clause="II.B#14", **values)
