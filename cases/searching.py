"""Why a person is searched for: chosen from this list at every search, and kept in its entry."""

from __future__ import annotations

CASEWORK = "casework"
DUPLICATE = "duplicate"
REASONS = {
    CASEWORK: "A case I work on",
    "review": "A review",
    "record": "A record or notice that came in",
    "request": "A request of a court, a lawyer or the person",
    "correction": "A correction or merge",
    "audit": "A question of privacy or audit",
}


def reason_of(text: str | None) -> str:
    """A known reason; the first one for an address that gives none."""
    return text if text in REASONS else CASEWORK
