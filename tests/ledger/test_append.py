"""`append`: change and proof commit together, the bytes are as agreed, a case's changes are numbered without
a gap.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ledger import context
from ledger.errors import NoTransaction, PayloadRefused
from ledger.ids import new_id
from ledger.models import CaseLink, Disclosure, Entry
from ledger.services import EditionRef, NewEntry, append
from tests.ledger import samples
from tests.ledger.samples import ACTOR, change, read, written

pytestmark = pytest.mark.django_db


def _bytes(entry: Entry) -> bytes:
    return bytes(Entry.objects.get(id=entry.id).bytes)


def test_the_bytes_hold_the_agreed_members(settings: Any) -> None:
    settings.PRACTICE_DATE = datetime.date(2024, 12, 10)
    case, token = new_id(), context.request_id.set("request-1")
    edition = EditionRef(key="2021-09-30", rules_digest="r", content_digest="c", status="in_force")
    try:
        new = NewEntry(
            payload=samples.Changed(number=3), actor=ACTOR, subject={"case": case}, edition=edition
        )
        began = datetime.datetime.now(datetime.UTC)
        (entry,) = written(new)
        ended = datetime.datetime.now(datetime.UTC)
    finally:
        context.request_id.reset(token)
    document = json.loads(_bytes(entry))
    assert document == {
        "v": 1,
        "id": str(entry.id),
        "at": entry.at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "policy_date": "2024-12-10",
        "event": "ledger.sample.changed",
        "actor": {"id": ACTOR.id, "name": "Jo Field", "role": "officer", "office": "north"},
        "subject": {"case": str(case)},
        "edition": {"key": "2021-09-30", "rules_digest": "r", "content_digest": "c", "status": "in_force"},
        "request": "request-1",
        "data": {"number": 3, "note": None},
    }
    assert began <= entry.at <= ended


def test_no_edition_no_member() -> None:
    assert "edition" not in json.loads(_bytes(written(read())[0]))


def test_what_is_returned_is_what_is_stored() -> None:
    (entry,) = written(change(new_id(), note="kept apart", assessment=new_id(), decision=new_id()))
    stored = Entry.objects.get(id=entry.id)
    for field in Entry._meta.concrete_fields:
        there, here = getattr(stored, field.attname), getattr(entry, field.attname)
        assert (bytes(there) if isinstance(there, memoryview) else there) == here, field.attname
    assert bytes(stored.leaf_hash) == hashlib.sha256(b"\x00" + bytes(stored.bytes)).digest()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_appended() -> None:
    with pytest.raises(NoTransaction):
        append(read())
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_leaves_nothing(owner: Any) -> None:
    with transaction.atomic():
        append(change(new_id(), note="gone"))
        transaction.set_rollback(True)
    for table in ("ledger_entry", "ledger_case_link", "ledger_disclosure"):
        owner.execute(f"SELECT count(*) FROM {table}")
        assert owner.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_cannot_be_written_undoes_the_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.clock.now", lambda: datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    with pytest.raises(DatabaseError, match="5 seconds"), transaction.atomic():
        append(change(new_id()))
    monkeypatch.undo()
    assert not Entry.objects.exists()
    assert not CaseLink.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("value", ["nul \x00", "skewed"])
def test_a_caller_that_swallows_the_refusal_still_commits_nothing(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    with transaction.atomic():
        append(change(new_id()))
        if value == "skewed":
            monkeypatch.setattr(
                "ledger.clock.now", lambda: datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
            )
        with contextlib.suppress(PayloadRefused, DatabaseError):
            append(NewEntry(payload=samples.Loose(value=value), actor=ACTOR))
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "value", [1.5, [0.0], {"deep": {"er": float("inf")}}, "nul \x00", {"k": {1, 2}}, b"x", {1: 2}]
)
def test_values_that_have_no_canonical_form_are_refused(value: Any) -> None:
    with pytest.raises(PayloadRefused), transaction.atomic():
        append(NewEntry(payload=samples.Loose(value=value), actor=ACTOR))


@pytest.mark.parametrize(
    "subject", [{"case": "A123456789"}, {"person": "Jane Roe"}, {"Case": new_id()}, {"": new_id()}]
)
def test_a_subject_holds_ids_only(subject: Any) -> None:
    with pytest.raises(PayloadRefused), transaction.atomic():
        append(NewEntry(payload=samples.Changed(), actor=ACTOR, subject=subject))


def test_entries_come_back_in_the_order_given() -> None:
    cases = sorted((uuid.uuid4() for _ in range(5)), reverse=True)
    entries = written(*(change(case, number=n) for n, case in enumerate(cases)), read())
    assert [entry.case_id for entry in entries] == [*cases, None]
    assert [json.loads(bytes(entry.bytes))["data"]["number"] for entry in entries[:5]] == [0, 1, 2, 3, 4]


def test_changes_of_a_case_are_numbered_and_chained() -> None:
    case, other = new_id(), new_id()
    first = written(change(case), change(other), change(case), read(case))
    second = written(change(case))
    links = list(CaseLink.objects.filter(case_id=case).order_by("number"))
    assert [(link.number, link.entry_id) for link in links] == [
        (1, first[0].id),
        (2, first[2].id),
        (3, second[0].id),
    ]
    expected = b""
    for link, entry in zip(links, [first[0], first[2], second[0]], strict=True):
        expected = hashlib.sha256(
            b"\x02" + expected + hashlib.sha256(b"\x00" + entry.bytes).digest()
        ).digest()
        assert bytes(link.case_hash) == expected
    assert CaseLink.objects.filter(case_id=other).count() == 1


def test_an_access_and_a_change_of_no_case_take_no_number() -> None:
    written(read(new_id()), change(None))
    assert not CaseLink.objects.exists()


def test_disclosures_lie_beside_the_entry() -> None:
    (entry,) = written(change(new_id(), note="Ärger “quoted”"))
    disclosure = Disclosure.objects.get(entry_id=entry.id)
    assert disclosure.pointer == "/data/note"
    assert bytes(disclosure.value_bytes).decode() == '"Ärger “quoted”"'
    assert "Ärger".encode() not in entry.bytes


def test_many_entries_take_one_round_trip(query_budget: Any) -> None:
    with transaction.atomic(), query_budget(1):
        entries = append(*(change(new_id(), note="x") for _ in range(1000)))
    assert Entry.objects.filter(id__in=[entry.id for entry in entries]).count() == 1000
    assert CaseLink.objects.count() == 1000


def test_nothing_to_append_asks_nothing(query_budget: Any) -> None:
    with transaction.atomic(), query_budget(0):
        assert append() == []


def test_entries_of_one_transaction_carry_its_id() -> None:
    with transaction.atomic():
        entries = append(change(new_id()), read())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text")
            current = int(cursor.fetchone()[0])
    assert [entry.tx_id for entry in entries] == [current, current]
