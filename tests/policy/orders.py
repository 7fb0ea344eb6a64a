"""Invented orders over the real editions, as somebody would put them forward."""

from __future__ import annotations

from typing import Any

from policy.calendar_changes.rows import ProposedRow


def an_order(**others: Any) -> ProposedRow:
    """An order over the guidelines that reaches custody, in the demo's days; invented."""
    values: dict[str, Any] = {
        "key": "2021-09-30-partly-enjoined-from-2024-12-01",
        "edition": "2021-09-30",
        "component": "DHS",
        "event": "partly_enjoined",
        "since": "2024-12-01",
        "track": "District of Nowhere, 2024",
        "authority": "Preliminary injunction, District of Nowhere, 2024-12-01",
        "scope": "Part II, as far as it speaks of custody.",
        "decision_types": ["custody"],
        "statutes": ["8 U.S.C. 1226(c)(1)"],
        "certainty": "confirmed",
        "sources": ["Docket of an invented court"],
    }
    return ProposedRow(**values | others)
