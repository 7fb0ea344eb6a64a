"""Which actions and decisions a report is about: one filter for page, file, sentence and entry.

Days are days of the record: of an action, or of a decision (the day on which it was carried out, else the day by which
policy was judged when it was signed first). `since` is the first day, `until` the first that is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

WITHIN: Final = 30
LONGEST_WITHIN: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFilter:
    """Everything that is set must hold."""

    since: date | None = None
    until: date | None = None
    office: str = ""
    office_name: str = ""
    type: str = ""
    type_label: str = ""
    within: int = WITHIN

    def in_words(self, *, matching: bool = False) -> str:
        """One sentence; with `matching` also how far from a decision's day its action may lie."""
        parts = []
        if self.type:
            parts.append(f"of the type “{self.type_label or self.type}”")
        if self.office:
            parts.append(f"of the office “{self.office_name or self.office}”")
        if self.since:
            parts.append(f"from {self.since.isoformat()}")
        if self.until:
            parts.append(f"before {self.until.isoformat()}")
        sentence = f"Actions and decisions {', '.join(parts)}" if parts else "All actions and decisions"
        if matching:
            sentence += f"; a decision goes with an action at most {self.within} days away"
        return f"{sentence}."

    def as_query(self) -> dict[str, str]:
        """Only what is set, as text: the address, and the entry of a reading."""
        query = {
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "office": self.office,
            "type": self.type,
            "within": "" if self.within == WITHIN else str(self.within),
        }
        return {name: value for name, value in query.items() if value}

    def condition(self, *, day: str, office: str, type: str) -> str:
        """SQL that lets through what fits; `parameters` has the values."""
        parts = []
        if self.since:
            parts.append(f"{day} >= %(since)s")
        if self.until:
            parts.append(f"{day} < %(until)s")
        if self.office:
            parts.append(f"{office} = %(office)s")
        if self.type:
            parts.append(f"{type} = %(type)s")
        return " AND ".join(parts) or "true"

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "since": self.since,
            "until": self.until,
            "office": self.office,
            "type": self.type,
            "within": self.within,
        }
