"""'Looked and not found' names a record that was obtained and read and can answer the factor (II.B#14)."""

from __future__ import annotations

from assessment.draft import Draft
from assessment.fields import factor_name
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("II.B#14")
def not_found_names_a_record(draft: Draft) -> list[Unmet]:
    missing = []
    reviewed = draft.reviewed_records()
    labels = {kind.key: kind.label for kind in draft.edition.record_kinds}
    for factor in draft.edition.factors:
        if draft.text(factor_name(factor.key, "presence")) != "looked_not_found":
            continue
        field = factor_name(factor.key, "record")
        record = draft.text(field)
        part = ""
        if record not in labels:
            part = "missing"
        elif record not in factor.records:
            part = "cannot_answer"
        elif record not in reviewed:
            part = "not_read"
        if part:
            missing.append(
                unmet(
                    f"not_found_names_a_record.{part}",
                    step="factors",
                    field=field,
                    clause="II.B#14",
                    factor=factor.label,
                    record=labels.get(record, record),
                )
            )
    return missing
