"""The layout `ice-arrests-foia`: headings, days, births and identifiers as raw releases write them."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path
from typing import Any

import pytest

from cases.imports.errors import RowRefused
from cases.imports.layouts.spreadsheet_days import day
from cases.models import Encounter, Person, PersonIdentifier, RecordRequest, RecordVersion
from ledger.clock import now
from tests.data import INVENTED_FOIA
from tests.data.running import Ran, everything, protected_rows, run_import

pytestmark = pytest.mark.django_db(transaction=True)

LAYOUT = "ice-arrests-foia"


def run(file: Path = INVENTED_FOIA, **options: Any) -> Ran:
    return run_import(file, layout=LAYOUT, **options)


def person(value: str) -> Person:
    return PersonIdentifier.objects.get(value=value).person


def write(path: Path, *rows: dict[str, str]) -> Path:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, headings, restval="")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def labels(encounter: Encounter) -> dict[str, tuple[str, str]]:
    return {one.kind: (one.text, one.group) for one in encounter.labels.all()}


def test_title_blank_rows_and_empty_columns_are_not_rows(tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    ran = run(rejects=rejects)
    assert (ran.code, ran.counts) == (1, (8, 5, 0, 3)), ran.err
    with rejects.open(newline="") as file:
        told = [(row["line"], row["field"]) for row in csv.DictReader(file)]
    assert told == [
        ("8", "Alien File Number"),
        ("9", "Apprehension Date"),
        ("10", "Unique Identifier"),
    ]


def test_every_identifier_is_kept_and_any_of_them_finds_the_person() -> None:
    run()
    first = person("aaf0000001")
    told = set(first.identifiers.values_list("kind", "namespace", "value"))
    assert told == {
        ("source_id", LAYOUT, "aaf0000001"),
        ("source_id", "eid-subject", "8001"),
        ("source_id", "eid-case", "7001"),
        ("a_number", "", "A012345671"),
    }
    assert first.cases.count() == 1
    assert Encounter.objects.filter(case__person=first).count() == 2
    assert person("7003").identifiers.count() == 1
    assert Person.objects.count() == 4


def test_a_bad_a_number_beside_another_identifier_is_a_label_and_finds_nobody() -> None:
    run()
    encounter = Encounter.objects.get(case__person=person("aaf0000002"))
    assert labels(encounter)["a_number"] == ("Alien File Number as released: not a number", "")
    assert [one.kind for one in person("aaf0000002").identifiers.all()] == ["source_id"]


def test_a_birth_day_is_taken_where_it_is_given_and_contradictions_stay_open() -> None:
    run()
    assert str(person("aaf0000001").birth) == "1984-05-04"
    assert str(person("7003").birth) == "2009"
    assert person("aaf0000002").birth is None
    assert str(person("A012345675").birth) == "1990-01-01 to 1991-12-31"


def test_what_the_source_says_stays_a_label_or_an_outcome() -> None:
    run()
    encounter = Encounter.objects.get(case__person=person("aaf0000001"), on_earliest="2024-01-02")
    assert labels(encounter) == {
        "criminality": ("3 Other Immigration Violator", ""),
        "place": ("Millbrook County, CALIFORNIA", "Los Angeles Area of Responsibility"),
        "program": ("Fugitive Operations", "ICE"),
        "method": ("Non-Custodial Arrest", ""),
        "category": ("[8C] Excludable", ""),
        "final_order": ("Final order: yes, 2019-05-06", ""),
    }
    outcome = encounter.outcomes.get()
    assert (outcome.status, str(outcome.on)) == ("8-Excluded/Removed - Inadmissibility", "2024-03-04")
    assert encounter.case.facts.count() == 0
    assert RecordRequest.objects.count() == 0


def test_custody_and_referral_are_said_only_where_the_method_or_site_says_them() -> None:
    run()
    told = {
        str(one.on): (one.custody, one.referral_source) for one in Encounter.objects.filter(layout=LAYOUT)
    }
    assert told == {
        "2024-01-02": ("at_large", "other"),
        "2024-05-06": ("custodial", "jail"),
        "2024-05-05": ("", "other"),
        "2024-03-07": ("at_large", "other"),
        "2024-03-10": ("custodial", "jail"),
    }


def test_protected_columns_are_found_only_behind_the_gate(owner: Any, tmp_path: Path) -> None:
    ran = run()
    for text in (ran.err, *(text for rows in everything(owner).values() for text in rows)):
        for word in ("ZUBROWKA", "RURITANIA", "Genderword"):
            assert word not in text
    first = str(person("aaf0000001").id)
    assert {(kind, value) for who, kind, value in protected_rows(owner) if who == first} == {
        ("citizenship_country", "ZUBROWKA"),
        ("departure_country", "ZUBROWKA"),
        ("gender", "Genderword-F"),
    }


def test_a_second_run_changes_no_record(owner: Any) -> None:
    run()
    before = everything(owner)
    assert run().counts == (8, 0, 5, 3)
    after = everything(owner)
    differing = {name for name in before if sorted(before[name]) != sorted(after[name])}
    assert differing == {"cases_importrun", "ledger_entry", "ledger_disclosure"}
    assert RecordVersion.objects.filter(row_kind="encounter").count() == 0


def test_optional_columns_may_be_missing(tmp_path: Path) -> None:
    file = write(tmp_path / "few.csv", {"Apprehension Date": "2/3/2024", "Alien File Number": "A099999991"})
    assert run(file).counts == (1, 1, 0, 0)


def test_a_new_identifier_on_a_known_row_is_added_once(tmp_path: Path) -> None:
    row = {"Apprehension Date": "2/3/2024", "Unique Identifier": "u1"}
    assert run(write(tmp_path / "one.csv", row)).counts == (1, 1, 0, 0)
    more = write(tmp_path / "more.csv", {**row, "Alien File Number": "99999991"})
    assert run(more).counts == (1, 1, 0, 0)
    assert run(more).counts == (1, 0, 1, 0)
    assert person("A099999991") == person("u1")
    assert Encounter.objects.get().version == 1


def test_identifiers_of_two_persons_reject_the_row(tmp_path: Path) -> None:
    day_ = {"Apprehension Date": "2/3/2024"}
    file = write(
        tmp_path / "two.csv",
        {**day_, "Unique Identifier": "u1", "Alien File Number": ""},
        {**day_, "Unique Identifier": "", "Alien File Number": "A099999992"},
        {**day_, "Unique Identifier": "u1", "Alien File Number": "A099999992"},
    )
    rejects = tmp_path / "rejects.csv"
    assert run(file, rejects=rejects).counts == (3, 2, 0, 1)
    with rejects.open(newline="") as opened:
        told = next(csv.DictReader(opened))
    assert told["line"] == "4"
    assert "ice-arrests-foia, A-number" in told["reason"]
    assert "merge the two records" in told["reason"]
    assert told["row"] == "2/3/2024,u1,A099999992"


def test_an_a_number_finds_a_person_recorded_by_hand(tmp_path: Path) -> None:
    known = Person.objects.create(family_name="Quillworth", recorded_at=now())
    PersonIdentifier.objects.create(person=known, kind="a_number", value="A099999993")
    file = write(tmp_path / "one.csv", {"Apprehension Date": "2/3/2024", "Alien File Number": "99999993"})
    assert run(file).counts == (1, 1, 0, 0)
    assert Encounter.objects.get().case.person == known


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Unique Identifier,Gender", "the heading lacks Apprehension Date"),
        ("Apprehension Date,Gender", "the heading has none of Unique Identifier"),
        ("Apprehension Date,apprehension_date,Unique Identifier", "names Apprehension Date more than once"),
    ],
)
def test_a_heading_that_does_not_fit_is_one_line(tmp_path: Path, heading: str, reason: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(f"{heading}\n1,2,3\n", encoding="utf-8")
    ran = run(file)
    assert ran.code == 2
    assert reason in ran.err


@pytest.mark.parametrize(
    "text",
    [
        "5/4/2024",
        "05/04/2024",
        "05-04-2024 13:45",
        "5/4/2024 1:45:00 PM",
        "2024-05-04",
        "2024-05-04 00:00:00.000",
        "2024-05-04T08:00:00Z",
        "04-MAY-2024",
        "4 May 2024",
        "04MAY2024",
        "May 4, 2024",
        "45416",
        "45416.5729",
    ],
)
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert day("Departed Date", text) == datetime.date(2024, 5, 4)


@pytest.mark.parametrize("text", ["5/4/24", "13/13/2024", "1984", "soon", "2/30/2024", "4 Foo 2024"])
def test_a_day_that_could_be_two_days_or_none_is_refused(text: str) -> None:
    with pytest.raises(RowRefused) as refused:
        day("Departed Date", text)
    assert refused.value.field == "Departed Date"
    assert text not in refused.value.reason
