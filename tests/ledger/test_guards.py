"""The log only grows, whoever asks: by rights for the application, by triggers for the owner's slip of the
hand.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg2
import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from ledger import clock, ids
from ledger.canonical import canonical
from ledger.document import lay_out
from ledger.ids import new_id
from ledger.models import CaseLink, Disclosure, Entry
from tests.ledger.samples import change, written

WRITTEN = ("ledger_entry", "ledger_disclosure")
TREE = (
    "ledger_leaf",
    "ledger_node",
    "ledger_batch",
    "ledger_checkpoint",
    "ledger_cosignature",
    "ledger_public_key",
)
TABLES = (*WRITTEN, "ledger_case_link", *TREE)
PARTITIONS = (
    "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'public.ledger_entry'::regclass"
    " ORDER BY 1"
)
KEY = {
    "ledger_case_link": "case_hash",
    "ledger_disclosure": "value_bytes",
    "ledger_leaf": "leaf_hash",
    "ledger_node": "hash",
    "ledger_batch": "upto",
    "ledger_checkpoint": "root",
    "ledger_cosignature": "line",
    "ledger_public_key": "vkey",
}
CHANGES: dict[str, Callable[[str], str]] = {
    "update": lambda table: f"UPDATE {table} SET {'bytes' if 'entry' in table else KEY[table]} = NULL",
    "delete": lambda table: f"DELETE FROM {table}",
    "truncate": lambda table: f"TRUNCATE {table} CASCADE",
}
STRUCTURE: dict[str, Callable[[str], str]] = {
    "disable trigger": lambda table: f"ALTER TABLE {table} DISABLE TRIGGER ALL",
    "drop": lambda table: f"DROP TABLE {table} CASCADE",
    "drop trigger": lambda table: f"DROP TRIGGER ledger_only_grows ON {table}",
    "replication role": lambda table: "SET session_replication_role = replica",
    "replace function": lambda table: (
        "CREATE OR REPLACE FUNCTION public.ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NEW; END'"
    ),
    "become the owner": lambda table: "SET ROLE totality_owner",
}


def _partitions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(PARTITIONS)
        return [row[0] for row in cursor.fetchall()]


def _insert(data: bytes, *, id: uuid.UUID, kind: str = "change", **columns: Any) -> None:
    values = {"id": str(id), "kind": kind, "bytes": data, **columns}
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_entry ({', '.join(values)}) VALUES ({', '.join(['%s'] * len(values))})",
            list(values.values()),
        )


def _document(**changed: Any) -> dict[str, Any]:
    laid_out = lay_out(
        change(new_id()), id=new_id(), at=clock.now(), policy_date=clock.policy_date(), request=""
    )
    document: dict[str, Any] = json.loads(laid_out.bytes)
    return {**document, **changed}


@pytest.mark.django_db
def test_the_tests_run_as_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("totality_app", False)


@pytest.mark.django_db
@pytest.mark.parametrize("what", [*CHANGES, *STRUCTURE])
def test_the_application_changes_nothing(what: str) -> None:
    partitions = _partitions()
    assert len(partitions) >= 4
    written(change(new_id(), note="stays"))
    for table in (*TABLES, *partitions):
        statement = {**CHANGES, **STRUCTURE}[what](table)
        with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        cause = refused.value.__cause__
        assert isinstance(cause, psycopg2.errors.InsufficientPrivilege), (table, cause)
        assert "the log only grows" not in str(cause), "the rights must refuse before a trigger has to"


@pytest.mark.django_db
def test_the_application_neither_seals_nor_becomes_the_sealer() -> None:
    for table in TREE:
        with pytest.raises(ProgrammingError) as refused, connection.cursor() as cursor, transaction.atomic():
            cursor.execute(f"INSERT INTO {table} DEFAULT VALUES")
        assert isinstance(refused.value.__cause__, psycopg2.errors.InsufficientPrivilege), table
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("SET ROLE totality_sealer")


@pytest.mark.django_db
def test_the_application_has_no_right_beyond_reading_and_adding() -> None:
    with connection.cursor() as cursor:
        for table in (*TABLES, *_partitions()):
            cursor.execute(
                "SELECT right_name FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE',"
                " 'REFERENCES', 'TRIGGER', 'MAINTAIN']) AS right_name"
                " WHERE has_table_privilege('totality_app', %s, right_name) ORDER BY 1",
                [table],
            )
            rights = [row[0] for row in cursor.fetchall()]
            added = table in WRITTEN or table.startswith("ledger_entry_")
            assert rights == (["INSERT", "SELECT"] if added else ["SELECT"]), table


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", CHANGES)
def test_the_owner_is_stopped_by_a_trigger(owner: Any, what: str) -> None:
    written(change(new_id(), note="stays"))
    owner.execute(PARTITIONS)
    tables = (*TABLES, *(row[0] for row in owner.fetchall()))
    for table in tables:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="the log only grows"):
            owner.execute(CHANGES[what](table))
    assert (Entry.objects.count(), CaseLink.objects.count(), Disclosure.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_single_rows_are_guarded_too(owner: Any) -> None:
    """Where someone removed the statement triggers, those of the row still stand."""
    written(change(new_id(), note="stays"))
    for table in TABLES:
        owner.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND tgname = 'ledger_only_grows_row' AND tgenabled = 'O'",
            [table],
        )
        assert owner.fetchone() == (1,), table
    owner.execute(PARTITIONS)
    for (partition,) in owner.fetchall():
        owner.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'"
            " AND tgname LIKE 'ledger%%' ORDER BY 1",
            [partition],
        )
        assert [row[0] for row in owner.fetchall()] == [
            "ledger_fill_entry",
            "ledger_only_grows",
            "ledger_only_grows_row",
        ]


@pytest.mark.django_db
def test_the_application_adds_no_case_link_by_hand() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        CaseLink.objects.create(case_id=new_id(), number=1, entry_id=new_id(), case_hash=b"x" * 32)


@pytest.mark.django_db
def test_forged_columns_are_overwritten_from_the_bytes() -> None:
    case, document = new_id(), _document()
    document["subject"] = {"case": str(case)}
    data, id = canonical(document), uuid.UUID(document["id"])
    _insert(
        data,
        id=id,
        at="2001-01-01",
        policy_date="2001-01-01",
        event="forged.event.code",
        actor_id="forged",
        actor_name="forged",
        actor_role="forged",
        actor_office="forged",
        case_id=str(new_id()),
        assessment_id=str(new_id()),
        decision_id=str(new_id()),
        leaf_hash=b"forged",
        tx_id="7",
    )
    stored = Entry.objects.get(id=id)
    assert stored.at.isoformat().replace("+00:00", "Z") == document["at"]
    assert stored.policy_date.isoformat() == document["policy_date"]
    assert (stored.event, stored.actor_id, stored.actor_name) == (
        "ledger.sample.changed",
        document["actor"]["id"],
        document["actor"]["name"],
    )
    assert (stored.actor_role, stored.actor_office) == (
        document["actor"]["role"],
        document["actor"]["office"],
    )
    assert (stored.case_id, stored.assessment_id, stored.decision_id) == (case, None, None)
    assert bytes(stored.leaf_hash) == hashlib.sha256(b"\x00" + data).digest()
    assert stored.tx_id != 7
    assert CaseLink.objects.get(entry_id=id).case_id == case


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [-6, 15, -86400, 86400])
def test_a_time_off_the_databases_clock_is_refused(seconds: int) -> None:
    """A time to come is far enough off for a machine that halts for some seconds before the row is sent."""
    late = _document()
    late["at"] = (clock.now() + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    with pytest.raises(DatabaseError, match="more than 5 seconds"), transaction.atomic():
        _insert(canonical(late), id=uuid.UUID(late["id"]))


@pytest.mark.django_db
def test_a_time_within_five_seconds_passes() -> None:
    near = _document()
    near["at"] = (clock.now() - timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    _insert(canonical(near), id=uuid.UUID(near["id"]))


@pytest.mark.django_db
def test_an_id_made_at_another_time_is_refused() -> None:
    """Else an entry could be placed in any month and between any two others."""
    early = ids.id_floor(clock.now() - timedelta(seconds=60)).int | (7 << 76) | (2 << 62)
    for id in (uuid.UUID(int=early), uuid.UUID(int=(new_id().int & ~(15 << 76)) | (4 << 76))):
        with pytest.raises(DatabaseError, match=r"UUIDv7|no partition"), transaction.atomic():
            _insert(canonical(_document(id=str(id))), id=id)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [
        {"v": 2},
        {"v": None},
        {"id": str(uuid.UUID(int=7))},
        {"at": "2024-12-10 08:00:00+00"},
        {"at": None},
        {"event": "Not a code"},
        {"event": None},
        {"policy_date": None},
        {"actor": None},
        {"actor": {"id": "x", "name": "y", "role": "z"}},
        {"subject": {"case": "not an id"}},
    ],
)
def test_bytes_that_are_no_entry_are_refused(changed: dict[str, Any]) -> None:
    document = _document()
    id = uuid.UUID(document["id"])
    with pytest.raises(DatabaseError), transaction.atomic():
        _insert(canonical({**document, **changed}), id=id)
    assert not Entry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"", b"null", b"[]", b"{", b"\xff\xfe", b'{"v":1,"v":1}'])
def test_bytes_that_are_no_json_object_are_refused(data: bytes) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        _insert(data, id=new_id())


@pytest.mark.django_db
def test_a_doubled_member_is_refused() -> None:
    """Two readers would take two different ones for the truth."""
    document = _document()
    data = canonical(document).replace(b'"v":1}', b'"v":1,"event":"other.event.told"}')
    with pytest.raises(IntegrityError, match="unique member names"), transaction.atomic():
        _insert(data, id=uuid.UUID(document["id"]))


@pytest.mark.django_db
def test_an_unknown_kind_is_refused() -> None:
    document = _document()
    with pytest.raises(IntegrityError, match="unknown kind of event other"), transaction.atomic():
        _insert(canonical(document), id=uuid.UUID(document["id"]), kind="other")


@pytest.mark.django_db
def test_an_entry_is_written_once() -> None:
    document = _document()
    _insert(canonical(document), id=uuid.UUID(document["id"]), kind="access")
    with pytest.raises(IntegrityError), transaction.atomic():
        _insert(canonical(document), id=uuid.UUID(document["id"]), kind="access")


@pytest.mark.django_db
def test_a_disclosure_that_opens_no_commitment_is_refused() -> None:
    (entry,) = written(change(new_id(), note="true"))
    for pointer, salt in (("/data/number", b"s" * 32), ("/data/none", b"s" * 32), ("", b"s" * 32)):
        with pytest.raises(IntegrityError, match="opens no commitment"), transaction.atomic():
            Disclosure.objects.create(entry_id=entry.id, pointer=pointer, salt=salt, value_bytes=b'"false"')
    with pytest.raises(IntegrityError, match="opens no commitment"), transaction.atomic():
        Disclosure.objects.create(
            entry_id=new_id(), pointer="/data/note", salt=b"s" * 32, value_bytes=b'"false"'
        )


@pytest.mark.django_db(transaction=True)
def test_a_disclosure_is_not_added_later() -> None:
    """Not even a true one: what was erased must not come back."""
    salt, value, document = b"s" * 32, b'"true"', _document()
    digest = base64.urlsafe_b64encode(hashlib.sha256(salt + value).digest()).decode().rstrip("=")
    document["data"] = {"number": 1, "note": {"c": digest}}
    id = uuid.UUID(document["id"])
    with transaction.atomic():
        _insert(canonical(document), id=id)
    with pytest.raises(IntegrityError, match="in this transaction"):
        Disclosure.objects.create(entry_id=id, pointer="/data/note", salt=salt, value_bytes=value)


@pytest.mark.django_db
def test_a_function_found_first_in_the_path_is_not_used() -> None:
    """The trigger runs with the owner's rights, so nothing of the caller's search path may reach it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosecdef, proconfig, pg_get_userbyid(proowner) FROM pg_proc"
            " WHERE proname LIKE 'ledger\\_%' AND pronamespace = 'public'::regnamespace ORDER BY 1"
        )
        functions = cursor.fetchall()
    assert {row[0] for row in functions} >= {
        "ledger_fill_entry",
        "ledger_make_partition",
        "ledger_check_disclosures",
    }
    for name, _definer, configuration, owner_name in functions:
        assert "search_path=pg_catalog, pg_temp" in configuration, name
        assert owner_name == "totality_owner", name
