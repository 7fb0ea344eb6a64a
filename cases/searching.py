"""Why a person is searched for: chosen from this list, kept for a sitting, and written in the entry of every search.

None of ours stands chosen beforehand: a logged reason that nobody chose is no reason. What a person chose stands chosen
at their next searches for an hour, in their own session; a search under it does not lengthen the hour, signing out
ends it, and so does a search without any.
"""

from __future__ import annotations

import datetime
from typing import Final

from django.contrib.sessions.backends.base import SessionBase

from ledger.clock import now

DUPLICATE = "duplicate"
REASONS = {
    "casework": "A case I work on",
    "review": "A review",
    "record": "A record or notice that came in",
    "request": "A request of a court, a lawyer or the person",
    "correction": "A correction or merge",
    "audit": "A question of privacy or audit",
}
KEPT_FOR: Final = datetime.timedelta(hours=1)
KEPT_WORDS: Final = (
    "The reason stays chosen for one hour, or until you sign out; choose another beside the search box."
)
SESSION_KEY: Final = "search_reason"


NOT_CHOSEN = (
    "Choose why you search. Nobody was looked for yet; the reason is written in the log with the search."
)


def reason_of(text: str | None) -> str:
    """A reason of the list, or "" where none of them was chosen: then nobody is looked for."""
    return text if text in REASONS else ""


def keep(session: SessionBase, reason: str) -> None:
    """What was chosen for this search stands chosen at the next ones; no reason forgets the one that did."""
    if not reason:
        session.pop(SESSION_KEY, None)
    elif reason != kept(session):
        session[SESSION_KEY] = [reason, int(now().timestamp())]


def kept(session: SessionBase) -> str:
    """The reason that the person chose within the last hour of this session, or ""."""
    reason, chosen_at = session.get(SESSION_KEY) or ("", 0)
    fresh = 0 <= now().timestamp() - chosen_at < KEPT_FOR.total_seconds()
    return reason_of(reason) if fresh else ""
