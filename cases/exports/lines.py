"""The lines of layout `totality`, one type a kind of row. `docs/totality-ndjson.md` explains them.

Invariants: every member is always there, so that the same row gives the same bytes; lengths and codes are those
of the tables; rows name accounts by user name and offices by key, everything else by id.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Final, Literal, Self
from uuid import UUID

import pydantic
from pydantic import AfterValidator, AwareDatetime, Discriminator, Field, StringConstraints

from accounts.models import Role
from cases.facts import KINDS
from cases.identifiers import normalise_a_number
from cases.models.action import ActionKind
from cases.models.evidence import Picture
from cases.models.flag import FlagKind

FORMAT: Final = "totality"
VERSION: Final = 1
ARREST: Final = "arrest"


def text(longest: int, least: int = 0) -> Any:
    """Any text that the database can hold, as it is: nothing is stripped, so that it comes out as it went in."""
    return StringConstraints(max_length=longest, min_length=least, pattern=r"^[^\x00]*$")


Short = Annotated[str, text(20)]
Code = Annotated[str, text(30)]
Answer = Annotated[str, text(40)]
Name = Annotated[str, text(100)]
Words = Annotated[str, text(200)]
Note = Annotated[str, text(400)]
Username = Annotated[str, text(60, 1)]
OfficeKey = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{1,40}$")]
Hex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Instant = Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(datetime.UTC))]


class Members(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(frozen=True, extra="forbid", strict=True)


class Dated(Members):
    """An uncertain date, as an interval with both days included."""

    earliest: datetime.date
    latest: datetime.date
    precision: Literal["day", "month", "year", "range"]
    certainty: Literal["stated", "about"]
    words: Annotated[str, text(80)]

    @pydantic.model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.latest < self.earliest:
            raise ValueError("it ends before it begins")
        return self


class Header(Members):
    """The first line of a file."""

    format: Literal["totality"]
    version: int


class OfficeLine(Members):
    part: Literal["office"] = "office"
    key: OfficeKey
    name: Annotated[str, text(120, 1)]


class AccountLine(Members):
    """Whoever recorded something. It carries no right: a new account of an import cannot sign in."""

    part: Literal["account"] = "account"
    username: Username
    full_name: Annotated[str, text(120)]
    role: Literal[tuple(Role.values)]  # type: ignore[valid-type]
    office: OfficeKey


class PersonLine(Members):
    part: Literal["person"] = "person"
    id: UUID
    family_name: Name
    given_name: Name
    birth: Dated | None
    version: Version
    recorded_at: Instant


class IdentifierLine(Members):
    part: Literal["identifier"] = "identifier"
    id: UUID
    person: UUID
    kind: Literal["a_number", "source_id", "fbi_ucn", "fin", "state_id"]
    namespace: Short
    value: Annotated[str, text(60, 1)]

    @pydantic.field_validator("value")
    @classmethod
    def _stored_spelling(cls, value: str, info: pydantic.ValidationInfo) -> str:
        if info.data.get("kind") == "a_number" and normalise_a_number(value) != value:
            raise ValueError("an A-number is written here as A and nine digits")
        return value


class CaseLine(Members):
    part: Literal["case"] = "case"
    id: UUID
    person: UUID
    office: OfficeKey
    state: Literal["open", "closed"]
    restricted: bool
    opened_at: Instant
    opened_by: Username | None
    merged_into: UUID | None
    version: Version


class AttachmentMember(Members):
    """A file kept with evidence; its bytes are no part of the layout."""

    id: UUID
    file_name: Annotated[str, text(150)]
    media_type: Annotated[str, text(80)]
    size: Annotated[int, Field(ge=1, le=2**31 - 1)]
    sha256: Hex
    recorded_at: Instant
    recorded_by: Username


class EvidenceLine(Members):
    part: Literal["evidence"] = "evidence"
    id: UUID
    case: UUID
    kind: Code
    source: Words
    source_relation: Code
    caption: Note
    picture: Literal["", *Picture.values] = ""  # type: ignore[valid-type]
    information_date: datetime.date | None
    obtained_on: datetime.date
    obtained_by: Username
    reviewed_on: datetime.date | None
    reviewed_by: Username | None
    version: Version
    recorded_at: Instant
    attachments: tuple[AttachmentMember, ...]


class FlagLine(Members):
    """What protects the person: who set it, who asked to clear it, and who cleared it."""

    part: Literal["flag"] = "flag"
    id: UUID
    case: UUID
    kind: Literal[tuple(FlagKind.values)]  # type: ignore[valid-type]
    reason: Note
    evidence: UUID | None
    set_by: Username
    set_at: Instant
    clear_asked_by: Username | None
    clear_asked_at: Instant | None
    clear_reason: Note
    cleared_by: Username | None
    cleared_at: Instant | None


class LabelMember(Members):
    id: UUID
    kind: Annotated[str, text(12)]
    code: Short
    text: Words
    group: Annotated[str, text(120)]
    encounter_version: Version


class OutcomeMember(Members):
    id: UUID
    on: Dated | None
    status: Annotated[str, text(60)]
    encounter_version: Version


class EncounterLine(Members):
    """`layout`, `import_key` and `content_digest` keep the identity of the row of an extract."""

    part: Literal["encounter"] = "encounter"
    id: UUID
    case: UUID
    on: Dated | None
    kind: Short
    custody: Short
    site: Words
    detention_facility: Words
    detention_place: Words
    detainer_facility: Words
    referral_source: Code
    source_relation: Code
    layout: Short
    import_key: Note
    content_digest: Hex | None
    version: Version
    recorded_at: Instant
    labels: tuple[LabelMember, ...]
    outcomes: tuple[OutcomeMember, ...]

    @pydantic.field_validator("kind")
    @classmethod
    def _an_arrest(cls, kind: str) -> str:
        if kind != ARREST:
            raise ValueError("is no kind of encounter; write arrest, and any other action as the part action")
        return kind


class ActionLine(Members):
    """An action that a system of record says was taken. It is history, never an input of a decision."""

    part: Literal["action"] = "action"
    id: UUID
    case: UUID
    kind: Annotated[str, text(40)]
    happened_on: datetime.date
    recorded_at: Instant

    @pydantic.field_validator("kind")
    @classmethod
    def _a_known_kind(cls, kind: str) -> str:
        if kind == ARREST:
            raise ValueError("an arrest is an encounter; write it as the part encounter")
        if kind not in ActionKind.values:
            raise ValueError(f"is no kind of action; write one of {', '.join(ActionKind.values)}")
        return kind

    @pydantic.model_validator(mode="after")
    def _taken_before_it_was_recorded(self) -> Self:
        # The day is that of the place, which may be ahead of the time in UTC.
        if self.happened_on > self.recorded_at.date() + datetime.timedelta(days=1):
            raise ValueError("happened_on lies after recorded_at; correct one of the two")
        return self


class SupportMember(Members):
    id: UUID
    evidence: UUID


class FactLine(Members):
    """`details` fit the kind; `support` is the evidence on which the fact rests."""

    part: Literal["fact"] = "fact"
    id: UUID
    case: UUID
    kind: Literal[tuple(KINDS)]  # type: ignore[valid-type]
    on: Dated | None
    details: dict[str, Any]
    withdrawn: bool
    version: Version
    recorded_at: Instant
    recorded_by: Username
    support: tuple[SupportMember, ...]

    @pydantic.field_validator("details")
    @classmethod
    def _fit_the_kind(cls, details: dict[str, Any], info: pydantic.ValidationInfo) -> dict[str, Any]:
        kind = KINDS.get(info.data.get("kind", ""))
        if kind is not None:
            try:
                kind.checked(details)
            except pydantic.ValidationError as error:
                first = error.errors(include_url=False, include_input=False)[0]
                where = ".".join(map(str, first["loc"]))
                raise ValueError(f"{where}: {first['msg']}") from None
        return details


class RecordRequestLine(Members):
    part: Literal["record_request"] = "record_request"
    id: UUID
    case: UUID
    encounter: UUID | None
    record_kind: Code
    asked_of: Words
    state: Literal["open", "requested", "obtained", "unavailable"]
    requested_on: datetime.date | None
    answered_on: datetime.date | None
    # Files of earlier releases lack these three.
    reviewed_on: datetime.date | None = None
    reviewed_by: Username | None = None
    unavailable_reason: Answer
    note: Note
    version: Version
    recorded_at: Instant
    recorded_by: Username | None = None


class BasisMember(Members):
    id: UUID
    basis: Answer
    evidence: UUID | None


class StatusLine(Members):
    """Coded answers only; what lies behind them is protected and in no file."""

    part: Literal["status"] = "status"
    id: UUID
    case: UUID
    charges: tuple[Answer, ...]
    charge_other: Annotated[str, text(120)]
    immigration_status: Answer
    citizenship_claim: Annotated[str, text(10)]
    citizenship_looked: Short
    citizenship_indicia: tuple[Answer, ...]
    minor_check: Short
    section_1367_check: Short
    fear_of_return: Short
    representative: Short
    representative_name: Words
    referral_source: Code
    source_relation: Code
    complete: bool
    version: Version
    saved_at: Instant
    saved_by: Username
    bases: tuple[BasisMember, ...]


class AliasLine(Members):
    """Another name of a person; it stands after the cases, because it may name evidence of one."""

    part: Literal["alias"] = "alias"
    id: UUID
    person: UUID
    family_name: Name
    given_name: Name
    evidence: UUID | None
    withdrawn: bool
    recorded_at: Instant
    recorded_by: Username


class MergeLine(Members):
    """Two records of one person made one. `moved` names the rows that went over, by kind."""

    part: Literal["merge"] = "merge"
    id: UUID
    survivor: UUID
    absorbed: UUID
    survivor_case: UUID | None
    absorbed_case: UUID | None
    reason: Note
    moved: dict[str, Any]
    status_reopened: Annotated[int, Field(ge=0, le=2**31 - 1)]
    merged_at: Instant
    merged_by: Username
    undone_at: Instant | None
    undone_by: Username | None


Row = (
    PersonLine
    | IdentifierLine
    | CaseLine
    | EvidenceLine
    | EncounterLine
    | ActionLine
    | FactLine
    | RecordRequestLine
    | StatusLine
    | FlagLine
    | AliasLine
    | MergeLine
)
Line = Row | OfficeLine | AccountLine

LINES: Final[pydantic.TypeAdapter[Line]] = pydantic.TypeAdapter(Annotated[Line, Discriminator("part")])


def written(line: Members) -> str:
    """One line of a file, without its end."""
    return line.model_dump_json()
