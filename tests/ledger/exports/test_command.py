"""`manage.py export_log` and the job that does the same: the file, the log of it, and what goes wrong."""

from __future__ import annotations

import errno
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from ledger import clock
from ledger.exports import bundle, jobs, plan, running, storage
from ledger.exports.files import Values
from ledger.exports.models import Export, ExportState
from ledger.exports.scope import Scope
from ledger.models import Entry
from tests import factories
from tests.ledger.exports.support import AUDITOR, files_of, must_hold, seal
from tests.ledger.samples import change, written
from tests.support.cluster import KEYS, ORIGIN

pytestmark = pytest.mark.django_db(transaction=True)
PURPOSE = "Yearly audit of the office"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.EXPORTS_DIR = tmp_path / "exports"
    # The watermark waits for every open transaction of the cluster, those of tests beside this one too; each of
    # them ends within 30 seconds.
    settings.EXPORT_SEAL_SECONDS = 60
    settings.LOG_ORIGIN = ORIGIN
    monkeypatch.setenv("LOG_SIGNING_KEY", KEYS.text)
    monkeypatch.setattr("ledger.exports.jobs._nudge", lambda: None)
    return tmp_path / "exports"


@pytest.fixture
def sealing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for the seal finds a sealer at work."""
    waiting = plan.wait_until_sealed

    def sealed(entry: Any, seconds: float, ask: Any = plan.nothing) -> None:
        waiting(entry, seconds, ask, each_time=seal)

    monkeypatch.setattr(plan, "wait_until_sealed", sealed)


def asked(**wanted: Any) -> Export:
    return jobs.request(actor=AUDITOR, scope=wanted.pop("scope", Scope()), purpose=PURPOSE, **wanted)


def run() -> None:
    export = jobs.claim()
    assert export
    running.run(export)


def events(export: Export) -> list[str]:
    found = [
        entry.event
        for entry in Entry.objects.order_by("id")
        if json.loads(bytes(entry.bytes))["subject"].get("export") == str(export.pk)
    ]
    return [event.removeprefix("ledger.export.") for event in found]


def test_a_job_leaves_a_bundle_that_holds(sealing: None) -> None:
    written(change(), change())
    export = asked()
    run()
    export.refresh_from_db()
    assert export.state == ExportState.DONE, export.trouble
    path = storage.path_of(export)
    must_hold(path)
    assert (export.bytes, export.sha256) == (path.stat().st_size, running.digest_of(path))
    assert (export.percent, export.included) == (100, 3)
    assert json.loads(files_of(path)["manifest.json"])["purpose"] == PURPOSE
    assert events(export) == ["requested", "finished"]
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_without_a_seal_the_job_says_so(settings: Any) -> None:
    settings.EXPORT_SEAL_SECONDS = 1
    export = asked()
    run()
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert "sealer" in export.trouble
    assert events(export) == ["requested", "failed"]


def test_a_full_disk_is_said_and_leaves_nothing(sealing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    export = asked()

    def full(*args: Any, **kwargs: Any) -> None:
        storage.part_of(Export.objects.get()).write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(bundle, "write", full)
    run()
    export.refresh_from_db()
    assert (export.state, export.trouble) == (ExportState.FAILED, running.DISK_FULL)
    assert list(storage.folder().iterdir()) == []
    monkeypatch.undo()
    again = jobs.repeat(actor=AUDITOR, export=export)
    assert (again.filter, again.purpose) == (export.filter, export.purpose)


def test_a_lost_database_is_tried_again(sealing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    export = asked()
    whole = bundle.write

    def lost(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(bundle, "write", lost)
    run()
    export.refresh_from_db()
    assert (export.state, export.trouble) == (ExportState.WAITING, running.DATABASE_AWAY)
    assert jobs.claim() is None, "not before its time"
    monkeypatch.setattr(bundle, "write", whole)
    Export.objects.update(due_at=clock.now())
    run()
    export.refresh_from_db()
    assert (export.state, export.trouble, export.attempts) == (ExportState.DONE, "", 2)


def test_a_dead_worker_is_followed_by_another_and_cannot_come_back(sealing: None) -> None:
    export = asked()
    dead = jobs.claim()
    assert dead
    assert jobs.claim() is None
    Export.objects.update(heartbeat_at=clock.now() - timedelta(seconds=90))
    run()
    export.refresh_from_db()
    assert export.state == ExportState.DONE
    with pytest.raises(jobs.Gone):
        jobs.tell(dead, 0.5, 1)
    running.run(dead)
    export.refresh_from_db()
    assert export.state == ExportState.DONE
    assert storage.path_of(export).is_file()


def test_after_three_deaths_it_ends() -> None:
    export = asked()
    for _ in range(3):
        assert jobs.claim()
        Export.objects.update(heartbeat_at=clock.now() - timedelta(seconds=90))
    assert jobs.claim() is None
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert "3 times" in export.trouble


def test_a_cancelled_job_stops_and_keeps_nothing(sealing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    export = asked()
    told = jobs.tell

    def cancelled_meanwhile(one: Export, share: float = 0.0, rows: int = 0) -> None:
        if rows:
            jobs.cancel(actor=AUDITOR, export=one)
        told(one, share, rows)

    monkeypatch.setattr(jobs, "tell", cancelled_meanwhile)
    run()
    export.refresh_from_db()
    assert export.state == ExportState.CANCELLED
    assert list(storage.folder().iterdir()) == []
    assert events(export) == ["requested", "cancelled"]


def test_its_time_over_the_file_goes(sealing: None) -> None:
    export = asked()
    run()
    assert jobs.expire() == 0
    Export.objects.update(expires_at=clock.now())
    assert jobs.expire() == 1
    export.refresh_from_db()
    assert export.state == ExportState.EXPIRED
    assert not storage.path_of(export).exists()


@pytest.mark.parametrize(
    ("wanted", "field"),
    [({"purpose": "x"}, "purpose"), ({"values": Values.ALL}, "values"), ({"formats": ["doc"]}, "formats")],
)
def test_what_is_refused_names_its_field(wanted: dict[str, Any], field: str) -> None:
    with pytest.raises(jobs.ExportRefused) as refused:
        jobs.request(actor=AUDITOR, scope=Scope(), **{"purpose": PURPOSE, **wanted})
    assert refused.value.field == field
    assert not Export.objects.exists()


def command(*arguments: object) -> int:
    try:
        call_command("export_log", *map(str, arguments))
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_the_command_writes_a_file_and_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(change(), change())
    factories.user("auditor", username="ida")
    assert command("--out", tmp_path / "log.zip", "--as", "ida", "--purpose", PURPOSE) == 0
    assert "All entries." in capsys.readouterr().out
    must_hold(tmp_path / "log.zip")
    assert json.loads(files_of(tmp_path / "log.zip")["manifest.json"])["exporter"]["role"] == "auditor"
    assert command("--out", tmp_path / "log", "--filter", "event=ledger.sample.changed") == 0
    must_hold(tmp_path / "log")
    assert len(files_of(tmp_path / "log")["entries.ndjson"].splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--filter", "colour=red"], 2, "no such filter"),
        (["--filter", "outcome"], 2, "NAME=VALUE"),
        (["--from", "yesterday"], 2, "YYYY-MM-DD"),
        (["--as", "nobody"], 2, "no active user"),
        (["--as", "field"], 1, "for auditors"),
        (["--values", "all"], 1, "privacy"),
    ],
)
def test_the_command_refuses_in_one_line(
    arguments: list[str], code: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    factories.user("officer", username="field")
    assert command("--out", tmp_path / "log.zip", *arguments) == code
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not (tmp_path / "log.zip").exists()


def test_the_command_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "log.zip").write_text("kept")
    assert command("--out", tmp_path / "log.zip") == 2
    assert (tmp_path / "log.zip").read_text() == "kept"
