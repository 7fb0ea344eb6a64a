"""Freezing months while the worker is killed, the disk is full or the database dies: what the page says, and that the
next run gives the very bytes that an undisturbed one gives.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django.test import Client

from ledger import clock
from ledger.exports import bundle, frozen, frozen_files, jobs, plan, registry, running, storage
from ledger.exports.files import Values
from ledger.exports.frozen_models import FrozenMonths
from ledger.exports.models import Export, ExportState
from ledger.exports.scope import Scope
from ledger.models import Entry
from ledger.tasks import expire_exports, run_exports
from tests.ledger.exports.support import AUDITOR, files_of, must_hold, seal_upto
from tests.ledger.samples import change, written
from tests.support.cluster import Cluster

pytestmark = [pytest.mark.resilience, pytest.mark.django_db(transaction=True)]

# Months whose end lies ahead are complete for these tests: entries can be written of today alone.
AHEAD = timedelta(days=-70)
# Made for one reader, of the newest checkpoint.
OWN = {"manifest.json", "README.txt", "checkpoint.txt", "proof.json", "public-key.txt"}
# The task as a worker runs it, on a disk so slow that the worker stands still at the given report of its progress.
WORKER = """
import sys, time
import django
django.setup()
from datetime import timedelta
from pathlib import Path
from django.conf import settings
settings.EXPORTS_DIR = Path(sys.argv[1])
from ledger.exports import frozen, jobs
from ledger.tasks import run_exports
frozen.CLOSED_AFTER = timedelta(days=-70)
tell, told = jobs.tell, []
def slow(export, share=0.0, rows=0):
    tell(export, share, rows)
    if share:
        told.append(share)
        if len(told) == int(sys.argv[2]):
            print("standing still", flush=True)
            time.sleep(600)
jobs.tell = slow
run_exports()
"""


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.EXPORTS_DIR = tmp_path / "exports"
    monkeypatch.setattr("ledger.exports.jobs._nudge", lambda: None)
    monkeypatch.setattr(frozen, "CLOSED_AFTER", AHEAD)
    return tmp_path / "exports"


def _months() -> Scope:
    """Whole months around the entries; a month's end during the test does no harm."""
    first = Entry.objects.earliest("id").at.date().replace(day=1)
    return Scope(since=(first - timedelta(days=1)).replace(day=1), until=_next(_next(first)))


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _asked() -> Export:
    wanted: dict[str, Any] = {"values": Values.OPEN, "formats": ["csv"]}
    return jobs.request(actor=AUDITOR, scope=_months(), purpose="A test of frozen months", **wanted)


@pytest.fixture
def export() -> Export:
    """One that waits, over months of a log that is sealed."""
    written(*(change(note="invented " * 40) for _ in range(40)))
    made = _asked()
    seal_upto(made.entry_id)
    return made


def _killed_at(report: int, folder: Path) -> None:
    """A worker of its own takes what is due and is killed when it has told of its progress so often."""
    known = connection.settings_dict
    url = f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, str(folder), str(report)],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "standing still\n"
        process.send_signal(signal.SIGKILL)


def _page(client: Client, export: Export) -> str:
    answer = client.get(f"/exports/{export.pk}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def _silent(export: Export) -> None:
    Export.objects.filter(pk=export.pk).update(heartbeat_at=clock.now() - timedelta(seconds=90))


def _data(export: Export) -> dict[str, bytes]:
    """What a finished export holds of the log, found whole by both verifiers."""
    export.refresh_from_db()
    assert export.state == ExportState.DONE, export.trouble
    path = storage.path_of(export)
    must_hold(path)
    return {name: data for name, data in files_of(path).items() if name not in OWN}


def _undisturbed(export: Export, path: Path) -> dict[str, bytes]:
    """The data files of the same months as the log gives them now, with nothing frozen and nothing that happens."""
    wanted = bundle.Request(
        exporter=AUDITOR, purpose="A test", values=Values(export.values), formats=export.formats
    )
    bundle.write(plan.make(export.scope), wanted, path, datetime(2000, 1, 1, tzinfo=UTC))
    return {name: data for name, data in files_of(path).items() if name not in OWN}


def _copied(export: Export, path: Path) -> dict[str, bytes]:
    """What an export of the same months gives that is asked for now."""
    wanted = bundle.Request(
        exporter=AUDITOR, purpose="A test", values=Values(export.values), formats=export.formats
    )
    bundle.write(plan.make(export.scope), wanted, path, clock.now())
    must_hold(path)
    return {name: data for name, data in files_of(path).items() if name not in OWN}


def _parts(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.part*"))


@pytest.mark.parametrize("report", [1, 2, 4], ids=["first file", "second file", "table"])
def test_a_worker_killed_while_it_freezes(
    export: Export, folder: Path, auditor: Client, tmp_path: Path, report: int
) -> None:
    _killed_at(report, folder)
    export.refresh_from_db()
    assert (export.state, export.attempts) == (ExportState.RUNNING, 1)
    assert not storage.path_of(export).exists()
    assert not FrozenMonths.objects.exists()
    assert jobs.claim() is None, "it may only be slow"
    page = _page(auditor, export)
    assert "Running" in page
    assert "has not been heard of" not in page
    _silent(export)
    page = _page(auditor, export)
    assert "Its worker has not been heard of since" in page
    assert "Another worker begins it anew by itself" in page
    assert "Cancel this export" in page
    undisturbed = _undisturbed(export, tmp_path / "undisturbed.zip")
    assert run_exports() == 1
    assert _data(export) == undisturbed
    assert _copied(export, tmp_path / "again.zip") == undisturbed
    assert FrozenMonths.objects.get().revision == 1
    page = _page(auditor, export)
    assert "as revision 1: The months were frozen for the first time" in page
    assert f"/log/{FrozenMonths.objects.get().entry_id}/" in page


def test_what_a_killed_freeze_left_is_not_kept(export: Export, folder: Path) -> None:
    """Nobody names these files, so no erasure by order would find them."""
    _killed_at(2, folder)
    left = list((folder / "frozen").iterdir())
    assert [path.suffix for path in left if path.suffix == ".gz"]
    assert [path.suffix for path in left if path.suffix == ".part"]
    _silent(export)
    assert run_exports() == 1
    named = {f"{one['sha256']}.gz" for one in FrozenMonths.objects.get().files}
    (other,) = [path for path in (folder / "frozen").iterdir() if path.name not in named]
    stray = frozen_files.path_of("0" * 64)
    stray.write_bytes(b"of a freeze that nobody named")
    # Today they may be those of a worker that is at it.
    assert expire_exports() == 0
    long_ago = time.time() - frozen_files.STRAY_AFTER - 60
    for path in (folder / "frozen").iterdir():
        os.utime(path, (long_ago, long_ago))
    assert expire_exports() == 2
    assert not other.exists()
    assert not stray.exists()
    assert {path.name for path in (folder / "frozen").iterdir()} == named


def test_a_worker_that_dies_each_time(export: Export, folder: Path, auditor: Client) -> None:
    for attempt in range(1, jobs.MOST_ATTEMPTS):
        # A worker that takes it and is never heard of again; the last one is really killed.
        assert _claimed().attempts == attempt
        _silent(export)
    _killed_at(1, folder)
    _silent(export)
    assert run_exports() == 0
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    page = _page(auditor, export)
    assert "Failed" in page
    assert "It was begun 3 times" in page
    assert "Run it again" in page
    assert _parts(folder)
    expire_exports()
    assert [name for name in _parts(folder) if name.startswith(str(export.pk))] == []


def _claimed() -> Export:
    found = jobs.claim()
    assert found
    return found


def test_a_disk_that_is_full_while_it_freezes(
    export: Export, folder: Path, auditor: Client, tmp_path: Path
) -> None:
    """/dev/full takes no byte, as a full disk does."""
    claimed = _claimed()
    key = frozen.key_of(claimed.scope, Values.OPEN, claimed.formats)
    frozen_files.part_of(key).symlink_to("/dev/full")
    running.run(claimed)
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert not FrozenMonths.objects.exists()
    assert _parts(folder) == []
    page = _page(auditor, export)
    assert "The disk of the exports is full. Nothing of the export was kept." in page
    assert "Let the operator free some space" in page
    assert "they are frozen by the first export with this filter" in page
    _repeats(export, tmp_path)


def test_a_disk_that_is_full_after_the_freeze(
    export: Export, folder: Path, auditor: Client, tmp_path: Path
) -> None:
    """The months are frozen then, and the next export copies them."""
    claimed = _claimed()
    storage.part_of(claimed).symlink_to("/dev/full")
    running.run(claimed)
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert "disk of the exports is full" in _page(auditor, export)
    assert FrozenMonths.objects.get().revision == 1
    assert _parts(folder) == []
    assert _copied(export, tmp_path / "copied.zip") == _undisturbed(export, tmp_path / "undisturbed.zip")


def test_a_file_that_may_not_grow(export: Export, folder: Path, auditor: Client, tmp_path: Path) -> None:
    """The system refuses what lies beyond a limit, in the middle of a file."""
    claimed = _claimed()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        running.run(claimed)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    page = _page(auditor, export)
    assert "larger than this machine lets a file be" in page
    assert "Choose fewer days or formats, then run it again" in page
    assert _parts(folder) == []
    assert not FrozenMonths.objects.exists()
    _repeats(export, tmp_path)


def _repeats(export: Export, tmp_path: Path) -> None:
    repeated = jobs.repeat(actor=AUDITOR, export=export)
    seal_upto(repeated.entry_id)
    undisturbed = _undisturbed(repeated, tmp_path / "undisturbed.zip")
    assert run_exports() == 1
    assert _data(repeated) == undisturbed


@pytest.fixture
def crashing(tmp_path: Path, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A cluster of its own whose commits wait for the disk. It holds the log alone, so no room masks a case."""
    made = Cluster.start(tmp_path / "cluster", safe=True)
    monkeypatch.setattr(registry, "_masks", [])
    with django_db_blocker.unblock(), made.served():
        yield made
    made.stop()


@pytest.mark.django_db(transaction=True, databases=["default", "owner", "sealer"])
@pytest.mark.parametrize("returns", [True, False], ids=["back at once", "away for long"])
def test_a_database_that_dies_while_months_are_frozen(
    crashing: Cluster, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, returns: bool
) -> None:
    written(*(change(note="invented " * 40) for _ in range(40)))
    wanted: dict[str, Any] = {"values": Values.NONE, "formats": []}
    export = jobs.request(actor=AUDITOR, scope=_months(), purpose="A test of crashes", **wanted)
    seal_upto(export.entry_id)
    undisturbed = _undisturbed(export, tmp_path / "undisturbed.zip")
    tell: Callable[..., None] = jobs.tell
    told: list[float] = []

    def crash(export: Export, share: float = 0.0, rows: int = 0) -> None:
        tell(export, share, rows)
        if share:
            told.append(share)
            if len(told) == 2:
                crashing.crash()
                if returns:
                    crashing.serve_again()

    monkeypatch.setattr(jobs, "tell", crash)
    running.run(_claimed())
    assert len(told) == 2
    if not returns:
        crashing.serve_again()
    export.refresh_from_db()
    if returns:
        assert (export.state, export.trouble) == (ExportState.WAITING, running.DATABASE_AWAY)
        Export.objects.filter(pk=export.pk).update(due_at=clock.now())
    else:
        # Nobody could write down what happened; the silence tells.
        assert (export.state, export.trouble) == (ExportState.RUNNING, "")
        _silent(export)
        assert jobs.is_silent(Export.objects.get(pk=export.pk))
    assert not FrozenMonths.objects.exists()
    assert _parts(folder) == []
    running.run(_claimed())
    assert _data(export) == undisturbed
    assert FrozenMonths.objects.get().revision == 1


def test_a_database_that_is_away_each_time(export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("ledger.exports.plan.make", away)
    for attempt in range(1, jobs.MOST_ATTEMPTS + 1):
        claimed = _claimed()
        assert claimed.attempts == attempt
        running.run(claimed)
        Export.objects.filter(pk=export.pk).update(due_at=clock.now())
    export.refresh_from_db()
    assert (export.state, export.trouble) == (ExportState.FAILED, running.DATABASE_STAYED_AWAY)
