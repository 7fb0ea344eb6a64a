"""What the record holds after an import of the nine invented rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import Office
from cases.models import Case, Encounter, LaterOutcome, Person, PersonIdentifier, RecordRequest, SourceLabel
from tests.data import INVENTED
from tests.data.running import run_import

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def imported() -> None:
    assert run_import(INVENTED).counts == (9, 9, 0, 0)


def person(source_id: str) -> Person:
    return PersonIdentifier.objects.get(kind="source_id", namespace="ice-arrests", value=source_id).person


def test_two_arrests_of_one_person_are_one_person_one_case_two_encounters() -> None:
    case = Case.objects.get(person=person("aa00000002"))
    assert Person.objects.count() == Case.objects.count() == 6
    assert [str(one.on) for one in case.encounters.order_by("on_earliest")] == ["2024-05-25", "2024-09-02"]


def test_cases_without_an_office_lie_in_the_unassigned_one() -> None:
    assert set(Case.objects.values_list("office_id", flat=True)) == {"unassigned"}


def test_no_name_is_made_up() -> None:
    assert person("aa00000001").name == "Name not recorded"


def test_a_birth_year_stays_a_year() -> None:
    birth = person("aa00000003").birth
    assert birth is not None
    assert (str(birth), birth.precision, str(birth.earliest), str(birth.latest)) == (
        "2014",
        "year",
        "2014-01-01",
        "2014-12-31",
    )


def test_an_unknown_birth_year_stays_unknown() -> None:
    assert person("aa00000004").birth is None


def test_birth_years_that_differ_become_an_interval_in_the_sources_words() -> None:
    birth = person("aa00000005").birth
    assert birth is not None
    assert (str(birth), birth.words) == ("1990-01-01 to 1991-12-31", "1990; 1991")


def test_an_encounter_keeps_custody_place_and_detainer() -> None:
    encounter = Encounter.objects.get(case__person=person("aa00000002"), on_earliest="2024-05-25")
    assert encounter.custody == "custodial"
    assert encounter.site == "North Millbrook County Jail"
    assert encounter.detention_facility == "EASTVALE SUB OFFICE"
    assert encounter.detention_place == "Eastvale, Eastvale County, CALIFORNIA"
    assert encounter.detainer_facility == "MILLBROOK COUNTY JAIL, Millbrook County"
    assert (encounter.referral_source, encounter.source_relation) == ("jail", "agency")


def test_a_site_that_names_no_jail_says_nothing_of_who_referred() -> None:
    encounter = Encounter.objects.get(case__person=person("aa00000001"))
    assert (encounter.custody, encounter.referral_source) == ("at_large", "other")


def test_a_charge_is_a_label_and_opens_one_record_request() -> None:
    for encounter in Encounter.objects.filter(case__person=person("aa00000002")):
        charge = encounter.labels.get(kind="charge")
        assert (charge.code, charge.text, charge.group) == (
            "5404",
            "Driving Under Influence Liquor",
            "Traffic Offense",
        )
        assert encounter.labels.get(kind="special").text == "Traffic"
        request = encounter.record_requests.get()
        assert (request.record_kind, request.state) == ("dispositions", "open")


def test_no_criminal_conviction_is_no_charge_and_asks_for_nothing() -> None:
    encounter = Encounter.objects.get(case__person=person("aa00000001"))
    assert [label.kind for label in encounter.labels.all()] == ["criminality"]
    assert not RecordRequest.objects.filter(encounter=encounter).exists()


def test_the_sources_category_is_a_label_only() -> None:
    label = SourceLabel.objects.filter(kind="criminality", encounter__case__person=person("aa00000002"))[0]
    assert (label.code, label.text) == ("1", "1 Convicted Criminal")


def test_what_came_later_is_an_outcome() -> None:
    outcome = LaterOutcome.objects.get(encounter__case__person=person("aa00000001"))
    assert (outcome.status, str(outcome.on)) == ("Removed", "2024-04-18")
    assert not LaterOutcome.objects.filter(encounter__case__person=person("aa00000004")).exists()


def test_equal_rows_are_two_encounters() -> None:
    keys = Encounter.objects.filter(case__person=person("aa00000006")).values_list("import_key", flat=True)
    assert sorted(key.rpartition(":")[2] for key in keys) == ["1", "2"]


def test_quotes_and_commas_survive() -> None:
    encounter = Encounter.objects.get(case__person=person("aa00000004"))
    assert encounter.site == 'THE "OLD MILL" MARKET, 12 HARBOR STREET'


def test_an_office_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Office.objects.create(key="eastvale", name="Eastvale")
    file = tmp_path / "one.csv"
    file.write_text(INVENTED.read_text().replace("aa0000000", "bb0000000"))
    call_command("import_cases", str(file), layout="ice-arrests", office="eastvale")
    last = capsys.readouterr().out.splitlines()[-1]
    assert json.loads(last) == {"read": 9, "imported": 9, "unchanged": 0, "rejected": 0}
    assert Case.objects.filter(office_id="eastvale").count() == 6
