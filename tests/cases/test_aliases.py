"""Other names and several numbers of one person: found by the search, shown on the page, never lost."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import selectors, services
from cases.errors import Refused
from cases.models import Case, PersonAlias
from ledger.models import Entry

SignIn = Callable[[User], Client]


def alias(officer: User, case: Case, family_name: str = "Marlowe", **more: Any) -> PersonAlias:
    return services.record_alias(
        actor=officer.actor(), user=officer, case=case, family_name=family_name, **more
    )


@pytest.mark.parametrize("typed", ["Marlowe", "marl", "Marlowe, T", "Tess Marl"])
def test_the_search_finds_another_name_by_its_beginning(officer: User, case: Case, typed: str) -> None:
    alias(officer, case, given_name="Tess")
    [match] = selectors.find_people(officer, typed)
    assert match.case_id == case.id
    assert match.matched == "other name: Marlowe, Tess"
    assert match.name == "Quillworth, Tamsin"


def test_a_person_with_several_names_is_one_match(officer: User, case: Case) -> None:
    for name in ("Quillworthy", "Quillwort", "Quill"):
        alias(officer, case, name)
    assert len(selectors.find_people(officer, "Quill")) == 1


def test_another_name_is_a_possible_duplicate(officer: User, case: Case) -> None:
    alias(officer, case)
    [match] = selectors.possible_duplicates(user=officer, family_name="Marlowe")
    assert match.matched == "other name: Marlowe"


def test_a_withdrawn_name_finds_nobody_and_stays_as_a_row(officer: User, case: Case) -> None:
    row = alias(officer, case)
    services.withdraw_alias(actor=officer.actor(), user=officer, case=case, alias=row.pk)
    assert selectors.find_people(officer, "Marlowe") == []
    assert PersonAlias.objects.get().withdrawn
    with pytest.raises(Refused):
        services.withdraw_alias(actor=officer.actor(), user=officer, case=case, alias=row.pk)
    alias(officer, case)


def test_another_office_finds_no_other_name_of_a_restricted_case(
    officer: User, other_officer: User, case: Case
) -> None:
    alias(officer, case)
    assert selectors.find_people(other_officer, "Marlowe")
    services.set_flag(
        actor=officer.actor(), user=officer, case=case, kind="section_1367", reason="Told by counsel"
    )
    assert selectors.find_people(other_officer, "Marlowe") == []
    assert selectors.possible_duplicates(user=other_officer, family_name="Marlowe") == []
    assert selectors.find_people(officer, "Marlowe")


@pytest.mark.parametrize(
    "names",
    [
        {"family_name": " "},
        {"family_name": "quillworth", "given_name": "TAMSIN"},
        {"family_name": "x" * 101},
    ],
)
def test_what_is_no_other_name(officer: User, case: Case, names: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        services.record_alias(actor=officer.actor(), user=officer, case=case, **names)
    assert refused.value.field == "alias_family_name"


def test_the_same_name_is_recorded_once(officer: User, case: Case) -> None:
    alias(officer, case)
    with pytest.raises(Refused, match="recorded already"):
        alias(officer, case)


def test_evidence_of_another_case_is_refused(
    officer: User, case: Case, make_case: Callable[..., Case]
) -> None:
    other = make_case(officer)
    proof = services.record_evidence(
        actor=officer.actor(),
        user=officer,
        case=other,
        kind="court_record",
        source="Court",
        source_relation="court",
        obtained_on=datetime.date(2024, 1, 1),
    )
    with pytest.raises(Refused):
        alias(officer, case, evidence=proof.pk)
    assert alias(officer, other, "Third", evidence=proof.pk).evidence_id == proof.pk


def test_the_entry_hides_the_name(officer: User, case: Case) -> None:
    alias(officer, case)
    entry = Entry.objects.order_by("-id")[0]
    assert entry.event == "cases.alias.recorded"
    assert b"marlowe" not in bytes(entry.bytes).lower()
