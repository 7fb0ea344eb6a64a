"""Ways to launder a decision that the record closes: by place, by name, by origin, by the age of a number."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from cases import selectors, services
from cases.dates import UncertainDate
from cases.models import Case, Encounter
from cases.protected import gate
from cases.selectors import CaseFilters
from cases.services.sealed import TO_BE_WRITTEN
from ledger.clock import policy_date
from review.desk.filters import QueueFilter

PLACES = ("Harrow Street Mosque", "Copperline Roofing", "Millbrook")


@pytest.mark.parametrize("place", PLACES)
def test_no_search_answers_to_a_place(officer: User, case: Case, place: str) -> None:
    services.record_encounter(
        actor=officer.actor(),
        user=officer,
        case=case,
        on=UncertainDate.parse("2024-03-02"),
        site=place,
        referral_source="jail",
    )
    assert Encounter.objects.get().site == place
    for words in (place, place.split()[0], place.lower()):
        assert selectors.find_people(officer, words) == []


def test_no_list_filters_by_place_name_origin_or_number() -> None:
    assert {one.name for one in dataclasses.fields(CaseFilters)} == {"office", "state"}
    assert {one.name for one in dataclasses.fields(QueueFilter)} == {
        *(
            "state",
            "decision_type",
            "direction",
            "urgency",
            "due",
            "waited",
            "officer",
            "taken_by",
            "notices",
        ),
    }


def test_a_search_for_a_person_answers_at_most_20(officer: User, make_case: Callable[..., Case]) -> None:
    for number in range(23):
        make_case(officer, family_name="Thistleby", given_name=f"Ash{number}")
    assert len(selectors.find_people(officer, "Thistleby")) == 20


def test_every_encounter_has_a_source_and_its_relation_to_the_person(officer: User, case: Case) -> None:
    services.record_encounter(
        actor=officer.actor(),
        user=officer,
        case=case,
        on=UncertainDate.parse("2024-03-02"),
        referral_source="tip",
        source_relation="employer",
    )
    row = Encounter.objects.get()
    assert (row.referral_source, row.source_relation) == ("tip", "employer")


def test_protected_facts_of_a_person_change_no_byte_of_what_a_decision_reads(case: Case) -> None:
    """Which country it is, which language, which sex: the record that an assessment is made of stays the same."""

    def read() -> Any:
        return selectors.case_record(case, policy_date())

    def put(**attributes: str) -> None:
        gate.put_attributes(person_id=case.person_id, attributes=attributes, source="status page")

    put(country_of_birth="SYLDAVIA", citizenship_country="SYLDAVIA", language="Syldavian", sex="F")
    before = repr(read())
    put(
        country_of_birth="BORDURIA", citizenship_country="BORDURIA", language="Bordurian", sex="M", gender="X"
    )
    put(departure_country="BORDURIA")
    assert repr(read()) == before


def test_the_ground_of_a_note_is_general() -> None:
    """A coded statement names no faith, opinion, origin or filing."""
    assert {str(one) for one in TO_BE_WRITTEN} == set(gate.SEALED)
    assert set(gate.SEALED.values()) == {
        "Relief",
        "Motive of an offense",
        "Eligibility for a status or benefit",
    }
