"""What a row of the record said before, who wrote each version, and when. Kept versions are a trigger's."""

from __future__ import annotations

import datetime
import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cases.facts import KINDS
from cases.models import Encounter, Evidence, Fact, RecordRequest
from cases.selectors.history import restored
from cases.selectors.record import encounter_fact
from ledger.clock import policy_date
from ledger.models import CaseLink, Entry
from policy.editions import Edition
from policy.guard.restricted import restricted, without

UNNAMED = "an import or a merge"
MODELS: dict[str, type[Any]] = {
    "fact": Fact,
    "evidence": Evidence,
    "encounter": Encounter,
    "record_request": RecordRequest,
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One version: what the row said, who wrote it and when. `now` marks the version that stands."""

    version: int
    words: str
    who: str
    at: datetime.datetime | None
    now: bool = False

    @property
    def heading(self) -> str:
        stands = " (as it stands)" if self.now else ""
        when = f", {self.at:%Y-%m-%d %H:%M} UTC" if self.at else ""
        return f"Version {self.version}{stands}, written by {self.who}{when}"


def histories(
    cases: Sequence[uuid.UUID],
    versions: Sequence[Mapping[str, Any]],
    current: Mapping[uuid.UUID, Any],
    edition: Edition,
) -> dict[uuid.UUID, list[HistoryLine]]:
    """For each row with earlier versions, all of its versions, latest first. `current` holds rows by id.

    `cases` are the case and those that were merged into it. One query where there is any earlier version.
    """
    if not versions:
        return {}
    writers = _writers(cases, {str(one["row_id"]) for one in versions})
    found: dict[uuid.UUID, list[HistoryLine]] = defaultdict(list)
    ended: dict[uuid.UUID, datetime.datetime] = {}
    for one in versions:
        row_id, version = uuid.UUID(one["row_id"]), one["version"]
        row = restored(MODELS[one["row_kind"]], {**one["content"], "content_digest": None})
        who, at = writers.get((str(row_id), version), (UNNAMED, ended.get(row_id, row.recorded_at)))
        found[row_id].append(HistoryLine(version, _unfiled(words_of(row, edition)), who, at))
        ended[row_id] = datetime.datetime.fromisoformat(one["replaced_at"])
    for row_id, lines in found.items():
        row = current[row_id]
        who, at = writers.get((str(row_id), row.version), (UNNAMED, ended[row_id]))
        lines.append(HistoryLine(row.version, words_of(row, edition), who, at, now=True))
        lines.reverse()
    return found


def _unfiled(words: str) -> str:
    """An earlier version without the filing of restricted kind that it named: its words are behind the seal by now."""
    return without(words, restricted(words))


def words_of(row: Any, edition: Edition) -> str:
    """What a row of any kind says, in one line."""
    said: dict[type[Any], Callable[[Any], str]] = {
        Fact: lambda one: (
            ("Withdrawn: " if one.withdrawn else "") + KINDS[one.kind].summary(one.details, one.on)
        ),
        Encounter: lambda one: encounter_fact(one, edition, policy_date()).summary,
        Evidence: lambda one: _evidence(one, edition),
        RecordRequest: lambda one: _request(one, edition),
    }
    return said[type(row)](row)


def _writers(
    cases: Sequence[uuid.UUID], rows: set[str]
) -> dict[tuple[str, int], tuple[str, datetime.datetime]]:
    """Who wrote which version of a row, and when, as the log has it."""
    links = CaseLink.objects.filter(case_id__in=cases).values("entry_id")
    entries = Entry.objects.filter(pk__in=links, event="cases.record.changed").order_by("id")
    found = {}
    for content, name, at in entries.values_list("bytes", "actor_name", "at"):
        document = json.loads(bytes(content))
        record = document["subject"].get("record")
        if record in rows:
            found[record, document["data"]["version"]] = (name, at)
    return found


def _evidence(row: Evidence, edition: Edition) -> str:
    labels = {kind.key: kind.label for kind in edition.evidence_kinds}
    reviewed = f"reviewed {row.reviewed_on}" if row.reviewed_on else "not reviewed"
    parts = [labels.get(row.kind, row.kind), row.source, row.caption, f"obtained {row.obtained_on}", reviewed]
    return ", ".join(part for part in parts if part)


def _request(row: RecordRequest, edition: Edition) -> str:
    labels = {kind.key: kind.label for kind in edition.record_kinds}
    parts = [
        labels.get(row.record_kind, row.record_kind),
        row.get_state_display().lower(),
        f"asked of {row.asked_of}" if row.asked_of else "",
        f"read {row.reviewed_on}" if row.reviewed_on else "",
        row.note,
    ]
    return ", ".join(part for part in parts if part)
