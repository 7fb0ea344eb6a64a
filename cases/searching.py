"""Why a person is searched for: chosen from this list at every search, and kept in its entry.

None stands chosen beforehand: a logged reason that nobody chose is no reason.
"""

from __future__ import annotations

DUPLICATE = "duplicate"
REASONS = {
    "casework": "A case I work on",
    "review": "A review",
    "record": "A record or notice that came in",
    "request": "A request of a court, a lawyer or the person",
    "correction": "A correction or merge",
    "audit": "A question of privacy or audit",
}


NOT_CHOSEN = (
    "Choose why you search. Nobody was looked for yet; the reason is written in the log with the search."
)


def reason_of(text: str | None) -> str:
    """A reason of the list, or "" where none of them was chosen: then nobody is looked for."""
    return text if text in REASONS else ""
