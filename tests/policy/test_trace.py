"""Every clause of every edition is carried by something and proven by a test; the page and the command say by what."""

from __future__ import annotations

import html
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from policy import views
from policy.editions import available, load
from policy.trace import Carrier, carries, declared, gaps, traced
from policy.trace.proofs import FILE, ROOT, proofs, read_tests


@pytest.mark.parametrize("key", available())
def test_no_clause_has_a_gap(key: str) -> None:
    assert [f"{one.clause.id}: {one.gap}" for one in gaps(load(key))] == []


def test_every_marker_and_every_declaration_names_a_clause_that_exists() -> None:
    known = {clause.id for clause in load("2021-09-30").clauses}
    known |= {f"{key}:{clause.id}" for key in available() for clause in load(key).clauses}
    assert set(proofs()) - known == set()
    assert set(declared()) - known == set()


def test_the_list_that_a_release_carries_is_that_of_the_source() -> None:
    kept = {clause: tuple(tests) for clause, tests in json.loads(FILE.read_text(encoding="utf-8")).items()}
    assert kept == read_tests(ROOT), "run `manage.py policy_trace --write-proofs`"


def test_a_clause_of_another_edition_is_reached_through_what_it_is_like() -> None:
    whole_record = next(one for one in traced(load("2017-02-20")) if one.clause.id == "M#13")
    assert "records_complete_or_excused" in {carrier.name for carrier in whole_record.carriers}
    assert "tests/assessment/rules/test_records_complete_or_excused.py" in whole_record.tests


def test_markers_are_read_from_files_classes_and_functions(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_one.py").write_text(
        "import pytest\n"
        "pytestmark = [pytest.mark.django_db, pytest.mark.clause('I#1')]\n"
        "@pytest.mark.clause('I#2', 'I#3')\ndef test_a(): ...\n"
        "@pytest.mark.clause('I#3')\nclass TestB: ...\n"
        "def test_c(): ...\n",
        encoding="utf-8",
    )
    assert read_tests(tmp_path) == {
        "I#1": ("tests/test_one.py",),
        "I#2": ("tests/test_one.py::test_a",),
        "I#3": ("tests/test_one.py::test_a", "tests/test_one.py::TestB"),
    }


def test_declaring_leaves_the_function_as_it_is() -> None:
    def rule() -> str:
        return "as before"

    assert carries("I#2", name="declared twice")(rule) is rule
    carries("I#2", name="declared twice")(rule)
    assert declared()["I#2"].count(Carrier("rule", "declared twice")) == 1
    declared_now = declared()
    assert "declared twice" in {carrier.name for carrier in declared_now["I#2"]}


def test_the_command_prints_every_clause_and_finds_no_gap() -> None:
    out = StringIO()
    call_command("policy_trace", "--json", stdout=out)
    rows = json.loads(out.getvalue())
    assert {row["edition"] for row in rows} == set(available())
    row = next(one for one in rows if (one["edition"], one["clause"]) == ("2021-09-30", "II.B#13"))
    assert row["binds"] == ["officer"]
    assert "rationale_pins" in row["fields"]
    assert "conviction_or_database_hit_alone" in row["rules"]
    assert "tests/assessment/rules/test_conviction_or_database_hit_alone.py" in row["tests"]
    out = StringIO()
    call_command("policy_trace", "--edition", "2014-11-20", stdout=out)
    assert "0 with a gap" in out.getvalue()


def test_the_command_cannot_run_for_an_edition_that_is_not_here() -> None:
    with pytest.raises(CommandError) as refused:
        call_command("policy_trace", "--edition", "1999-01-01")
    assert refused.value.returncode == 2


@pytest.mark.django_db
@pytest.mark.clause("VIII#30")
@pytest.mark.parametrize("key", available())
def test_the_page_shows_it_to_anyone_with_the_notice(rf: RequestFactory, key: str) -> None:
    page = html.unescape(views.edition(rf.get(f"/policy/{key}/"), key=key).content.decode())
    edition = load(key)
    assert page.count("Carried by, proven by") == len(edition.clauses)
    assert "tests/assessment/rules/test_dispute_answered.py" in page
    assert edition.no_private_right in page
