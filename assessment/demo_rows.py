"""The document of a demonstration row: it is like a decision that was signed, about another invented subject.

`seed_demo` copies millions of decisions in without an entry each. Such a row names the version that it is like, whose
document comes from the log, and holds its own subject and day. The database refuses this for any other row.
"""

from __future__ import annotations

from typing import Any

from assessment.models import DecisionVersion
from cases.models import Origin
from ledger.models import Entry


def pattern_of(version: DecisionVersion) -> DecisionVersion:
    """The signed version that a demonstration row is like. Raises `Entry.DoesNotExist` for any other row."""
    decision = version.decision
    if decision.origin != Origin.DEMO or decision.demo_document is None:
        raise Entry.DoesNotExist(f"Version {version.pk} names no entry of the log.")
    return DecisionVersion.objects.get(pk=decision.demo_document["like"])


def own_document(version: DecisionVersion, pattern: dict[str, Any]) -> dict[str, Any]:
    """The pattern's document with the subject and the day of the row."""
    own = version.decision.demo_document or {}
    return pattern | {name: own[name] for name in ("subject", "day")}
