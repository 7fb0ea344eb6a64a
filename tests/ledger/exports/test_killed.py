"""A worker that is killed within its file, and a disk that really is full: a clear state, and a job that runs again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection

from config.embedded import postgres
from ledger import clock
from ledger.exports import jobs, running, storage
from ledger.exports.files import Values
from ledger.exports.models import Export, ExportState
from ledger.exports.scope import Scope
from tests.ledger.exports.support import AUDITOR, must_hold, seal_upto
from tests.ledger.samples import change, written
from tests.support.cluster import Cluster

pytestmark = [pytest.mark.resilience, pytest.mark.django_db(transaction=True)]

# A worker of its own whose disk is so slow that it stands still in the middle of the file.
WORKER = """
import sys, time
import django
django.setup()
from django.conf import settings
from pathlib import Path
settings.EXPORTS_DIR = Path(sys.argv[1])
from ledger.exports import jobs, running
tell = jobs.tell
def slow(export, share=0.0, rows=0):
    tell(export, share, rows)
    if share:
        print("in the middle", flush=True)
        time.sleep(600)
jobs.tell = slow
running.run(jobs.claim())
"""


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.EXPORTS_DIR = tmp_path / "exports"
    monkeypatch.setattr("ledger.exports.jobs._nudge", lambda: None)
    return tmp_path / "exports"


@pytest.fixture
def export() -> Export:
    """One that waits, of a log that is sealed."""
    written(*(change(note="invented " * 40) for _ in range(40)))
    made = jobs.request(actor=AUDITOR, scope=Scope(), purpose="A test of kills", formats=["csv"])
    seal_upto(made.entry_id)
    return made


def _worker(folder: Path) -> subprocess.Popen[str]:
    known = connection.settings_dict
    url = f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, str(folder)],
        cwd=django_settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def _holds(export: Export, folder: Path) -> None:
    export.refresh_from_db()
    assert export.state == ExportState.DONE, export.trouble
    must_hold(storage.path_of(export))
    assert [one.name for one in folder.iterdir()] == [f"{export.pk}.zip"]


def test_a_worker_killed_in_the_middle_of_its_file(export: Export, folder: Path) -> None:
    with _worker(folder) as process:
        assert process.stdout
        assert process.stdout.readline() == "in the middle\n"
        process.send_signal(signal.SIGKILL)
    export.refresh_from_db()
    assert export.state == ExportState.RUNNING
    assert 0 < export.share < 1000
    assert storage.part_of(export).exists()
    assert not storage.path_of(export).exists()
    # Nobody takes it while its worker may only be slow.
    assert jobs.claim() is None
    Export.objects.filter(pk=export.pk).update(heartbeat_at=clock.now() - timedelta(seconds=90))
    again = jobs.claim()
    assert again
    assert again.attempts == 2
    running.run(again)
    _holds(export, folder)


def test_a_disk_that_is_full(export: Export, folder: Path) -> None:
    """/dev/full takes no byte, as a full disk does."""
    claimed = jobs.claim()
    assert claimed
    storage.part_of(claimed).symlink_to("/dev/full")
    running.run(claimed)
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert "disk of the exports is full" in export.trouble
    assert list(folder.iterdir()) == []
    repeated = jobs.repeat(actor=AUDITOR, export=export)
    seal_upto(repeated.entry_id)
    next_one = jobs.claim()
    assert next_one
    running.run(next_one)
    _holds(repeated, folder)


@pytest.mark.django_db(transaction=True, databases=["default", "owner", "sealer"])
def test_a_database_that_restarts_in_the_middle(
    cluster: Cluster, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a cluster of its own, which holds the log alone; so what asks for cases is left out."""
    written(*(change(note="invented " * 40) for _ in range(40)))
    wanted: dict[str, Any] = {"values": Values.NONE, "formats": []}
    export = jobs.request(actor=AUDITOR, scope=Scope(), purpose="A test of restarts", **wanted)
    seal_upto(export.entry_id)
    tell = jobs.tell
    restarted: list[bool] = []

    def restart(export: Export, share: float = 0.0, rows: int = 0) -> None:
        tell(export, share, rows)
        if share and not restarted:
            restarted.append(True)
            postgres.stop(cluster.layout)
            cluster.serve_again()

    monkeypatch.setattr(jobs, "tell", restart)
    claimed = jobs.claim()
    assert claimed
    running.run(claimed)
    assert restarted
    export.refresh_from_db()
    assert export.state == ExportState.WAITING
    assert "tried again by itself" in export.trouble
    assert list(folder.iterdir()) == []
    Export.objects.filter(pk=export.pk).update(due_at=clock.now())
    again = jobs.claim()
    assert again
    running.run(again)
    _holds(export, folder)
