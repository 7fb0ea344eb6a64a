"""Running an import again, with the same file, a shuffled one, a changed one."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cases.models import Encounter, ImportRun, Person, PersonIdentifier, RecordRequest, RecordVersion
from ledger.models import Entry
from tests.data import INVENTED
from tests.data.running import everything, run_import

pytestmark = pytest.mark.django_db(transaction=True)

Rows = list[dict[str, str]]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Callable[[Rows], Rows]], Path]:
    """The invented extract after a change of its rows."""

    def edit(change: Callable[[Rows], Rows]) -> Path:
        with INVENTED.open(newline="") as file:
            reader = csv.DictReader(file)
            rows = change(list(reader))
        path = tmp_path / "edited.csv"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, list(reader.fieldnames or ()))
            writer.writeheader()
            writer.writerows(rows)
        return path

    return edit


def test_a_second_run_changes_no_record_and_appends_only_its_own_entry(owner: Any) -> None:
    run_import(INVENTED)
    before = everything(owner)
    assert run_import(INVENTED).counts == (9, 0, 9, 0)
    after = everything(owner)
    differing = {name for name in before if sorted(before[name]) != sorted(after[name])}
    assert differing == {"cases_importrun", "ledger_entry", "ledger_disclosure"}
    events = list(Entry.objects.order_by("-id").values_list("event", flat=True))
    assert events.count("cases.import.finished") == 2
    assert len(events) == 6 + 2
    assert ImportRun.objects.filter(state="finished").count() == 2


def test_row_numbers_and_order_are_no_identity(edited: Callable[..., Path]) -> None:
    run_import(INVENTED)

    def renumber(rows: Rows) -> Rows:
        random.Random(7).shuffle(rows)
        return [
            {**row, "orig_row_number": str(900 - at), "is_last_arrest": ""} for at, row in enumerate(rows)
        ]

    assert run_import(edited(renumber)).counts == (9, 0, 9, 0)


def test_equals_with_different_content_keep_theirs_when_the_order_turns(edited: Callable[..., Path]) -> None:
    run_import(INVENTED)
    assert run_import(edited(lambda rows: rows[::-1])).counts == (9, 0, 9, 0)
    assert run_import(edited(lambda rows: [rows[6]])).counts == (1, 0, 1, 0)


def test_one_more_equal_row_is_one_more_encounter(edited: Callable[..., Path]) -> None:
    run_import(INVENTED)
    assert run_import(edited(lambda rows: [*rows, rows[8]])).counts == (10, 1, 9, 0)
    assert Encounter.objects.filter(layout="ice-arrests").count() == 10


def test_changed_content_is_a_new_version_with_its_own_labels(edited: Callable[..., Path]) -> None:
    run_import(INVENTED)

    def change(rows: Rows) -> Rows:
        rows[0] |= {
            "bln_arrest_charge_code": "2299",
            "bln_charge": "Burglary",
            "bln_charge_group": "Burglary",
        }
        rows[0] |= {"case_status_recoded": "Active case", "departed_date": ""}
        return rows

    file = edited(change)
    assert run_import(file).counts == (9, 1, 8, 0)
    person = PersonIdentifier.objects.get(value="aa00000001").person
    encounter = Encounter.objects.get(case__person=person)
    assert encounter.version == 2
    assert set(encounter.labels.values_list("encounter_version", "kind")) == {
        (1, "criminality"),
        (2, "charge"),
        (2, "criminality"),
    }
    assert list(encounter.outcomes.order_by("encounter_version").values_list("status", flat=True)) == [
        "Removed",
        "Active case",
    ]
    assert RecordVersion.objects.filter(row_kind="encounter", row_id=encounter.id, version=1).exists()
    assert RecordRequest.objects.filter(encounter=encounter).count() == 1
    entry = Entry.objects.filter(event="cases.import.applied").order_by("-id")[0]
    assert entry.case_id == encounter.case_id
    assert run_import(file).counts == (9, 0, 9, 0)


def test_a_birth_date_that_an_officer_set_is_not_undone_by_the_same_file() -> None:
    run_import(INVENTED)
    person = PersonIdentifier.objects.get(value="aa00000002").person
    Person.objects.filter(pk=person.pk).update(
        birth_earliest="1988-04-01",
        birth_latest="1988-04-01",
        birth_precision="day",
        birth_certainty="stated",
        birth_words="1988-04-01",
        version=2,
    )
    run_import(INVENTED)
    person.refresh_from_db()
    assert str(person.birth) == "1988-04-01"


def test_an_attribute_that_alone_changed_goes_to_the_gate_and_tells_nobody(
    edited: Callable[..., Path], owner: Any
) -> None:
    run_import(INVENTED)
    before = everything(owner)["cases_encounter"]

    def change(rows: Rows) -> Rows:
        rows[0]["citizenship_country"] = "SYLDAVIA"
        return rows

    assert run_import(edited(change)).counts == (9, 0, 9, 0)
    assert sorted(everything(owner)["cases_encounter"]) == sorted(before)
