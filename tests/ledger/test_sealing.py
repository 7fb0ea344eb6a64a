"""Sealing: every committed entry exactly once, in indexes without gaps, under checkpoints that continue each other.

Each mistake that other logs have made is tried here.
"""

from __future__ import annotations

import threading
import uuid

import psycopg2
import pytest
from django.db import connection, transaction

from ledger import proofs, tree
from ledger.ids import new_id
from ledger.note_keys import SigningKey
from ledger.notes import Checkpoint, Note, open_checkpoint
from ledger.sealing import session
from ledger.sealing.batch import Sealer, TreeDisagrees
from ledger.sealing.keys import Keyring
from ledger.services import append
from tests.ledger.samples import change, read, written
from tests.ledger.sealing import must_hold, rows, seal, sealed_ids, sealer
from tests.support.cluster import KEYS, ORIGIN, Cluster

pytestmark = pytest.mark.resilience


class Apart:
    """A transaction that stays open while the test goes on."""

    def __init__(self) -> None:
        self.begun, self.ending = threading.Event(), threading.Event()
        self.rolled_back = False
        self.ids: list[uuid.UUID] = []
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        assert self.begun.wait(60)

    def _run(self) -> None:
        try:
            with transaction.atomic():
                self.ids = [entry.id for entry in append(change(new_id()))]
                self.begun.set()
                self.ending.wait(60)
                transaction.set_rollback(self.rolled_back)
        finally:
            self.begun.set()
            connection.close()

    def end(self, *, rolled_back: bool = False) -> None:
        self.rolled_back = rolled_back
        self.ending.set()
        self.thread.join(60)


def test_what_is_committed_is_sealed_once(cluster: Cluster) -> None:
    ids = [written(change(new_id(), number=number))[0].id for number in range(5)]
    ids += [entry.id for entry in written(change(new_id()), read(), read())]
    assert seal() == 8
    assert sealed_ids(cluster) == ids
    assert seal() == 0
    assert must_hold(cluster).size == 8


def test_an_empty_log_has_no_checkpoint(cluster: Cluster) -> None:
    assert seal() == 0
    assert rows(cluster, "SELECT size FROM ledger_checkpoint") == []
    written(read())
    assert seal() == 1
    must_hold(cluster)


def test_each_checkpoint_continues_the_one_before(cluster: Cluster) -> None:
    sizes = []
    with sealer() as one:
        for count in (1, 3, 16, 1, 40, 300):
            for _ in range(count):
                written(read())
            while one.seal() or one.is_walking:
                pass
            sizes.append(must_hold(cluster).size)
    assert sizes == [1, 4, 20, 21, 61, 361]
    notes = [note for (note,) in rows(cluster, "SELECT note FROM ledger_checkpoint ORDER BY size")]
    points = [open_checkpoint(note, KEYS.trusted, ORIGIN) for note in notes]
    for old in points:
        for new in points:
            if old.size <= new.size:
                proof = proofs.consistency(old.size, new.size)
                assert tree.verify_consistency(old.size, old.root, new.size, new.root, proof)


def test_a_proof_for_every_entry_in_every_checkpoint(cluster: Cluster) -> None:
    with sealer() as one:
        for _ in range(3):
            for _ in range(11):
                written(read())
            while one.seal() or one.is_walking:
                pass
    for size in (11, 22, 33):
        signed = proofs.checkpoint_of(size)
        assert signed is not None
        for index, id in enumerate(sealed_ids(cluster)):
            found = proofs.inclusion(id, signed)
            if index >= size:
                assert found is None
            else:
                assert found is not None
                assert (found.index, found.holds) == (index, True)
    assert proofs.inclusion(new_id()) is None


def test_a_run_of_leaves_is_tied_to_the_checkpoint(cluster: Cluster) -> None:
    for _ in range(75):
        written(read())
    seal()
    checkpoint = must_hold(cluster)
    leaves = [bytes(hash) for (hash,) in rows(cluster, "SELECT leaf_hash FROM ledger_leaf ORDER BY index")]
    for first, end in [(0, 75), (0, 0), (75, 75), (13, 14), (16, 32), (9, 70)]:
        around = proofs.around(first, end, 75)
        whole = tree.CompactRange(0, first, around.left)
        for leaf in leaves[first:end]:
            whole.append(leaf)
        whole.merge(tree.CompactRange(end, 75, around.right))
        assert whole.root() == checkpoint.root


def test_a_transaction_that_began_before_a_seal_and_ended_after_it(cluster: Cluster) -> None:
    """Its entries have smaller ids, times and transaction ids than those that would be sealed meanwhile."""
    written(read())
    with sealer() as one:
        while one.seal() or one.is_walking:
            pass
        early = Apart()
        late = written(read())[0].id
        one.seal()
        assert late not in sealed_ids(cluster)
        early.end()
        one.seal()
    assert sealed_ids(cluster)[1:] == [*early.ids, late]
    must_hold(cluster)


def test_a_transaction_that_is_undone_leaves_no_gap(cluster: Cluster) -> None:
    early = Apart()
    late = written(read())[0].id
    early.end(rolled_back=True)
    assert seal() == 1
    assert sealed_ids(cluster) == [late]


def test_a_transaction_that_is_open_at_the_first_seal(cluster: Cluster) -> None:
    before = written(read())[0].id
    early = Apart()
    after = written(read())[0].id
    with sealer() as one:
        while one.seal() or one.is_walking:
            pass
        assert sealed_ids(cluster) == [before, after]
        early.end()
        one.seal()
    assert sealed_ids(cluster) == [before, after, *early.ids]
    must_hold(cluster)


def test_a_long_queue_is_sealed_in_several_batches(cluster: Cluster) -> None:
    written(read())
    seal()
    for _ in range(10):
        written(*(read() for _ in range(3)))
    written(*(read() for _ in range(25)))
    written(read())
    assert seal(most=7) == 56
    counts = [count for (count,) in rows(cluster, "SELECT count FROM ledger_batch ORDER BY number")]
    assert sum(counts) == 57
    assert len(counts) >= 5
    must_hold(cluster)


def test_the_first_walk_goes_in_steps_and_begins_again_after_a_death(cluster: Cluster) -> None:
    for _ in range(20):
        written(read())
    with sealer(most=6) as one:
        one.seal()
        one.seal()
    assert len(sealed_ids(cluster)) == 12
    written(read())
    assert seal(most=6) == 9
    must_hold(cluster)
    [(upto,)] = rows(cluster, "SELECT upto::text::bigint FROM ledger_batch ORDER BY number DESC LIMIT 1")
    assert upto > 0


def test_a_second_sealer_does_not_seal(cluster: Cluster) -> None:
    with sealer():
        other = session.connect()
        assert not session.take_lock(other)
        other.close()
    with sealer():
        pass


def test_two_sealers_without_the_lock_cannot_fork_the_log(cluster: Cluster) -> None:
    """Should the lock ever fail, the second finds its place taken."""
    written(read())
    seal()
    first, second = session.connect(), session.connect()
    written(read())
    one, two = Sealer(first, KEYS), Sealer(second, KEYS)
    with first.cursor() as cursor:
        cursor.execute("BEGIN")
        one._seal(cursor)
        started = threading.Event()
        failed: list[BaseException] = []

        def also() -> None:
            started.set()
            try:
                two.seal()
            except psycopg2.Error as error:
                failed.append(error)

        thread = threading.Thread(target=also)
        thread.start()
        started.wait(60)
        cursor.execute("SELECT pg_sleep(0.2)")
        cursor.execute("COMMIT")
        thread.join(60)
    first.close()
    second.close()
    assert [type(error) for error in failed] in ([psycopg2.errors.UniqueViolation], [])
    must_hold(cluster)


def test_a_seal_that_dies_half_way_leaves_nothing(cluster: Cluster) -> None:
    written(read())
    seal()
    written(read(), read())
    opened = session.connect()
    one = Sealer(opened, KEYS)
    with opened.cursor() as cursor:
        cursor.execute("BEGIN")
        one._seal(cursor)
    opened.close()
    assert len(sealed_ids(cluster)) == 1
    assert seal() == 2
    must_hold(cluster)


def test_it_does_not_sign_on_a_tree_that_was_changed(cluster: Cluster) -> None:
    for _ in range(20):
        written(read())
    seal()
    written(read())
    cluster.tamper("UPDATE ledger_leaf SET leaf_hash = sha256('another') WHERE index = 17")
    with pytest.raises(TreeDisagrees, match="does not have the root that was signed"):
        seal()
    cluster.tamper("DELETE FROM ledger_leaf WHERE index = 17")
    with pytest.raises(TreeDisagrees, match="missing"):
        seal()


def test_it_does_not_sign_on_a_checkpoint_that_was_forged(cluster: Cluster) -> None:
    written(read())
    seal()
    written(read())
    forger = SigningKey.generate(ORIGIN)
    [(root,)] = rows(cluster, "SELECT root FROM ledger_checkpoint")
    forged = Checkpoint(ORIGIN, 1, bytes(root)).sign(forger)
    cluster.tamper("UPDATE ledger_checkpoint SET note = %s", parameters=[str(forged)])
    # That the database lists the forger's key makes nobody trust it.
    cluster.tamper(
        "INSERT INTO ledger_public_key (vkey, from_size) VALUES (%s, 0)", parameters=[forger.public.text]
    )
    with pytest.raises(TreeDisagrees, match="does not open"):
        seal()


def test_a_new_key_goes_on_where_the_old_one_ended(cluster: Cluster) -> None:
    written(read())
    seal()
    written(read())
    stranger = Keyring(SigningKey.generate(ORIGIN))
    opened = session.connect()
    with pytest.raises(TreeDisagrees):
        Sealer(opened, stranger).seal()
    ring = Keyring(SigningKey.generate(ORIGIN), (KEYS.signing.public,))
    Sealer(opened, ring).seal()
    opened.close()
    assert proofs.public_keys() == [ring.signing.public, KEYS.signing.public]
    newest = proofs.checkpoint()
    assert newest is not None
    assert open_checkpoint(newest.note, [ring.signing.public]).size == 2
    assert Note.parse(newest.note).verified_by([KEYS.signing.public]) == []
