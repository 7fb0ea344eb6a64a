"""Imported text with protected words is stored, counts as imported, and is held back until it is resolved."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import User
from cases import services
from cases.models import Case, Encounter, Fact, ScreenedText
from cases.selectors import case_record, whole_case

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 12, 10)
WORDS = "He is Guatemalan and hit a parked car."


@pytest.fixture
def who(officer: User) -> dict[str, Any]:
    return {"actor": officer.actor(), "user": officer}


@pytest.mark.django_db(transaction=True)
def test_a_record_of_our_own_layout_is_held_back(
    who: dict[str, Any], case: Case, officer: User, tmp_path: Path
) -> None:
    services.record_fact(**who, case=case, kind="conduct", details={"what": WORDS})
    services.record_encounter(**who, case=case, on=None, site="Home of a Guatemalan man")
    out = tmp_path / "cases.ndjson"
    call_command("export_cases", "--out", str(out), "--purpose", "A test of words", stdout=io.StringIO())
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert any(WORDS in json.dumps(line) for line in lines)
    # The same record under other ids, as another instance would send it.
    text = out.read_text()
    for line in lines:
        for name in ("id",):
            if name in line and line.get("part") in ("person", "case", "fact", "encounter", "identifier"):
                old = str(line[name])
                text = text.replace(old, old[:-4] + "beef")
    text = text.replace("A012345678", "A087654321")
    other = tmp_path / "other.ndjson"
    other.write_text(text)
    said = io.StringIO()
    call_command("import_cases", str(other), "--layout", "totality", stdout=said, stderr=io.StringIO())
    counts = json.loads(said.getvalue().splitlines()[-1])
    assert (counts["rejected"], counts["imported"]) == (0, counts["read"] - counts["unchanged"])
    fact = Fact.objects.exclude(case=case).get()
    assert fact.details["what"] == WORDS
    row = ScreenedText.objects.get(row_id=fact.pk)
    assert (row.imported, row.case_id) == (True, fact.case_id)
    record = case_record(fact.case, DAY)
    assert [one.pinnable for one in record.facts] == [False, False]
    assert not any("Guatemalan" in one.summary for one in record.facts)


def test_what_was_stored_before_is_screened_by_the_command(
    who: dict[str, Any], case: Case, officer: User
) -> None:
    services.record_fact(**who, case=case, kind="conduct", details={"what": WORDS})
    ScreenedText.objects.all().delete()
    assert whole_case(officer, case.pk, DAY).facts[0].pinnable
    said = io.StringIO()
    call_command("screen_stored", stdout=said)
    assert json.loads(said.getvalue())["texts_with_words"] == 1
    assert not whole_case(officer, case.pk, DAY).facts[0].pinnable
    before = list(ScreenedText.objects.values_list("pk", "screened_at"))
    call_command("screen_stored", stdout=io.StringIO())
    assert list(ScreenedText.objects.values_list("pk", "screened_at")) == before


def test_an_extract_is_held_back_alike(who: dict[str, Any], case: Case) -> None:
    from cases.screening.store import keep_imported

    services.record_encounter(**who, case=case, on=None, site="Jail")
    row = Encounter.objects.get()
    keep_imported([(case.pk, "encounter", row.pk, {"site": "Mosque of a Guatemalan man", "labels": "DUI"})])
    stored = ScreenedText.objects.get(row_id=row.pk)
    assert (stored.field, stored.imported) == ("site", True)
    assert not case_record(case, DAY).facts[0].pinnable
