"""A batch of lines compared with the record: what is missing, what is there already, what cannot be. Reads only.

A line may only name rows that stand before it in the file or in the record; what it names must belong to the same
case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import models

from accounts.models import Office, User
from cases.exports import lines
from cases.exports.parts import ACCOUNTS, CASES, PARTS, PERSONS, Accounts, accounts_in, read
from cases.imports.rows import Rejected
from cases.imports.totality.reading import Arrived
from cases.models import Case, Encounter, Evidence, Person

DIFFERS: Final = "the record has it with other content; this layout adds what is missing and changes nothing"
TWICE: Final = "the file has it a second time with other content"


@dataclass(slots=True)
class Before:
    """What earlier batches leave for later ones. `here` is kept by a dry run only, for the person it is at."""

    dry_run: bool
    accounts: Accounts = field(default_factory=Accounts)
    offices: set[str] = field(default_factory=set)
    usernames: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    here: dict[UUID, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """A batch's writes, in the order of the file."""

    offices: list[lines.OfficeLine] = field(default_factory=list)
    accounts: list[lines.AccountLine] = field(default_factory=list)
    rows: list[Arrived] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    unchanged: int = 0
    # The person of each case that a new line belongs to.
    persons: dict[UUID, UUID] = field(default_factory=dict)

    @property
    def imported(self) -> int:
        return len(self.offices) + len(self.accounts) + len(self.rows)


def plan_batch(batch: Sequence[Arrived], before: Before) -> Plan:
    """Places every line."""
    return _Planner(batch, before).plan


class _Planner:
    def __init__(self, batch: Sequence[Arrived], before: Before) -> None:
        self.before = before
        self.plan = Plan()
        contents = [one.content for one in batch]
        self._look_up_names(contents)
        self.stored = self._look_up_rows(contents)
        self.new: dict[UUID, Any] = dict(before.here)
        self.persons: set[UUID] = _existing(Person, _named(contents, PERSONS))
        self.owners: dict[str, dict[UUID, UUID]] = {
            "evidence": _owners(Evidence, _evidence_named(contents)),
            "encounter": _owners(Encounter, _named(contents, {"encounter"})),
        }
        cases = {*_named(contents, CASES), *self.owners["evidence"].values()}
        self.cases: dict[UUID, UUID] = dict(Case.objects.filter(pk__in=cases).values_list("id", "person_id"))
        for content in self.new.values():
            self._remember(content)
        for one in batch:
            field_, reason = self._place(one)
            if reason:
                self.plan.rejected.append(Rejected(one.line, field_, reason, one.raw))

    def _look_up_names(self, contents: Sequence[Any]) -> None:
        keys = {
            one.key if isinstance(one, lines.OfficeLine) else getattr(one, "office", None) for one in contents
        }
        self.offices = set(Office.objects.filter(key__in=keys - {None}).values_list("key", flat=True))
        self.offices |= self.before.offices
        told = {one.username for one in contents if isinstance(one, lines.AccountLine)}
        self.accounts = dict(User.objects.filter(username__in=told).values_list("username", "full_name"))
        self.before.accounts.look_up({*told, *(name for one in contents for name in accounts_in(one))})

    def _look_up_rows(self, contents: Sequence[Any]) -> dict[UUID, Any]:
        ids: dict[str, list[UUID]] = {}
        for one in contents:
            if one.part in PARTS:
                ids.setdefault(one.part, []).append(one.id)
        found: dict[UUID, Any] = {}
        for key, wanted in ids.items():
            rows = list(PARTS[key].model._default_manager.filter(pk__in=wanted))
            found.update((line.id, line) for line in read(PARTS[key], rows, self.before.accounts))
        return found

    def _place(self, one: Arrived) -> tuple[str, str]:
        """Where it goes, or the field and reason why it goes nowhere."""
        content = one.content
        if isinstance(content, lines.OfficeLine):
            return self._place_office(content)
        if isinstance(content, lines.AccountLine):
            return self._place_account(content)
        if self.before.dry_run and isinstance(content, lines.PersonLine):
            self.before.here.clear()
        for known, words in ((self.stored, DIFFERS), (self.new, TWICE)):
            there = known.get(content.id)
            if there is not None:
                if type(there) is not type(content) or there.model_dump() != content.model_dump():
                    return "", words
                self.plan.unchanged += 1
                return "", ""
        problem = self._names_nothing(content)
        if problem:
            return problem
        self.new[content.id] = content
        self._remember(content)
        self.plan.rows.append(one)
        if self.before.dry_run:
            self.before.here[content.id] = content
        return "", ""

    def _place_office(self, content: lines.OfficeLine) -> tuple[str, str]:
        if content.key in self.offices:
            self.plan.unchanged += 1
        else:
            self.offices.add(content.key)
            self.plan.offices.append(content)
            if self.before.dry_run:
                self.before.offices.add(content.key)
        return "", ""

    def _place_account(self, content: lines.AccountLine) -> tuple[str, str]:
        name = self.accounts.get(content.username)
        if name is None and content.office not in self.offices:
            return "office", f"there is no office {content.office}; its own line is missing or was set aside"
        if name is not None and name != content.full_name:
            self.before.refused.add(content.username)
            return "username", "is taken here by somebody of another name; rename one of the two accounts"
        if name is not None:
            self.plan.unchanged += 1
        else:
            self.accounts[content.username] = content.full_name
            self.plan.accounts.append(content)
            if self.before.dry_run:
                self.before.usernames.add(content.username)
        return "", ""

    def _remember(self, content: Any) -> None:
        if isinstance(content, lines.PersonLine):
            self.persons.add(content.id)
        elif isinstance(content, lines.CaseLine):
            self.cases[content.id] = content.person
        elif content.part in self.owners:
            self.owners[content.part][content.id] = content.case
        case = content.id if isinstance(content, lines.CaseLine) else getattr(content, "case", None)
        if case is not None:
            self.plan.persons[case] = self.cases[case]

    def _names_nothing(self, content: Any) -> tuple[str, str] | None:
        """The first name in it that leads nowhere."""
        for name in type(content).model_fields:
            value = getattr(content, name)
            if (name in PERSONS and value not in self.persons) or (
                name in CASES and value is not None and value not in self.cases
            ):
                return name, "is not in the record; its own line is missing, comes later or was set aside"
        case = getattr(content, "case", None)
        if isinstance(content, lines.CaseLine) and content.office not in self.offices:
            return "office", f"there is no office {content.office}; its own line is missing or was set aside"
        for username in accounts_in(content):
            if username in self.before.refused or not self._account(username):
                where = (name for name in ACCOUNTS if getattr(content, name, None) == username)
                return next(
                    where, "attachments"
                ), f"there is no account {username}; its own line is missing or was set aside"
        encounter = getattr(content, "encounter", None)
        if encounter is not None and self.owners["encounter"].get(encounter) != case:
            return "encounter", "is no encounter of this case"
        for member, evidence in _evidence_of(content):
            owner = self.owners["evidence"].get(evidence)
            if isinstance(content, lines.AliasLine):
                if owner is None or self.cases.get(owner) != content.person:
                    return member, "names evidence that is in no case of this person"
            elif owner != case:
                return member, "names evidence that is none of this case"
        return None

    def _account(self, username: str) -> bool:
        return (
            username in self.accounts
            or username in self.before.usernames
            or self.before.accounts.knows(username)
        )


def _named(contents: Iterable[Any], names: Collection[str]) -> set[UUID]:
    return {value for one in contents for name in names if (value := getattr(one, name, None)) is not None}


def _existing(model: type[models.Model], ids: set[UUID]) -> set[UUID]:
    return set(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True))


def _owners(model: type[models.Model], ids: set[UUID]) -> dict[UUID, UUID]:
    return dict(model._default_manager.filter(pk__in=ids).values_list("pk", "case_id"))


def _evidence_of(content: Any) -> list[tuple[str, UUID]]:
    if isinstance(content, lines.FactLine):
        return [("support", one.evidence) for one in content.support]
    if isinstance(content, lines.StatusLine):
        return [("bases", one.evidence) for one in content.bases if one.evidence is not None]
    if isinstance(content, lines.FlagLine | lines.AliasLine) and content.evidence is not None:
        return [("evidence", content.evidence)]
    return []


def _evidence_named(contents: Iterable[Any]) -> set[UUID]:
    return {evidence for one in contents for _, evidence in _evidence_of(one)}
