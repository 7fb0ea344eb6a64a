"""`verify_log` against an owner who knows the system: past the triggers, beside the tree, in lists others trust."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger.actors import SYSTEM
from ledger.canonical import utc_text
from ledger.erasing import Authority, erase_disclosure
from ledger.exports.events import MonthsFrozen
from ledger.exports.frozen_models import FrozenMonths
from ledger.findings import Finding, FindingKind
from ledger.ids import id_floor, new_id
from ledger.models import Disclosure, Entry
from ledger.note_keys import COSIGNATURE, SigningKey
from ledger.notes import Note
from ledger.services import NewEntry
from ledger.verifying.guards import FUNCTIONS, TRIGGERS
from ledger.verifying.report import verify
from tests.ledger.samples import ACTOR, change, read, written
from tests.ledger.sealing import rows, seal, sealed_ids
from tests.support.cluster import KEYS, ORIGIN, Cluster

pytestmark = pytest.mark.resilience
CASE = uuid.UUID("018f2c3e-0000-7000-8000-000000000001")


def found(*more: Any) -> list[Finding]:
    told: list[Finding] = []
    verify([*KEYS.trusted, *more], ORIGIN, told.append)
    return told


def said(*more: Any) -> list[str]:
    return [str(finding) for finding in found(*more)]


@pytest.fixture
def log(cluster: Cluster) -> Iterator[Cluster]:
    """Twenty sealed entries in two seals; ten are changes of one case, with a value each."""
    for _ in range(2):
        for number in range(5):
            written(change(CASE, number=number, note="a name"), read())
        seal()
    assert found() == []
    yield cluster
    cluster.tamper("DELETE FROM ledger_frozen_months")


def test_a_reading_that_was_given_a_number_in_a_case(log: Cluster) -> None:
    """With the right running hash, so that the chain itself holds."""
    [(victim,)] = rows(log, "SELECT id FROM ledger_entry WHERE kind = 'access' ORDER BY id LIMIT 1")
    log.tamper(
        f"UPDATE ledger_entry SET case_id = '{CASE}' WHERE id = '{victim}'",
        "INSERT INTO ledger_case_link SELECT l.case_id, l.number + 1, e.id,"
        " sha256('\\x02'::bytea || l.case_hash || e.leaf_hash)"
        " FROM ledger_case_link l, ledger_entry e"
        f" WHERE e.id = '{victim}' AND l.number = 10",
    )
    assert f"inserted: entry {victim}: it has a number in a case, though it is no change of one" in said()


def test_a_value_that_was_erased_by_order_and_is_put_back(log: Cluster) -> None:
    entry = Entry.objects.get(id=sealed_ids(log)[0])
    kept = Disclosure.objects.get(entry_id=entry.id, pointer="/data/note")
    erase_disclosure(
        actor=ACTOR, entry=entry, pointer="/data/note", authority=Authority.COURT, order="24-1234"
    )
    seal()
    assert found() == []
    log.tamper(
        "INSERT INTO ledger_disclosure VALUES (%s, '/data/note', %s, %s)",
        parameters=[str(entry.id), bytes(kept.salt), bytes(kept.value_bytes)],
    )
    assert said() == [
        f"bad-disclosure: entry {entry.id}: the value for /data/note was erased by order, and is there again"
    ]


def _forged(cluster: Cluster, at: datetime) -> uuid.UUID:
    """An entry past the trigger: right in every hash, wrong in its time; the sealer takes it for an honest one."""
    [(data,)] = rows(cluster, "SELECT bytes FROM ledger_entry WHERE kind = 'access' ORDER BY id LIMIT 1")
    id = uuid.UUID(int=id_floor(at).int | 0x7001)
    old = Entry.objects.filter(bytes=bytes(data)).get()
    text = bytes(data).replace(str(old.id).encode(), str(id).encode())
    text = text.replace(utc_text(old.at).encode(), utc_text(at).encode())
    cluster.tamper(
        "INSERT INTO ledger_entry (id, at, policy_date, event, kind, actor_id, actor_name, actor_role, actor_office,"
        " case_id, assessment_id, decision_id, bytes, leaf_hash, tx_id)"
        " SELECT %s, %s, policy_date, event, kind, actor_id, actor_name, actor_role, actor_office,"
        " case_id, assessment_id, decision_id, %s, sha256('\\x00'::bytea || %s), pg_current_xact_id()"
        " FROM ledger_entry WHERE id = %s",
        parameters=[str(id), at, text, text, str(old.id)],
    )
    return id


@pytest.mark.parametrize(
    ("moved", "words"),
    [(timedelta(hours=-1), "written later than it says"), (timedelta(hours=1), "after its seal")],
)
def test_an_entry_that_says_another_time_than_that_of_its_seal(
    log: Cluster, moved: timedelta, words: str
) -> None:
    """A month further off there may be no partition, so within the hour; either side of a month has one by then."""
    moment = datetime.now(UTC) + moved
    log.tamper("SELECT ledger_make_partition(%s)", parameters=[moment.date().replace(day=1)])
    id = _forged(log, moment)
    seal()
    [finding] = found()
    assert (finding.kind, finding.where) == (FindingKind.REORDERED, "index 20")
    assert words in finding.words
    assert sealed_ids(log)[20] == id
    # What honest people write afterwards is not accused.
    written(change(CASE))
    seal()
    assert len(found()) == 1


def test_a_node_over_leaves_that_are_not_there(log: Cluster) -> None:
    log.tamper("INSERT INTO ledger_node VALUES (4, 7, sha256('x')), (8, 0, sha256('x'))")
    assert said() == [
        "inserted: node 4/7: it is stored over leaves that are not there",
        "inserted: node 8/0: it is stored over leaves that are not there",
    ]


def test_a_key_slipped_into_the_list_of_the_log(log: Cluster) -> None:
    other = SigningKey.generate(ORIGIN).public
    log.tamper("INSERT INTO ledger_public_key VALUES (%s, 0)", parameters=[other.text])
    [text] = said()
    assert text.startswith(f"bad-signature: key {other.text}: ")


def test_a_cosignature_that_was_moved_to_another_checkpoint(log: Cluster) -> None:
    witness = SigningKey.generate("witness.example", COSIGNATURE)
    [(note,)] = rows(log, "SELECT note FROM ledger_checkpoint WHERE size = 10")
    line = witness.sign(Note.parse(note).text, 1_700_000_000).line
    put = "INSERT INTO ledger_cosignature VALUES (%s, 'witness.example', %s)"
    log.tamper(put, parameters=[10, line])
    assert said(witness.public) == []
    log.tamper(put, parameters=[20, line])
    [text] = said(witness.public)
    assert text.startswith("bad-signature: cosignature of witness.example on 20 leaves: ")


def test_a_watermark_set_ahead_and_one_set_back(log: Cluster) -> None:
    """Ahead, the sealer would pass over what is written next; set back, it finds everything sealed already."""
    log.tamper("UPDATE ledger_batch SET upto = '0' WHERE number = (SELECT max(number) FROM ledger_batch)")
    written(read())
    assert seal() == 1
    assert found() == []
    log.tamper(
        "UPDATE ledger_batch SET upto = '9000000000' WHERE number = (SELECT max(number) FROM ledger_batch)"
    )
    written(read())
    [finding] = found()
    assert finding.kind is FindingKind.INSERTED
    assert "everything written up to then was sealed" in finding.words


BROKEN = {
    "disabled": ("ALTER TABLE ledger_leaf DISABLE TRIGGER ledger_only_grows", "it is switched off"),
    "disabled on one partition": (
        "DO $$ BEGIN EXECUTE format('ALTER TABLE %I DISABLE TRIGGER ledger_fill_entry', (SELECT inhrelid::regclass"
        " FROM pg_inherits WHERE inhparent = 'ledger_entry'::regclass ORDER BY 1 LIMIT 1)); END $$",
        "it is switched off",
    ),
    "dropped": ("DROP TRIGGER ledger_only_grows_row ON ledger_disclosure", "it is gone"),
    "replaced": (
        "CREATE OR REPLACE TRIGGER ledger_only_grows_row BEFORE UPDATE ON ledger_case_link FOR EACH ROW"
        " EXECUTE FUNCTION ledger_refuse_change()",
        "it does something else",
    ),
    "another function of its name": (
        "CREATE SCHEMA totality_app; GRANT USAGE ON SCHEMA totality_app TO totality_app;"
        "CREATE FUNCTION totality_app.ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NULL; END $$;"
        "CREATE OR REPLACE TRIGGER ledger_only_grows_row BEFORE UPDATE OR DELETE ON ledger_case_link"
        " FOR EACH ROW EXECUTE FUNCTION totality_app.ledger_refuse_change()",
        "it does something else",
    ),
    "added": (
        "CREATE TRIGGER zz_swallow BEFORE INSERT ON ledger_disclosure FOR EACH ROW"
        " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "the migrations made none",
    ),
    "a rule": (
        "CREATE RULE quiet AS ON UPDATE TO ledger_leaf DO INSTEAD NOTHING",
        "the migrations made none",
    ),
    "a function emptied": (
        "CREATE OR REPLACE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql"
        " SET search_path = pg_catalog, pg_temp AS $$ BEGIN RETURN NULL; END $$",
        "its body is not the one",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_guard_that_was_taken_away(log: Cluster, what: str) -> None:
    """It is mended whatever comes of it, so that the next test has a whole cluster."""
    statement, words = BROKEN[what]
    try:
        log.tamper(statement)
        told = found()
    finally:
        _mend(log, what)
    assert told
    assert {finding.kind for finding in told} == {FindingKind.ALTERED}
    assert any(words in finding.words for finding in told)
    assert found() == []


def _mend(cluster: Cluster, what: str) -> None:
    refuse = "EXECUTE FUNCTION public.ledger_refuse_change()"
    back = {
        "disabled": "ALTER TABLE ledger_leaf ENABLE TRIGGER ledger_only_grows",
        "disabled on one partition": BROKEN["disabled on one partition"][0].replace("DISABLE", "ENABLE"),
        "dropped": f"CREATE TRIGGER ledger_only_grows_row BEFORE UPDATE ON ledger_disclosure FOR EACH ROW {refuse}",
        "replaced": "CREATE OR REPLACE TRIGGER ledger_only_grows_row BEFORE UPDATE OR DELETE ON ledger_case_link"
        f" FOR EACH ROW {refuse}",
        "another function of its name": "CREATE OR REPLACE TRIGGER ledger_only_grows_row BEFORE UPDATE OR DELETE ON"
        f" ledger_case_link FOR EACH ROW {refuse}; DROP SCHEMA totality_app CASCADE",
        "added": "DROP TRIGGER zz_swallow ON ledger_disclosure",
        "a rule": "DROP RULE quiet ON ledger_leaf",
        "a function emptied": _definition(),
    }[what]
    cluster.tamper(back)


def _definition() -> str:
    text = (Path(__file__).parents[2] / "ledger/migrations/sql/0001_functions.sql").read_text()
    start = text.index("CREATE FUNCTION public.ledger_refuse_change()")
    return text[start : text.index("$body$;", start) + 7].replace("CREATE", "CREATE OR REPLACE", 1)


def _freeze() -> FrozenMonths:
    months = FrozenMonths(
        id=new_id(), key="k" * 64, revision=1, reason="first", filter={"from": "2024-01-01"}, values="none",
        formats=["csv"], first=0, end=20, rows=20, erasures=0, masked="m" * 64,
        files=[{"name": "entries.ndjson", "bytes": 3, "sha256": "ab" * 32}], frozen_at=datetime.now(UTC),
    )  # fmt: skip
    payload = MonthsFrozen(
        filter=months.filter, values="none", formats=["csv"], revision=1, reason="first", first=0, end=20, rows=20,
        files={"entries.ndjson": "ab" * 32},
    )  # fmt: skip
    [entry] = written(NewEntry(payload=payload, actor=SYSTEM, subject={"months": months.id}))
    months.entry_id = entry.id
    months.save(force_insert=True)
    return months


def test_frozen_months_that_say_something_else_than_their_entry(log: Cluster) -> None:
    months = _freeze()
    assert found() == []
    log.tamper("UPDATE ledger_frozen_months SET files = '[]', rows = 19")
    where = f"altered: frozen months {months.pk}:"
    assert said() == [
        f"{where} {name} is not what the entry {months.entry_id} tells" for name in ("files", "rows")
    ]
    log.tamper(f"UPDATE ledger_frozen_months SET id = '{new_id()}'")
    assert sorted({finding.kind for finding in found()}) == [FindingKind.INSERTED, FindingKind.MISSING]
    log.tamper("DELETE FROM ledger_frozen_months")
    assert said() == [
        f"missing: frozen months {months.pk}: the entry {months.entry_id} tells of them, and they are gone"
    ]


def test_what_is_looked_for_is_what_the_migrations_make(log: Cluster) -> None:
    """Every table of the log that only grows has its guards listed, and every function of the log its digest."""
    listed = rows(
        log,
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE tgname LIKE 'ledger%%' AND NOT relispartition",
    )
    assert {name for (name,) in listed} == set(TRIGGERS)
    made = rows(
        log,
        "SELECT n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname = 'ledger_gate' OR n.nspname = 'public' AND p.proname LIKE 'ledger%%'",
    )
    assert {name for (name,) in made} == set(FUNCTIONS)
