"""Which entries: one filter for the page, its sentence in words, the access entry and the download."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet

from ledger.events import EventKind, words_for
from ledger.ids import id_floor
from ledger.models import Entry

# An id is made within 5 seconds of the entry's time; a minute's margin costs nothing and spares whole
# partitions.
MARGIN = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class LogFilter:
    """Everything that is set must hold. `since` is the first UTC day, `until` the first day that is
    left out.
    """

    event: str = ""
    room: str = ""
    kind: EventKind | None = None
    actor: str = ""
    case: uuid.UUID | None = None
    decision: uuid.UUID | None = None
    since: date | None = None
    until: date | None = None

    def apply(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """The entries that the filter lets through; the order is the caller's."""
        if self.event:
            entries = entries.filter(event=self.event)
        if self.room:
            # A range, so that the index on the code serves: "/" is the character after ".".
            entries = entries.filter(event__gte=f"{self.room}.", event__lt=f"{self.room}/")
        if self.kind:
            entries = entries.filter(kind=self.kind.value)
        if self.actor:
            entries = entries.filter(actor_id=self.actor)
        if self.case:
            entries = entries.filter(case_id=self.case)
        if self.decision:
            entries = entries.filter(decision_id=self.decision)
        if self.since:
            first = _midnight(self.since)
            entries = entries.filter(at__gte=first, id__gte=id_floor(first - MARGIN))
        if self.until:
            end = _midnight(self.until)
            entries = entries.filter(at__lt=end, id__lt=id_floor(end + MARGIN))
        return entries

    def in_words(self) -> str:
        """One sentence that says which entries these are."""
        parts = []
        if self.event:
            parts.append(f"of the event “{words_for(self.event)}” ({self.event})")
        if self.room:
            parts.append(f"of the part “{self.room}”")
        if self.kind:
            parts.append(
                "that change something" if self.kind == EventKind.CHANGE else "that tell of an access"
            )
        if self.actor:
            parts.append(f"by the actor {self.actor}")
        if self.case:
            parts.append(f"about the case {self.case}")
        if self.decision:
            parts.append(f"about the decision {self.decision}")
        if self.since:
            parts.append(f"from {self.since.isoformat()}")
        if self.until:
            parts.append(f"before {self.until.isoformat()}")
        if not parts:
            return "All entries, newest first."
        zone = " (days in UTC)" if self.since or self.until else ""
        return f"Entries {', '.join(parts)}{zone}, newest first."

    def as_query(self) -> dict[str, str]:
        """The filter as an address and an access entry hold it: only what is set, as text."""
        query: dict[str, str] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value:
                query[{"since": "from", "until": "to"}.get(one.name, one.name)] = str(value)
        return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
