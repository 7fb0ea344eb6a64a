"""The CSV of the log: all that the filter lets through, in batches, and nothing that a spreadsheet
would run.
"""

from __future__ import annotations

import csv
import io

import pytest

from ledger import download
from ledger.actors import Actor
from ledger.filters import LogFilter
from ledger.ids import new_id
from ledger.models import Entry
from ledger.reading import record_download
from tests.ledger.samples import ACTOR, change, read, written

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V.C#25", "V.B#24")]


def _rows(filter: LogFilter | None = None) -> list[dict[str, str]]:
    data = b"".join(download.csv_chunks(filter or LogFilter(), new_id()))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_batches_lose_and_double_nothing(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(download, "BATCH", 2)
    entries = [entry for _ in range(count) for entry in written(read())]
    assert [row["id"] for row in _rows()] == [str(entry.id) for entry in entries]


def test_a_row_holds_the_index_fields_and_the_bytes() -> None:
    case, assessment, decision = new_id(), new_id(), new_id()
    written(change(case))
    (entry,) = written(
        change(case, note="“quoted”, and kept apart", assessment=assessment, decision=decision)
    )
    row = _rows()[1]
    assert row == {
        "id": str(entry.id),
        "at": entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "policy_date": entry.policy_date.isoformat(),
        "event": "ledger.sample.changed",
        "kind": "change",
        "actor_id": ACTOR.id,
        "actor_name": "Jo Field",
        "actor_role": "officer",
        "actor_office": "north",
        "case_id": str(case),
        "case_number": "2",
        "assessment_id": str(assessment),
        "decision_id": str(decision),
        "leaf_hash": bytes(entry.leaf_hash).hex(),
        "bytes": bytes(entry.bytes).decode(),
    }


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_would_run_is_neutralised(name: str) -> None:
    written(read(actor=Actor(id=name, name=name, role=name, office=name)))
    (row,) = _rows()
    assert {row[column] for column in ("actor_id", "actor_name", "actor_role", "actor_office")} == {
        f"'{name}"
    }


def test_other_cells_stay_as_they_are() -> None:
    written(read(actor=Actor(id="x", name='O\'Hara, "Al"\nB=1', role="5%", office="")))
    (row,) = _rows()
    assert (row["actor_name"], row["actor_role"], row["actor_office"]) == ('O\'Hara, "Al"\nB=1', "5%", "")


def test_the_filter_holds_and_the_rest_stays_out() -> None:
    case = new_id()
    wanted, _ = written(change(case), change(new_id()))
    assert [row["id"] for row in _rows(LogFilter(case=case))] == [str(wanted.id)]


def test_what_comes_after_the_request_stays_out() -> None:
    (before,) = written(read())
    upto = record_download(actor=ACTOR, filter=LogFilter())
    written(read())
    data = b"".join(download.csv_chunks(LogFilter(), upto)).decode("utf-8-sig")
    assert [row["id"] for row in csv.DictReader(io.StringIO(data))] == [str(before.id)]
    assert Entry.objects.filter(event="ledger.log.downloaded").count() == 1
