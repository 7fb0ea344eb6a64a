"""What travels through an import: a record as read, a row as understood, and a row set aside."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from cases.dates import UncertainDate


@dataclass(frozen=True, slots=True)
class Label:
    """Somebody else's word about an encounter: `kind` is charge, criminality or special."""

    kind: str
    code: str
    text: str
    group: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the source says became of it later."""

    status: str
    on: UncertainDate | None


class Identifier(NamedTuple):
    """One name by which a source knows a person, in the stored spelling. A tuple, because it is looked up often."""

    kind: str
    namespace: str
    value: str


@dataclass(frozen=True, slots=True)
class ArrivingRow:
    """One row of an extract in the words of the record.

    `identifiers` has at least one, and any of them finds the person. `base` is the row's identity without the
    ordinal, `digest` of everything that the record will show but identifiers, which are only ever added.
    Protected values are in neither: a digest of so few possible values would give them away. `raw` is the row
    as it stood in the file, kept only where it can still be refused.
    """

    line: int
    identifiers: tuple[Identifier, ...]
    on: datetime.date
    birth: UncertainDate | None
    custody: str
    site: str
    detention_facility: str
    detention_place: str
    detainer_facility: str
    referral_source: str
    source_relation: str
    labels: tuple[Label, ...]
    outcome: Outcome | None
    base: bytes
    digest: bytes
    protected: Mapping[str, str] = dataclasses.field(repr=False)
    raw: str = dataclasses.field(default="", repr=False)

    @property
    def needs_disposition(self) -> bool:
        """A charge without a disposition is no conviction: what became of it must be asked for."""
        return any(label.kind == "charge" for label in self.labels)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row set aside. `raw` is the row as it stood in the file."""

    line: int
    field: str
    reason: str
    raw: str = dataclasses.field(repr=False)


@dataclass(slots=True)
class Counts:
    """`read` is always the sum of the other three."""

    read: int = 0
    imported: int = 0
    unchanged: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended; `run_id` is None for a dry run, which writes nothing."""

    run_id: UUID | None
    counts: Counts
    seconds: float
