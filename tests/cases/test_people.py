"""Finding a person in any usual spelling, and not making a second record of one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import Office, User
from cases import selectors, services
from cases.dates import UncertainDate
from cases.errors import Refused
from cases.identifiers import normalise_a_number
from cases.models import Case, PersonIdentifier

MakeCase = Callable[..., Case]


@pytest.mark.parametrize(
    "typed",
    [
        "A 012-345-678",
        "12345678",
        "A12345678",
        "a012345678",
        "A#012 345 678",
        "A012-345-678",
        "  A-12345678 ",
    ],
)
def test_an_a_number_in_any_usual_spelling(typed: str) -> None:
    assert normalise_a_number(typed) == "A012345678"


@pytest.mark.parametrize("typed", ["123456", "A1234567890", "B12345678", "12345678x", "", "Quillworth"])
def test_what_is_no_a_number(typed: str) -> None:
    assert normalise_a_number(typed) is None


@pytest.mark.parametrize("typed", ["A 012-345-678", "12345678", "A12345678"])
def test_search_by_a_number(officer: User, case: Case, typed: str) -> None:
    [found] = selectors.find_people(officer, typed)
    assert (found.case_id, found.identifiers) == (case.id, ("A012-345-678",))
    assert found.matched == "same identifier: A012-345-678"


def test_search_by_source_id_is_exact(officer: User, case: Case) -> None:
    PersonIdentifier.objects.create(
        person=case.person, kind="source_id", namespace="ice-arrests", value="ab9f"
    )
    assert [one.case_id for one in selectors.find_people(officer, "ab9f")] == [case.id]
    assert selectors.find_people(officer, "ab9") == []


@pytest.mark.parametrize(
    "typed", ["quill", "Quillworth", "Quillworth, Tam", "quillworth,", "Tamsin Quillworth", "tam quill"]
)
def test_search_by_the_beginning_of_a_name(officer: User, case: Case, typed: str) -> None:
    assert [one.case_id for one in selectors.find_people(officer, typed)] == [case.id]


@pytest.mark.parametrize(
    "typed",
    ["worth", "%", "_uillworth", "Quillworth, Zed", "   ", "a\x00b", "01a20bcd-0000-7000-8000-000000000000"],
)
def test_search_that_finds_nobody(officer: User, case: Case, typed: str) -> None:
    assert selectors.find_people(officer, typed) == []


def test_search_by_the_id_of_the_case(officer: User, case: Case) -> None:
    assert [one.case_id for one in selectors.find_people(officer, str(case.id))] == [case.id]


def test_search_answers_at_most_twenty(officer: User, make_case: MakeCase) -> None:
    for number in range(23):
        make_case(officer, family_name=f"Many{number:02d}")
    assert len(selectors.find_people(officer, "many")) == 20


def test_possible_duplicates_by_identifier_and_by_name(
    officer: User, case: Case, make_case: MakeCase
) -> None:
    make_case(officer, family_name="Otherwise")
    by_number = selectors.possible_duplicates(
        user=officer, family_name="", identifiers=[("a_number", "12345678")]
    )
    by_name = selectors.possible_duplicates(user=officer, family_name="quillworth", given_name="T.")
    swapped = selectors.possible_duplicates(user=officer, family_name="Tamsin", given_name="Quillworth")
    for found in (by_number, by_name, swapped):
        assert [one.case_id for one in found] == [case.id]


def test_a_birth_date_that_excludes_is_no_duplicate(officer: User, case: Case) -> None:
    def found(birth: str) -> int:
        date = UncertainDate.parse(birth)
        return len(selectors.possible_duplicates(user=officer, family_name="Quillworth", birth=date))

    assert (found("1990"), found("1971")) == (1, 0)


def test_an_a_number_belongs_to_one_person(officer: User, case: Case, make_case: MakeCase) -> None:
    with pytest.raises(Refused, match="already recorded for another person"):
        make_case(officer, family_name="Second", a_number="A 12345678")
    assert Case.objects.count() == 1


def test_somebody_needs_a_name_or_an_identifier(officer: User, make_case: MakeCase) -> None:
    with pytest.raises(Refused, match="family name or an identifier"):
        make_case(officer, family_name="  ")


def test_two_persons_may_share_a_source_id_of_different_layouts(
    officer: User, case: Case, make_case: MakeCase
) -> None:
    other = make_case(officer, family_name="Second")
    for one, layout in ((case, "one"), (other, "two")):
        PersonIdentifier.objects.create(person=one.person, kind="source_id", namespace=layout, value="same")
    assert len(selectors.find_people(officer, "same")) == 2


def test_taking_a_case_without_office(officer: User, other_officer: User, case: Case, db: None) -> None:
    unassigned = Office.objects.create(key="unassigned", name="Unassigned")
    Case.objects.filter(pk=case.pk).update(office=unassigned, version=case.version + 1)
    case.refresh_from_db()
    with pytest.raises(Refused, match="no office yet"):
        services.record_fact(
            actor=officer.actor(),
            user=officer,
            case=case,
            kind="conduct",
            details={"what": "Returned a wallet"},
        )
    taken = services.take_case(actor=officer.actor(), user=officer, case=case)
    assert taken.office_id == "north"
    with pytest.raises(Refused, match="before you"):
        services.take_case(actor=other_officer.actor(), user=other_officer, case=case)


def test_a_birth_that_is_still_to_come_is_refused(officer: User, make_case: MakeCase) -> None:
    with pytest.raises(Refused, match="still to come"):
        make_case(officer, birth=UncertainDate.parse("2999"))
