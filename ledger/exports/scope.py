"""Which entries are asked for: one filter for the page, the command, the job, the manifest and the sentence in words.

Days are UTC; `since` is the first day, `until` the first that is left out. They alone decide which run of indexes the
bundle covers; everything else decides which entries of that run are in it and which are a hash only.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from ledger.events import registered, words_for
from ledger.exports import registry

KEYS = {"since": "from", "until": "to"}
LARGEST_SAMPLE = 1_000_000
DIGITS = re.compile(r"[0-9]{1,9}")
# Identifiers of entries count milliseconds from here, so no log is older; and the calendar ends somewhere.
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(9999, 12, 1)


class ScopeRefused(ValueError):
    """A filter that cannot be used; `field` names what to correct."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """So many decisions, drawn by the hash of seed and id: whoever has the log draws the same again.

    With `by`, so many of each group that the criterion of this name makes.
    """

    size: int
    seed: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Everything that is set must hold."""

    since: date | None = None
    until: date | None = None
    event: str = ""
    office: str = ""
    case: uuid.UUID | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    sample: Sample | None = None

    @property
    def of_decisions(self) -> bool:
        """Whether only entries of certain decisions are asked for."""
        return bool(self.chosen or self.sample)

    @property
    def is_all(self) -> bool:
        """Whether nothing but days is set."""
        return not (self.event or self.office or self.case or self.of_decisions)

    def times(self) -> tuple[datetime | None, datetime | None]:
        return _midnight(self.since), _midnight(self.until)

    def condition(self) -> tuple[str, dict[str, Any]]:
        """SQL over the entry `e` that says whether it is in; `%(decisions)s` is filled in by the plan."""
        since, until = self.times()
        parts = {
            "e.at >= %(since)s": ("since", since),
            "e.at < %(until)s": ("until", until),
            "e.event = %(event)s": ("event", self.event or None),
            "e.actor_office = %(office)s": ("office", self.office or None),
            "e.case_id = %(case)s": ("case", self.case and str(self.case)),
        }
        used = {sql: pair for sql, pair in parts.items() if pair[1] is not None}
        conditions = list(used)
        if self.of_decisions:
            conditions.append("e.decision_id = ANY(%(decisions)s::uuid[])")
        return " AND ".join(conditions) or "true", dict(used.values())

    def as_data(self) -> dict[str, str]:
        """As the address, the job, the entry and the manifest hold it: only what is set, as text."""
        data = {
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "event": self.event,
            "office": self.office,
            "case": str(self.case or ""),
            **self.chosen,
        }
        if self.sample:
            data |= {
                "sample": str(self.sample.size),
                "seed": self.sample.seed,
                "sample_by": self.sample.by,
            }
        return {name: value for name, value in data.items() if value}

    def in_words(self) -> str:
        """One sentence that says which entries these are. Raises nothing for values that are gone meanwhile."""
        parts = []
        if self.event:
            parts.append(f"of the event “{words_for(self.event)}” ({self.event})")
        if self.office:
            parts.append(f"written in the office “{self.office}”")
        if self.case:
            parts.append(f"about the case {self.case}")
        known = registry.criteria()
        for name, value in self.chosen.items():
            labels = dict(known[name].choices()) if name in known else {}
            words = known[name].words if name in known else name
            parts.append(f"of decisions {words} “{labels.get(value, value)}”")
        if self.since:
            parts.append(f"from {self.since.isoformat()}")
        if self.until:
            parts.append(f"before {self.until.isoformat()}")
        sentence = f"Entries {', '.join(parts)}" if parts else "All entries"
        zone = " (days in UTC)" if self.since or self.until else ""
        return f"{sentence}{zone}{self._sample_in_words()}."

    def _sample_in_words(self) -> str:
        if self.sample is None:
            return ""
        each = (
            f" for each {known.label.lower()}" if (known := registry.criteria().get(self.sample.by)) else ""
        )
        return f"; a sample of {self.sample.size} decisions{each}, drawn with the seed “{self.sample.seed}”"


def words_of(data: Mapping[str, str]) -> str:
    """The sentence of a filter that was stored, also of one that can be used no longer."""
    try:
        return from_data(data).in_words()
    except ScopeRefused as refused:
        kept = ", ".join(f"{name} = {value}" for name, value in sorted(data.items()))
        return f"A filter that cannot be used any more ({refused}): {kept}."


def from_data(data: Mapping[str, str]) -> Scope:
    """The scope that `as_data` wrote or a person typed. Raises `ScopeRefused` with the field's name."""
    known = registry.criteria()
    usable = {"from", "to", "event", "office", "case", "sample", "seed", "sample_by", *known}
    for name in data:
        if name not in usable:
            raise ScopeRefused(name, f"there is no such filter; use one of {', '.join(sorted(usable))}")
    since, until = _day("from", data.get("from", "")), _day("to", data.get("to", ""))
    if since and until and until <= since:
        raise ScopeRefused("to", "this day is left out, so it must come after “from”")
    event = data.get("event", "")
    if event and event not in {one.code for one in registered()}:
        raise ScopeRefused("event", f"no event is called {event!r}; the log page lists them")
    chosen = {name: data[name] for name in known if data.get(name)}
    return Scope(
        since=since,
        until=until,
        event=event,
        office=data.get("office", ""),
        case=_uuid(data.get("case", "")),
        chosen=chosen,
        sample=_sample(data),
    )


def _sample(data: Mapping[str, str]) -> Sample | None:
    size, seed, by = data.get("sample", ""), data.get("seed", ""), data.get("sample_by", "")
    if not size:
        if seed or by:
            raise ScopeRefused("sample", "say how many decisions to draw, or leave seed and groups empty")
        return None
    if not DIGITS.fullmatch(size) or not 0 < int(size) <= LARGEST_SAMPLE:
        raise ScopeRefused("sample", f"write a whole number from 1 to {LARGEST_SAMPLE:,}")
    if not seed:
        raise ScopeRefused(
            "seed", "write a seed: any word or number, with which the same sample can be drawn again"
        )
    if by and by not in registry.criteria():
        raise ScopeRefused("sample_by", f"decisions cannot be grouped by {by!r}")
    return Sample(size=int(size), seed=seed, by=by)


def _day(name: str, text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise ScopeRefused(name, "this is no day; write it as YYYY-MM-DD, for example 2024-12-10") from None
    if day and not FIRST_DAY <= day <= LAST_DAY:
        raise ScopeRefused(
            name, f"no log has such a day; write one from {FIRST_DAY} to {LAST_DAY}, or leave the field empty"
        )
    return day


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        raise ScopeRefused("case", "this is no case's id; copy it from the case's address") from None


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None
