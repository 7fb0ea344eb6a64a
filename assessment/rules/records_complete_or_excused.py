"""The entire record is obtained and read, or it is said where the search stands (II.B#14)."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from assessment.answers import read_day
from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries

CLAUSE = "II.B#14"


@carries("II.B#14")
def records_complete_or_excused(draft: Draft) -> list[Unmet]:
    missing = []
    states = {state.key: state for state in draft.edition.record_states}
    for kind in draft.edition.record_kinds:
        prefix = f"record_{kind.key}"
        state = states.get(draft.text(f"{prefix}_state"))
        if state is None:
            missing.append(_unmet("state", f"{prefix}_state", record=kind.label))
            continue
        if state.needs_date:
            missing += _date(draft, f"{prefix}_on", kind.label)
        if state.needs_reason and not draft.text(f"{prefix}_reason"):
            missing.append(_unmet("reason", f"{prefix}_reason", record=kind.label))
    return missing


def _date(draft: Draft, field: str, label: str) -> list[Unmet]:
    try:
        day = read_day(draft.text(field))
    except ValidationError:
        return [_unmet("date", field, record=label)]
    if day > draft.day:
        return [_unmet("future", field, record=label, day=draft.day.isoformat())]
    return []


def _unmet(part: str, field: str, **values: object) -> Unmet:
    return unmet(f"records_complete_or_excused.{part}", step="records", field=field, clause=CLAUSE, **values)
