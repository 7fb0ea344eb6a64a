"""Sealing outlives kills of the sealer, a restart of the database and a move into another cluster: nothing is lost,
nothing is sealed twice, nothing changes its order.
"""

from __future__ import annotations

import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, connections

from config.embedded import credentials, database, ports, postgres
from ledger import tree
from ledger.findings import Finding
from ledger.ids import new_id
from ledger.notes import open_checkpoint
from ledger.verifying.report import verify
from tests.ledger.samples import change, read, written
from tests.ledger.sealing import must_hold, rows, seal, sealed_ids, sealer
from tests.ledger.test_sealing import Apart
from tests.support.cluster import KEYS, ORIGIN, Cluster

pytestmark = pytest.mark.resilience
WRITERS = 32
KILLS = 4


class Writers:
    """Writers that append all the time, each remembering the ids in the order of its commits."""

    def __init__(self, count: int = WRITERS) -> None:
        self.stopping = threading.Event()
        self.cases = [new_id() for _ in range(count // 4)]
        self.written: list[list[uuid.UUID]] = [[] for _ in range(count)]
        self.failed: list[BaseException] = []
        self.threads = [threading.Thread(target=self._run, args=(place,)) for place in range(count)]
        for thread in self.threads:
            thread.start()

    def _run(self, place: int) -> None:
        try:
            while not self.stopping.is_set():
                # Four writers share a case, and every third entry belongs to none.
                entry = read() if len(self.written[place]) % 3 == 2 else change(self.cases[place // 4])
                self.written[place].append(written(entry)[0].id)
                # Room for the sealer to start: this is about order and loss, not about load.
                self.stopping.wait(0.02)
        except BaseException as error:
            self.failed.append(error)
        finally:
            connection.close()

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(30)
        assert not any(thread.is_alive() for thread in self.threads)
        assert self.failed == []


@contextmanager
def following(cluster: Cluster) -> Iterator[subprocess.Popen[bytes]]:
    process = cluster.command("seal_log", "--follow")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def size(cluster: Cluster) -> int:
    return int(rows(cluster, "SELECT count(*) FROM ledger_leaf")[0][0])


def wait_for_more(cluster: Cluster, than: int, process: subprocess.Popen[bytes]) -> int:
    until = time.monotonic() + 60
    while (now := size(cluster)) <= than:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)
    return now


def test_thirty_two_writers_while_the_sealer_is_killed_again_and_again(cluster: Cluster) -> None:
    writers = Writers()
    sealed = 0
    try:
        for _ in range(KILLS):
            with following(cluster) as process:
                sealed = wait_for_more(cluster, sealed, process)
                # Killed at any moment of a later seal.
                time.sleep(0.13)
    finally:
        writers.stop()
    seal()
    assert must_hold(cluster).size == sum(map(len, writers.written)) > 500
    index = {id: place for place, id in enumerate(sealed_ids(cluster))}
    for own in writers.written:
        places = [index[id] for id in own]
        assert places == sorted(places), "an entry that was committed later stands before"
    assert verify(KEYS.trusted, ORIGIN, lambda finding: pytest.fail(str(finding))).cases == len(writers.cases)


def test_two_sealers_at_once_seal_everything_once(cluster: Cluster) -> None:
    with following(cluster) as one, following(cluster) as two:
        written(read())
        wait_for_more(cluster, 0, one)
        # The one that waited takes over.
        one.kill()
        one.wait()
        for _ in range(20):
            written(read())
        written(read())
        wait_for_more(cluster, 21, two)
        two.terminate()
        assert two.wait(30) == 0
    must_hold(cluster)


def test_what_is_written_before_the_signal_is_sealed_at_the_end(cluster: Cluster) -> None:
    with following(cluster) as process:
        written(read())
        wait_for_more(cluster, 0, process)
        ids = [written(read())[0].id for _ in range(3)]
        process.terminate()
        assert process.wait(30) == 0
    assert sealed_ids(cluster)[1:] == ids


def test_the_sealer_waits_for_a_database_that_restarts(cluster: Cluster) -> None:
    with following(cluster) as process:
        written(read())
        wait_for_more(cluster, 0, process)
        connections.close_all()
        postgres.stop(cluster.layout)
        cluster.serve_again()
        written(read())
        wait_for_more(cluster, 1, process)
    must_hold(cluster)


def test_a_dump_restored_into_a_new_cluster(cluster: Cluster, tmp_path: Path) -> None:
    """There transaction ids begin again: those of the old entries say nothing, and new ones are smaller."""
    with sealer() as one:
        for _ in range(20):
            written(change(new_id()))
        while one.seal() or one.is_walking:
            pass
    # A restore takes about a thousand transactions; a log that was in use has spent more.
    spend_transactions(cluster, 5_000)
    late = [written(read())[0].id for _ in range(3)]
    [(note,)] = rows(cluster, "SELECT note FROM ledger_checkpoint")
    before = open_checkpoint(note, KEYS.trusted, ORIGIN)
    other = Cluster.start(tmp_path / "other", migrated=False)
    try:
        move(cluster, other)
        with other.served():
            early = Apart()
            new = written(read())[0].id
            with sealer(most=8) as one:
                while one.seal() or one.is_walking:
                    pass
                early.end()
                last = written(read())[0].id
                while one.seal() or one.is_walking:
                    pass
            # What was not sealed before the move, what was written after it, and what was open during the first walk.
            assert sealed_ids(other)[20:] == [*late, new, *early.ids, last]
            assert must_hold(other).size == 26
            told: list[Finding] = []
            verify(KEYS.trusted, ORIGIN, told.append)
            assert told == []
            [(old, now)] = rows(
                other, "SELECT min(system_identifier), max(system_identifier) FROM ledger_batch"
            )
            assert old != now
            # Old transaction ids lie ahead of the new cluster's: when it reaches them, nothing is sealed twice.
            highest = rows(
                other, "SELECT max(tx_id::text::bigint) FROM ledger_entry WHERE id = %s", str(late[-1])
            )[0][0]
            assert highest > rows(other, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")[0][0]
            spend_transactions(other, highest)
            written(read())
            assert seal() == 1
            assert must_hold(other).size == 27
            leaves = [
                bytes(hash) for (hash,) in rows(other, "SELECT leaf_hash FROM ledger_leaf ORDER BY index")
            ]
            assert tree.root(leaves[:20]) == before.root
    finally:
        other.stop()


def spend_transactions(cluster: Cluster, upto: int) -> None:
    opened = cluster.connect("DATABASE_OWNER_URL")
    with opened.cursor() as cursor:
        cursor.execute(
            "CREATE PROCEDURE pg_temp.spend(upto bigint) LANGUAGE plpgsql AS $$ BEGIN"
            " WHILE pg_current_xact_id()::text::bigint <= upto LOOP COMMIT; END LOOP; END $$"
        )
        cursor.execute("CALL pg_temp.spend(%s)", [upto])
    opened.close()


def move(cluster: Cluster, other: Cluster) -> None:
    """What an operator does: pg_dump here, psql there."""

    def program(name: str, at: Cluster, *arguments: str, given: bytes | None = None) -> bytes:
        environment = {
            "PGPASSWORD": credentials.load(at.layout)[credentials.SUPERUSER],
            "PATH": "/usr/bin:/bin",
        }
        where = [
            f"--host={ports.HOST}",
            f"--port={ports.known(at.layout)['postgres']}",
            "--username=postgres",
        ]
        done = subprocess.run(
            [postgres.programs() / name, *where, *arguments],
            input=given,
            env=environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    dump = program("pg_dump", cluster, database.NAME)
    program("psql", other, "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={database.NAME}", given=dump)
