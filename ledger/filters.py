"""Which entries: one filter for the page, its sentence in words, the access entry and the download."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from ledger.events import EventKind, words_for
from ledger.exports import registry
from ledger.ids import id_floor
from ledger.models import Entry

# An id is made within 5 seconds of the entry's time; a minute's margin costs nothing and spares whole
# partitions.
MARGIN = timedelta(minutes=1)
# No id is older, and a day of the year 1 has nothing before it.
EPOCH = datetime(1970, 1, 2, tzinfo=UTC)
# The criterion of exports that a room above registers.
OUTCOME = "outcome"


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
    outcome: str = ""
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
        if self.outcome:
            entries = entries.filter(decision_id__in=_decisions_with(self.outcome))
        if self.since:
            first = _midnight(self.since)
            entries = entries.filter(at__gte=first, id__gte=id_floor(max(first, EPOCH) - MARGIN))
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
        if self.outcome:
            words = dict(outcomes()).get(self.outcome, self.outcome)
            parts.append(f"about decisions with the outcome “{words}”")
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


def filter_of(query: Mapping[str, str]) -> LogFilter:
    """The filter that `as_query` wrote, as an access entry holds it."""
    days = {name: date.fromisoformat(query[name]) if query.get(name) else None for name in ("from", "to")}
    ids = {name: uuid.UUID(query[name]) if query.get(name) else None for name in ("case", "decision")}
    return LogFilter(
        event=query.get("event", ""),
        room=query.get("room", ""),
        kind=EventKind(query["kind"]) if query.get("kind") else None,
        actor=query.get("actor", ""),
        outcome=query.get("outcome", ""),
        since=days["from"],
        until=days["to"],
        **ids,
    )


def outcomes() -> list[tuple[str, str]]:
    """Outcomes that decisions can be chosen by, if a room above has said how."""
    known = registry.criteria().get(OUTCOME)
    return list(known.choices()) if known else []


def _decisions_with(outcome: str) -> RawSQL:
    sql = registry.criteria()[OUTCOME].decisions
    return RawSQL(sql.replace("%(value)s", "%s"), [outcome] * sql.count("%(value)s"))  # noqa: S611  no person's text


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
