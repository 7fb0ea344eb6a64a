"""Closed months are written once: the same bytes ever after, but for what the law takes back, and that is told."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from assessment.models import Decision
from cases.models import Case, Person
from ledger.erasing import Authority, erase_disclosure
from ledger.exports import bundle, frozen, frozen_files, plan
from ledger.exports.bundle import Request
from ledger.exports.files import Values
from ledger.exports.frozen_models import FrozenMonths, Reason
from ledger.exports.plan import CannotExport
from ledger.exports.scope import Scope
from ledger.models import Disclosure, Entry
from ledger.tasks import expire_exports
from tests.assessment import situations
from tests.ledger.exports.support import AUDITOR, files_of, must_hold, seal_upto, table
from tests.ledger.samples import change, written

pytestmark = pytest.mark.django_db(transaction=True)

# Made for one reader, of the newest checkpoint.
OWN = {"manifest.json", "README.txt", "checkpoint.txt", "proof.json", "public-key.txt"}


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EXPORTS_DIR = tmp_path / "exports"
    return tmp_path / "exports"


@pytest.fixture
def decision() -> Decision:
    signed = situations.signed(situations.ready())
    _sealed()
    return signed


def _sealed() -> None:
    """All that was written so far has its place, whatever other transactions of the cluster hold the watermark."""
    seal_upto(Entry.objects.latest("id").pk)


def _months() -> Scope:
    """Three whole months, of which the second is that of the entries; a month's end during the test does no harm."""
    first = Entry.objects.earliest("id").at.date().replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return Scope(since=before, until=_next(_next(first)))


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _exported(path: Path, scope: Scope, **wanted: Any) -> dict[str, bytes]:
    """A bundle that is asked for two days after the months have ended; the files that both verifiers found whole."""
    assert scope.until
    at = datetime.combine(scope.until, time(), UTC) + timedelta(days=2)
    values = {"exporter": AUDITOR, "purpose": "A test of frozen months", **wanted}
    bundle.write(plan.make(scope), Request(**values), path, at)
    must_hold(path)
    return files_of(path)


def _same(one: dict[str, bytes], other: dict[str, bytes]) -> bool:
    """Whether all files that are made from the log are equal, byte for byte."""
    assert set(one) == set(other)
    return all(one[name] == other[name] for name in set(one) - OWN)


def test_an_export_of_closed_months_is_the_same_ever_after(decision: Decision, tmp_path: Path) -> None:
    scope, formats = _months(), ("csv", "parquet", "xlsx")
    first = _exported(tmp_path / "first.zip", scope, formats=formats)
    told = json.loads(first["manifest.json"])["frozen"]
    assert (told["revision"], told["because"]) == (1, "The months were frozen for the first time")
    # The entry that it names holds the digests of the very files.
    entry = json.loads(bytes(Entry.objects.get(pk=told["entry"]).bytes))
    assert (entry["event"], entry["data"]["reason"]) == ("ledger.months.frozen", "first")
    listed = {one["name"]: one["sha256"] for one in json.loads(first["manifest.json"])["files"]}
    assert entry["data"]["files"].items() <= listed.items()
    assert set(listed) - set(entry["data"]["files"]) == (OWN - {"manifest.json"}) | {"verify.py"}
    # A column of the table comes from the record, which moves on: here to another person, as a merge does.
    (row,) = table(tmp_path / "first.zip", "decisions.csv")
    other = Person.objects.create(family_name="Wrenfold", given_name="Ada", recorded_at=decision.created_at)
    Case.objects.filter(pk=decision.case_id).update(person=other, version=F("version") + 1)
    (now,) = table(_unfrozen(tmp_path / "now.zip", scope), "decisions.csv")
    assert now["person_key"] != row["person_key"]
    again = _exported(tmp_path / "again.zip", scope, formats=formats)
    assert _same(first, again)
    assert json.loads(again["manifest.json"])["frozen"] == told
    assert FrozenMonths.objects.count() == 1


def _unfrozen(path: Path, scope: Scope) -> Path:
    """The same as it is made before the months have ended."""
    assert scope.since
    at = datetime.combine(scope.since, time(), UTC)
    bundle.write(plan.make(scope), Request(exporter=AUDITOR, purpose="A test"), path, at)
    assert json.loads(files_of(path)["manifest.json"])["frozen"] is None
    return path


def test_another_filter_is_frozen_apart_and_shares_what_is_equal(
    decision: Decision, tmp_path: Path, folder: Path
) -> None:
    scope = _months()
    _exported(tmp_path / "csv.zip", scope)
    stored = {path.name for path in (folder / "frozen").iterdir()}
    _exported(tmp_path / "both.zip", scope, formats=("csv", "parquet"))
    assert FrozenMonths.objects.count() == 2
    assert len({path.name for path in (folder / "frozen").iterdir()} - stored) == 1
    with_folder = _exported(tmp_path / "folder", scope)
    assert _same(with_folder, files_of(tmp_path / "csv.zip"))


def test_an_erasure_by_order_makes_a_revision_and_the_old_file_goes(
    decision: Decision, tmp_path: Path, folder: Path
) -> None:
    scope = _months()
    first = _exported(tmp_path / "first.zip", scope)
    value = Disclosure.objects.filter(entry_id__in=Entry.objects.filter(case_id=decision.case_id)).first()
    assert value
    entry = Entry.objects.get(pk=value.entry_id)
    erase_disclosure(
        actor=AUDITOR, entry=entry, pointer=value.pointer, authority=Authority.COURT, order="No. 1 of 2026"
    )
    held = FrozenMonths.objects.get()
    old = frozen_files.path_of(held.digest("disclosures.ndjson"))
    assert old.is_file()
    # The sweep needs no export to be asked for.
    assert expire_exports() > 0
    assert not old.exists()
    assert frozen_files.path_of(held.digest("entries.ndjson")).is_file()
    again = _exported(tmp_path / "again.zip", scope)
    told = json.loads(again["manifest.json"])["frozen"]
    assert (told["revision"], told["because"]) == (2, "A value of these months was erased by order")
    assert again["entries.ndjson"] == first["entries.ndjson"]
    assert again["index.csv"] == first["index.csv"]
    gone = set(first["disclosures.ndjson"].splitlines()) - set(again["disclosures.ndjson"].splitlines())
    assert [(json.loads(one)["entry"], json.loads(one)["pointer"]) for one in gone] == [
        (str(entry.pk), value.pointer)
    ]
    assert _same(again, _exported(tmp_path / "third.zip", scope))
    assert expire_exports() == 0
    assert FrozenMonths.objects.count() == 2


def test_a_case_that_is_masked_later_is_masked_in_frozen_months(decision: Decision, tmp_path: Path) -> None:
    scope = _months()
    _exported(tmp_path / "first.zip", scope)
    Case.objects.filter(pk=decision.case_id).update(restricted=True, version=F("version") + 1)
    again = _exported(tmp_path / "again.zip", scope)
    assert json.loads(again["manifest.json"])["frozen"]["because"] == Reason.MASKED.label
    (row,) = table(tmp_path / "again.zip", "decisions.csv")
    assert (row["masked"], row["person_key"]) == ("true", "")


def test_an_entry_that_was_sealed_late_makes_a_revision(tmp_path: Path) -> None:
    written(change())
    _sealed()
    scope = _months()
    first = _exported(tmp_path / "first.zip", scope, formats=())
    (late,) = written(change())
    seal_upto(late.pk)
    again = _exported(tmp_path / "again.zip", scope, formats=())
    assert json.loads(again["manifest.json"])["frozen"]["because"] == Reason.LATE.label
    assert again["entries.ndjson"].startswith(first["entries.ndjson"])
    assert str(late.pk).encode() in again["entries.ndjson"]


def test_a_damaged_frozen_file_is_made_anew_from_the_log(decision: Decision, tmp_path: Path) -> None:
    scope = _months()
    first = _exported(tmp_path / "first.zip", scope)
    frozen_files.path_of(FrozenMonths.objects.get().digest("entries.ndjson")).write_bytes(b"damaged")
    again = _exported(tmp_path / "again.zip", scope)
    assert json.loads(again["manifest.json"])["frozen"]["because"] == Reason.LOST.label
    assert _same(first, again)


def test_a_log_that_says_something_else_now_is_no_revision(tmp_path: Path, owner: Any) -> None:
    """Whoever owns the database can change an entry; the frozen digest tells, even without the tree."""
    (entry,) = written(change(note="As it was recorded"))
    _sealed()
    scope = _months()
    _exported(tmp_path / "first.zip", scope, formats=(), values=Values.NONE)
    months = FrozenMonths.objects.get()
    frozen_files.remove(months.digest("entries.ndjson"))
    owner.execute("SELECT tableoid::regclass FROM ledger_entry WHERE id = %s", [str(entry.pk)])
    partition = owner.fetchone()[0]
    for table_of in ("ledger_entry", partition):
        owner.execute(f"ALTER TABLE {table_of} DISABLE TRIGGER USER")
    owner.execute(
        "UPDATE ledger_entry SET bytes = overlay(bytes PLACING 'X'::bytea FROM length(bytes) - 5) WHERE id = %s",
        [str(entry.pk)],
    )
    for table_of in ("ledger_entry", partition):
        owner.execute(f"ALTER TABLE {table_of} ENABLE TRIGGER USER")
    with pytest.raises(CannotExport, match=f"frozen on .*{months.entry_id}.*verify_log"):
        _exported(tmp_path / "again.zip", scope, formats=(), values=Values.NONE)
    assert FrozenMonths.objects.count() == 1


def test_what_was_frozen_cannot_be_rewritten(tmp_path: Path) -> None:
    written(change())
    _sealed()
    _exported(tmp_path / "first.zip", _months(), formats=())
    for attempt in (FrozenMonths.objects.all().delete, lambda: FrozenMonths.objects.update(rows=0)):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_freeze_that_broke_off_leaves_nothing_half(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer of the last file finds the disk full."""
    written(change())
    _sealed()
    scope = _months()

    def full(*_: Any) -> bytes:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as during:
        during.setattr("ledger.exports.tables.dictionary", full)
        with pytest.raises(OSError, match="No space"):
            _exported(tmp_path / "first.zip", scope, formats=())
    assert not FrozenMonths.objects.exists()
    assert [path for path in (folder / "frozen").iterdir() if path.suffix == ".part"] == []
    again = _exported(tmp_path / "again.zip", scope, formats=())
    assert json.loads(again["manifest.json"])["frozen"]["revision"] == 1


@pytest.mark.parametrize(
    ("scope", "values", "at", "may"),
    [
        (Scope(since=date(2026, 9, 1), until=date(2026, 10, 1)), Values.OPEN, datetime(2026, 10, 2), True),
        (Scope(until=date(2026, 10, 1)), Values.NONE, datetime(2027, 1, 1), True),
        (
            Scope(since=date(2026, 9, 1), until=date(2026, 10, 1)),
            Values.OPEN,
            datetime(2026, 10, 1, 23),
            False,
        ),
        (Scope(since=date(2026, 9, 2), until=date(2026, 10, 1)), Values.OPEN, datetime(2027, 1, 1), False),
        (Scope(since=date(2026, 9, 1), until=date(2026, 10, 2)), Values.OPEN, datetime(2027, 1, 1), False),
        (Scope(since=date(2026, 9, 1)), Values.OPEN, datetime(2027, 1, 1), False),
        (Scope(since=date(2026, 9, 1), until=date(2026, 10, 1)), Values.ALL, datetime(2027, 1, 1), False),
    ],
)
def test_only_complete_months_that_ended_a_day_ago(
    scope: Scope, values: Values, at: datetime, may: bool
) -> None:
    assert frozen.may_freeze(scope, values, at.replace(tzinfo=UTC)) is may


def test_the_store_takes_digests_only(folder: Path) -> None:
    with pytest.raises(ValueError, match="is no SHA-256"):
        frozen_files.path_of("../../etc/passwd")


def test_names_of_a_zip_come_once(tmp_path: Path) -> None:
    written(change())
    _sealed()
    _exported(tmp_path / "first.zip", _months())
    with zipfile.ZipFile(tmp_path / "first.zip") as archive:
        assert len(archive.namelist()) == len(set(archive.namelist()))
