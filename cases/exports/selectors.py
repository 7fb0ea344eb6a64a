"""The lines of an export, in their one order, read by five hundred persons at a time.

The order: the header; then person by person in order of ids the person, the identifiers, case by case what belongs
to it, and other names; at the end merges, with the persons who have no case since. An office, an account or a case
stands before the first line that names it.

Invariant: a line that names what is not in the file is not in it either, since the name alone would tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Office
from cases.exports import lines
from cases.exports.parts import OF_A_CASE, PARTS, Accounts, accounts_in, read
from cases.models import Case, Person, PersonMerge

PERSONS: Final = 500


def all_lines(cases: QuerySet[Case]) -> Iterator[lines.Members]:
    """Every line for these cases. Must run in one transaction that sees one state of the record."""
    cases = cases.filter(Q(merged_into=None) | Exists(cases.filter(pk=OuterRef("merged_into"))))
    yield lines.Header(format=lines.FORMAT, version=lines.VERSION)
    naming = _Naming()
    last: UUID | None = None
    while True:
        coming = cases if last is None else cases.filter(person_id__gt=last)
        persons = list(coming.order_by("person_id").values_list("person_id", flat=True).distinct()[:PERSONS])
        if not persons:
            break
        yield from naming.complete(_of(persons, cases, naming.accounts))
        last = persons[-1]
    yield from naming.complete(_merges(cases, naming.accounts))


def _of(persons: list[UUID], cases: QuerySet[Case], accounts: Accounts) -> Iterator[Any]:
    identifiers = _grouped("identifier", "person", persons, accounts)
    aliases = _grouped("alias", "person", persons, accounts)
    of_person: dict[UUID, list[Any]] = {}
    rows = list(cases.filter(person_id__in=persons).order_by("id"))
    for line in read(PARTS["case"], rows, accounts):
        of_person.setdefault(line.person, []).append(line)
    case_ids = [row.pk for row in rows]
    belongs = {key: _grouped(key, "case", case_ids, accounts) for key in OF_A_CASE}
    evidence = {one.id for found in belongs["evidence"].values() for one in found}
    for line in read(PARTS["person"], list(Person.objects.filter(pk__in=persons).order_by("id")), accounts):
        yield line
        yield from identifiers.get(line.id, ())
        for case in _targets_first(of_person.get(line.id, [])):
            yield case
            for found in belongs.values():
                yield from found.get(case.id, ())
        for alias in aliases.get(line.id, ()):
            if alias.evidence is None or alias.evidence in evidence:
                yield alias


def _targets_first(cases: list[Any]) -> list[Any]:
    """In order of ids, but a case that was merged into another of them comes after it."""
    ordered: list[Any] = []
    waiting = list(cases)
    while waiting:
        left = {one.id for one in waiting}
        ready = [one for one in waiting if one.merged_into not in left] or waiting
        ordered += ready
        waiting = [one for one in waiting if one not in ready]
    return ordered


def _merges(cases: QuerySet[Case], accounts: Accounts) -> Iterator[Any]:
    """Merges of persons all of whose cases are in the file, each after those persons of it who have none."""
    hidden = Case.objects.filter(~Exists(cases.filter(pk=OuterRef("pk"))))
    merges = PersonMerge.objects.filter(
        ~Exists(hidden.filter(person=OuterRef("survivor"))),
        ~Exists(hidden.filter(person=OuterRef("absorbed"))),
    ).order_by("id")
    in_file = {row.pk for row in merges if row.survivor_case_id is not None or _has(cases, row.survivor_id)}
    told: set[UUID] = set()
    for line in read(PARTS["merge"], list(merges.filter(pk__in=in_file)), accounts):
        apart = [one for one in (line.survivor, line.absorbed) if one not in told and not _has(cases, one)]
        told.update(apart)
        if apart:
            yield from _of(apart, cases, accounts)
        yield line


def _has(cases: QuerySet[Case], person: UUID) -> bool:
    return cases.filter(person_id=person).exists()


def _grouped(key: str, owner: str, ids: list[UUID], accounts: Accounts) -> dict[UUID, list[Any]]:
    part = PARTS[key]
    rows = list(part.model._default_manager.filter(**{f"{owner}_id__in": ids}).order_by("id"))
    found: dict[UUID, list[Any]] = {}
    for line in read(part, rows, accounts):
        found.setdefault(getattr(line, owner), []).append(line)
    return found


class _Naming:
    """Tells of each office and account once, before a line names it."""

    def __init__(self) -> None:
        self.accounts = Accounts()
        self._offices = dict(Office.objects.values_list("key", "name"))
        self._told: set[tuple[str, str]] = set()

    def complete(self, found: Iterable[Any]) -> Iterator[lines.Members]:
        for line in found:
            yield from self._before(line)
            yield line

    def _before(self, line: Any) -> Iterator[lines.Members]:
        if isinstance(line, lines.CaseLine):
            yield from self._office(line.office)
        for username in accounts_in(line):
            yield from self._account(username)

    def _office(self, key: str) -> Iterable[lines.Members]:
        if ("office", key) not in self._told:
            self._told.add(("office", key))
            yield lines.OfficeLine.model_construct(key=key, name=self._offices[key])

    def _account(self, username: str) -> Iterable[lines.Members]:
        if ("account", username) in self._told:
            return
        self._told.add(("account", username))
        user = self.accounts.by_username(username)
        yield from self._office(user.office_id)
        yield lines.AccountLine.model_construct(
            username=username, full_name=user.full_name, role=user.role, office=user.office_id
        )
