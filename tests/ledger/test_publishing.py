"""Checkpoints leave the machine: into a folder that is never rewritten, past witnesses who sign only what continues."""

from __future__ import annotations

import shlex
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from psycopg2.extensions import cursor

from ledger import proofs
from ledger.findings import Finding
from ledger.note_keys import COSIGNATURE, SigningKey, parse_keys
from ledger.notes import Note, open_checkpoint
from ledger.sealing import session
from ledger.sealing.batch import TreeDisagrees
from ledger.sealing.folder import Folder
from ledger.sealing.publishing import Publisher
from ledger.sealing.witnesses import Witness, parse_list
from ledger.verifying.report import verify
from tests.ledger.samples import read, written
from tests.ledger.sealing import rows, seal
from tests.support.cluster import KEYS, ORIGIN, Cluster

pytestmark = pytest.mark.resilience
WITNESS = SigningKey("witness.example/w1", b"\x02" * 32, COSIGNATURE)


def grow(count: int = 5) -> None:
    for _ in range(count):
        written(read())
    seal()


def publish(publisher: Publisher) -> bool:
    with at() as one:
        return publisher.publish(one, now=True)


@contextmanager
def at() -> Iterator[cursor]:
    opened = session.connect()
    try:
        with opened.cursor() as one:
            yield one
    finally:
        opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "checkpoints")


@pytest.fixture
def publisher(cluster: Cluster, folder: Folder) -> Publisher:
    return Publisher(KEYS, folder)


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    """A witness run by its own command, with its own memory."""
    key = tmp_path / "witness.key"
    key.write_text(WITNESS.text)
    command = [sys.executable, "-m", "ledger.witness", "--key", str(key), "--log", KEYS.signing.public.text]
    command += ["--state", str(tmp_path / "seen.json")]
    return Witness.parse(f"{WITNESS.public.text} {shlex.join(command)}")


def test_each_published_checkpoint_is_a_file_that_stays(publisher: Publisher, folder: Folder) -> None:
    assert not publish(publisher)
    grow()
    assert publish(publisher)
    assert not publish(publisher)
    grow(3)
    assert publish(publisher)
    files = list(folder.files())
    assert [file.name for file in files] == ["000000000000005.txt", "000000000000008.txt"]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o444, 0o444]
    sizes = [open_checkpoint(file.read_text(), KEYS.trusted, ORIGIN).size for file in files]
    assert sizes == [5, 8]
    assert parse_keys((folder.path / "public-keys.txt").read_text()) == KEYS.trusted
    told: list[Finding] = []
    assert verify(KEYS.trusted, ORIGIN, told.append, folder.path).checkpoints.published == 2
    assert told == []


def test_a_busy_log_publishes_only_now_and_then(publisher: Publisher, folder: Folder) -> None:
    grow()
    with at() as one:
        assert publisher.publish(one)
        grow()
        assert not publisher.publish(one)
    assert len(list(folder.files())) == 1


def test_a_database_that_was_set_back_is_not_published(publisher: Publisher, cluster: Cluster) -> None:
    grow()
    grow()
    publish(publisher)
    cluster.tamper(
        "DELETE FROM ledger_leaf WHERE index >= 5",
        "DELETE FROM ledger_checkpoint WHERE size > 5",
        "DELETE FROM ledger_batch WHERE first >= 5",
    )
    with at() as one, pytest.raises(TreeDisagrees, match="set back"):
        publisher.check(one)


def test_another_history_under_the_same_name_is_not_published(publisher: Publisher, cluster: Cluster) -> None:
    """Even by one who has the signing key: what was published is the witness."""
    grow()
    publish(publisher)
    cluster.empty()
    grow(9)
    with pytest.raises(TreeDisagrees, match="rewritten"):
        publish(publisher)


def test_the_command_refuses_a_log_that_was_set_back(
    publisher: Publisher, folder: Folder, cluster: Cluster
) -> None:
    grow()
    publish(publisher)
    cluster.empty()
    written(read())
    code, out, error = cluster.manage("seal_log", LOG_CHECKPOINT_DIR=str(folder.path))
    assert (code, out, len(error.splitlines())) == (1, "", 1)
    assert "set back" in error
    assert rows(cluster, "SELECT count(*) FROM ledger_leaf") == [(0,)]


def test_a_witness_signs_with_its_time_and_the_signature_goes_along(
    publisher: Publisher, folder: Folder, witness: Witness
) -> None:
    publisher.witnesses = [witness]
    for _ in range(3):
        grow()
        assert publish(publisher)
    newest = proofs.checkpoint()
    assert newest is not None
    [(key, signature)] = Note.parse(newest.note).verified_by([WITNESS.public])
    assert (key, newest.size) == (WITNESS.public, 15)
    assert signature.time > 1_700_000_000
    assert folder.newest() == newest.note


def test_a_witness_does_not_sign_another_history(
    publisher: Publisher, witness: Witness, cluster: Cluster, folder: Folder
) -> None:
    publisher.witnesses = [witness]
    grow()
    publish(publisher)
    cluster.empty()
    grow(9)
    publisher.folder = None
    publish(publisher)
    assert rows(cluster, "SELECT count(*) FROM ledger_cosignature") == [(0,)]
    # The log goes on, and the witness is left alone for a while.
    assert list(publisher.paused) == [WITNESS.name]


def test_a_witness_that_has_seen_less_or_nothing_is_asked_from_there(
    publisher: Publisher, witness: Witness, tmp_path: Path, cluster: Cluster
) -> None:
    publisher.witnesses = [witness]
    grow()
    publish(publisher)
    (tmp_path / "seen.json").unlink()
    grow()
    publish(publisher)
    assert rows(cluster, "SELECT size FROM ledger_cosignature ORDER BY size") == [(5,), (10,)]


@pytest.mark.parametrize(
    "command", ["/nowhere/at/all", "false", "true", "echo nonsense", "sh -c 'echo 77; exit 3'"]
)
def test_a_witness_that_fails_holds_nothing_up(publisher: Publisher, folder: Folder, command: str) -> None:
    publisher.witnesses = [Witness.parse(f"{WITNESS.public.text} {command}")]
    grow()
    assert publish(publisher)
    assert len(list(folder.files())) == 1


@pytest.mark.parametrize(
    "line",
    [
        WITNESS.public.text,
        f"{KEYS.signing.public.text} command",
        f"{WITNESS.public.text} http://witness.example",
        f"{WITNESS.public.text} file:///etc/passwd",
    ],
)
def test_a_witness_that_is_written_wrongly_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        parse_list(f"{WITNESS.public.text} command\n{line}")
