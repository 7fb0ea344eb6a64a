"""A finding on national security, suspicion above all, needs source, date of the information and conduct (II.A#5)."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from assessment.answers import read_day
from assessment.draft import Draft
from assessment.rules.texts import unmet
from assessment.rules.unmet import Unmet
from policy.trace import carries


@carries("II.A#5")
def suspicion_is_sourced(draft: Draft) -> list[Unmet]:
    if draft.findings().get("national_security") != "found":
        return []
    missing = []
    if draft.text("national_security_source") not in draft.evidence:
        missing.append(_unmet("source", "national_security_source"))
    try:
        day = read_day(draft.text("national_security_information_date"))
    except ValidationError:
        missing.append(_unmet("date", "national_security_information_date"))
    else:
        if day > draft.day:
            missing.append(_unmet("future", "national_security_information_date", day=draft.day.isoformat()))
    if not draft.pinned("national_security_conduct"):
        missing.append(_unmet("conduct", "national_security_conduct"))
    return missing


def _unmet(part: str, field: str, **values: object) -> Unmet:
    return unmet(
        f"suspicion_is_sourced.{part}", step="national-security", field=field, clause="II.A#5", **values
    )
