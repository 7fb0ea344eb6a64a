"""The shapes that selectors give to pages and to the rooms above: plain, frozen, without a database behind
them."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cases.dates import UncertainDate
from cases.screening.words import Word


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceView:
    """A piece of evidence with its words from the edition and the flags that start a check."""

    id: uuid.UUID
    kind: str
    kind_label: str
    source: str
    relation: str
    relation_label: str
    caption: str
    information_date: datetime.date | None
    obtained_on: datetime.date
    reviewed_on: datetime.date | None
    version: int
    alone_insufficient: bool = False
    prohibited_1367: bool = False
    dispute_source: bool = False
    # A picture or recording of protest, worship, press work or the like.
    protected_picture: bool = False
    words: Mapping[str, tuple[Word, ...]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Kind, source and caption in one line."""
        return f"{self.kind_label}, {self.source}" + (f": {self.caption}" if self.caption else "")


@dataclass(frozen=True, kw_only=True, slots=True)
class FactView:
    """A fact at one version. `why_not` says why it cannot be pinned, and is empty when it can."""

    ref: str
    kind: str
    label: str
    summary: str
    on: UncertainDate | None
    version: int
    evidence: tuple[EvidenceView, ...] = ()
    pinnable: bool = True
    why_not: str = ""
    presence_only: bool = False
    vacated: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)
    # Protected words of its texts by field, contested ones included; a pin up to `words_until` died with words.
    words: Mapping[str, tuple[Word, ...]] = field(default_factory=dict)
    words_until: int = 0

    @property
    def id(self) -> uuid.UUID:
        return uuid.UUID(self.ref.split(":")[1])


@dataclass(frozen=True, slots=True)
class Label:
    """A word of the source. `kind` is `charge`, `criminality` or `special`."""

    kind: str
    code: str
    text: str
    group: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EncounterView:
    """An encounter for the case page, with what its source wrote and what became of it later."""

    fact: FactView
    site: str
    custody: str
    detention: str
    detainer_facility: str
    referral: str
    relation: str
    imported: bool
    labels: tuple[Label, ...]
    outcomes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StopSign:
    """A sign of something that halts every adverse step. `clause` is an id of the edition, or empty."""

    key: str
    words: str
    clause: str = ""
    # A check that nobody made halts as well, and is answered on the status page instead of being lifted.
    check_missing: bool = False
    # What the sign rests on; a lifted stop covers this and nothing else.
    basis: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestView:
    """A record request with who read the record and who wrote the request down; `encounter` is its day, or empty."""

    record_kind: str
    state: str
    asked_of: str
    requested_on: datetime.date | None
    answered_on: datetime.date | None
    reviewed_on: datetime.date | None
    reviewed_by: str
    unavailable_reason: str
    recorded_by: str
    encounter: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class GapRow:
    """One kind of record: how many requests stand where. `not_looked_for` when there is none at all."""

    key: str
    label: str
    hint: str
    obtained: int
    requested: int
    open: int
    unavailable: int

    @property
    def not_looked_for(self) -> bool:
        return not (self.obtained or self.requested or self.open or self.unavailable)


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonMatch:
    """One person that a search or the look for duplicates found. `matched` says by what, in words."""

    case_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    birth: str
    identifiers: tuple[str, ...]
    matched: str
    office: str
    office_name: str
    open: bool
    restricted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRow:
    """One line of the list of cases."""

    id: uuid.UUID
    name: str
    identifiers: tuple[str, ...]
    office_name: str
    state: str
    opened_at: datetime.datetime
    restricted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CasePage:
    """A page of the list; `next_before` is the key of the following page, None on the last."""

    rows: tuple[CaseRow, ...]
    next_before: uuid.UUID | None
