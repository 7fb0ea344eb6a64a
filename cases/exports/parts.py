"""Which table each kind of line is, and how rows become lines and lines rows.

A member is the column of the same name, but for four: `person`, `case`, ... name a row by its id, accounts are
named by user name, uncertain dates fill five columns, and the digest of an extract's row is bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import models

from accounts.models import User
from cases.dates import Certainty, Precision, UncertainDate
from cases.exports import lines
from cases.models import (
    AlienageBasis,
    Attachment,
    Case,
    CaseFlag,
    Encounter,
    Evidence,
    Fact,
    ImportedAction,
    LaterOutcome,
    Person,
    PersonAlias,
    PersonIdentifier,
    PersonMerge,
    RecordRequest,
    SourceLabel,
    StatusRecord,
    Support,
)

PERSONS: Final = frozenset({"person", "survivor", "absorbed"})
CASES: Final = frozenset({"case", "merged_into", "survivor_case", "absorbed_case"})
BY_ID: Final = PERSONS | CASES | {"encounter", "evidence", "office"}
ACCOUNTS: Final = frozenset(
    {
        "opened_by",
        "obtained_by",
        "reviewed_by",
        "recorded_by",
        "saved_by",
        "set_by",
        "clear_asked_by",
        "cleared_by",
        "merged_by",
        "undone_by",
    }
)
DATED: Final = frozenset({"on", "birth"})
DIGEST: Final = "content_digest"


@dataclass(frozen=True, slots=True)
class Nested:
    """Rows that hang on another and stand inside its line, in order of their ids. `column` points back."""

    member: str
    line: type[lines.Members]
    model: type[models.Model]
    column: str


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of line."""

    key: str
    line: type[lines.Members]
    model: type[models.Model]
    nested: tuple[Nested, ...] = ()


# In the order in which they stand in a file and can be written.
PARTS: Final[Mapping[str, Part]] = {
    part.key: part
    for part in (
        Part("person", lines.PersonLine, Person),
        Part("identifier", lines.IdentifierLine, PersonIdentifier),
        Part("case", lines.CaseLine, Case),
        Part(
            "evidence",
            lines.EvidenceLine,
            Evidence,
            (Nested("attachments", lines.AttachmentMember, Attachment, "evidence_id"),),
        ),
        Part(
            "encounter",
            lines.EncounterLine,
            Encounter,
            (
                Nested("labels", lines.LabelMember, SourceLabel, "encounter_id"),
                Nested("outcomes", lines.OutcomeMember, LaterOutcome, "encounter_id"),
            ),
        ),
        Part("action", lines.ActionLine, ImportedAction),
        Part("fact", lines.FactLine, Fact, (Nested("support", lines.SupportMember, Support, "fact_id"),)),
        Part("record_request", lines.RecordRequestLine, RecordRequest),
        Part(
            "status",
            lines.StatusLine,
            StatusRecord,
            (Nested("bases", lines.BasisMember, AlienageBasis, "status_id"),),
        ),
        Part("flag", lines.FlagLine, CaseFlag),
        Part("alias", lines.AliasLine, PersonAlias),
        Part("merge", lines.MergeLine, PersonMerge),
    )
}
OF_A_CASE: Final = ("evidence", "encounter", "action", "fact", "record_request", "status", "flag")


class Accounts:
    """Accounts by id and by user name; there are few, so they are kept."""

    def __init__(self) -> None:
        self._users: dict[UUID, User] = {}
        self._by_name: dict[str, User] = {}
        self._ids: dict[str, UUID] = {}

    def named(self, account_id: UUID) -> User:
        if account_id not in self._users:
            user = self._users[account_id] = User.objects.get(pk=account_id)
            self._by_name[user.username] = user
        return self._users[account_id]

    def by_username(self, username: str) -> User:
        """An account that `named` has met."""
        return self._by_name[username]

    def id_of(self, username: str) -> UUID:
        """Raises `KeyError` for a name that `look_up` did not find."""
        return self._ids[username]

    def look_up(self, usernames: Collection[str]) -> None:
        wanted = [one for one in usernames if one not in self._ids]
        if wanted:
            self._ids.update(User.objects.filter(username__in=wanted).values_list("username", "id"))

    def knows(self, username: str) -> bool:
        return username in self._ids

    def forget(self) -> None:
        """After a transaction that was undone."""
        self._ids.clear()


def read(part: Part, rows: Sequence[models.Model], accounts: Accounts) -> list[Any]:
    """The rows as lines, in their order; one query for each kind of nested rows."""
    ids = [row.pk for row in rows]
    nested = {one.member: _nested(one, ids, accounts) for one in part.nested} if rows else {}
    return [
        _line(part.line, row, accounts, {member: tuple(of.get(row.pk, ())) for member, of in nested.items()})
        for row in rows
    ]


def _nested(one: Nested, ids: Sequence[UUID], accounts: Accounts) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    rows = one.model._default_manager.filter(**{f"{one.column}__in": ids}).order_by("id")
    for row in rows:
        found.setdefault(getattr(row, one.column), []).append(_line(one.line, row, accounts, {}))
    return found


def _line(
    kind: type[lines.Members], row: models.Model, accounts: Accounts, nested: Mapping[str, Any]
) -> lines.Members:
    # What the tables hold has been checked when it was written.
    return kind.model_construct(
        **{
            name: nested[name] if name in nested else _member(row, name, accounts)
            for name in kind.model_fields
            if name != "part"
        }
    )


def _member(row: models.Model, name: str, accounts: Accounts) -> Any:
    if name in BY_ID:
        return getattr(row, f"{name}_id")
    if name in ACCOUNTS:
        account_id = getattr(row, f"{name}_id")
        return None if account_id is None else accounts.named(account_id).username
    value = getattr(row, name)
    if name in DATED:
        return None if value is None else _dated(value)
    if name == DIGEST:
        return None if value is None else bytes(value).hex()
    return tuple(value) if isinstance(value, list) else value


def _dated(value: UncertainDate) -> lines.Dated:
    return lines.Dated.model_construct(
        earliest=value.earliest,
        latest=value.latest,
        precision=value.precision.value,
        certainty=value.certainty.value,
        words=value.words,
    )


def build(part: Part, line: Any, accounts: Accounts) -> Iterable[models.Model]:
    """The row of a line and what hangs on it, not yet written."""
    inside = {one.member for one in part.nested}
    yield _row(part.model, line, accounts, inside)
    for one in part.nested:
        for member in getattr(line, one.member):
            row = _row(one.model, member, accounts, set())
            setattr(row, one.column, line.id)
            yield row


def _row(
    model: Callable[[], models.Model], line: lines.Members, accounts: Accounts, apart: Collection[str]
) -> models.Model:
    row = model()
    for name in type(line).model_fields:
        if name == "part" or name in apart:
            continue
        value = getattr(line, name)
        if name in BY_ID:
            setattr(row, f"{name}_id", value)
        elif name in ACCOUNTS:
            setattr(row, f"{name}_id", None if value is None else accounts.id_of(value))
        elif name in DATED:
            setattr(row, name, None if value is None else _uncertain(value))
        elif name == DIGEST:
            setattr(row, name, None if value is None else bytes.fromhex(value))
        else:
            setattr(row, name, list(value) if isinstance(value, tuple) else value)
    return row


def _uncertain(value: lines.Dated) -> UncertainDate:
    return UncertainDate(
        value.earliest, value.latest, Precision(value.precision), Certainty(value.certainty), value.words
    )


def accounts_in(line: Any) -> list[str]:
    """The user names that a line of a row names, once each, in its order."""
    found: dict[str, None] = {}
    for name in type(line).model_fields:
        value = getattr(line, name)
        if name in ACCOUNTS and value is not None:
            found[value] = None
        elif isinstance(value, tuple):
            for member in value:
                if isinstance(member, lines.Members):
                    found.update(dict.fromkeys(accounts_in(member)))
    return list(found)
