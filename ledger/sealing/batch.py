"""One seal: which entries are committed, the next indexes for them, the larger tree, its signed checkpoint.

What is committed is told by the watermark alone: every transaction below the oldest one that is still running has
ended, so that no entry of it can come later. Time stamps and ids would say less: a transaction that began first may
end last.

Transaction ids mean nothing in another cluster. After a dump and restore (another `system_identifier`), and before the
first seal of all, the sealer walks over all entries that one snapshot shows and seals those without a leaf. What that
snapshot does not show has a transaction id at or above its watermark, which becomes the first one of this cluster.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from psycopg2 import Binary
from psycopg2.extensions import connection, cursor

from ledger import stored_tree, tree
from ledger.note_keys import NoteError, SigningKey
from ledger.notes import Checkpoint, open_checkpoint
from ledger.sealing import session
from ledger.sealing.keys import Keyring
from ledger.sealing.walk import Walk
from ledger.tree import CompactRange, Node

# Bounds the memory and the time of one seal; a longer queue takes several.
MOST_ENTRIES: Final = 20_000

PEEK: Final = """
WITH now AS (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin)
SELECT now.xmin::text, EXISTS (
    SELECT FROM public.ledger_entry WHERE tx_id >= %(low)s::xid8 AND tx_id < now.xmin
) FROM now
"""
# The transaction at which a long queue is cut; a single transaction is never cut in two.
CUT: Final = """
SELECT tx_id::text FROM public.ledger_entry WHERE tx_id > (
    SELECT min(tx_id) FROM public.ledger_entry WHERE tx_id >= %(low)s::xid8 AND tx_id < %(xmin)s::xid8
) AND tx_id < %(xmin)s::xid8 ORDER BY tx_id OFFSET %(most)s LIMIT 1
"""
COMMITTED: Final = """
WITH placed AS (
    INSERT INTO public.ledger_leaf (index, entry_id, leaf_hash)
    SELECT %(size)s + row_number() OVER (ORDER BY entry.id) - 1, entry.id, entry.leaf_hash
      FROM public.ledger_entry AS entry
     WHERE entry.tx_id >= %(low)s::xid8 AND entry.tx_id < %(upto)s::xid8
       AND NOT EXISTS (SELECT FROM public.ledger_leaf AS leaf WHERE leaf.entry_id = entry.id)
    RETURNING index, leaf_hash
)
SELECT leaf_hash FROM placed ORDER BY index
"""


class TreeDisagrees(Exception):
    """The stored tree is not the one that was signed last; sealing on would sign a forgery."""


@dataclass(frozen=True, slots=True)
class State:
    """Where the log stands: its last seal, and the cluster that it is in now."""

    number: int
    size: int
    upto: int
    system_identifier: int
    last_system_identifier: int | None

    @property
    def is_moved(self) -> bool:
        """Whether the watermark is worth nothing here."""
        return self.upto == 0 or self.system_identifier != self.last_system_identifier


class Sealer:
    """Seals on one connection, which must hold the lock. `seal` is called again and again."""

    def __init__(self, opened: connection, keys: Keyring, most: int = MOST_ENTRIES) -> None:
        self.opened = opened
        self.keys = keys
        self.key = keys.signing
        self.most = most
        # Everything of this cluster below it was seen sealed; it runs ahead of the stored one while nothing is written.
        self.low = 0
        self.walk: Walk | None = None

    def seal(self) -> int:
        """Seal what is committed, at most a batch of it; the number of new leaves. Raises `TreeDisagrees`."""
        with self.opened.cursor() as at:
            if self.low and not self._peek(at):
                return 0
            try:
                at.execute("BEGIN")
                count = self._seal(at)
                at.execute("COMMIT")
            except BaseException:
                # What was remembered may not have been stored; the next seal begins with what the database says.
                self.low = 0
                self._end_walk()
                if not self.opened.closed:
                    at.execute("ROLLBACK")
                raise
        return count

    @property
    def is_walking(self) -> bool:
        """Whether there is more to look at at once, though the last `seal` may have found nothing."""
        return self.walk is not None

    def _peek(self, at: cursor) -> bool:
        at.execute(PEEK, {"low": str(self.low)})
        xmin, found = one(at)
        if not found:
            self.low = int(xmin)
        return bool(found)

    def _seal(self, at: cursor) -> int:
        state = read_state(at)
        signed = self._tree_as_signed(at, state)
        if self.walk is None and state.is_moved:
            self.walk = Walk(session.connect())
        if self.walk is not None:
            leaves, upto = self._walk(at, self.walk, state)
        else:
            leaves, upto = self._committed(at, state)
        if leaves or (state.is_moved and self.walk is None):
            self._write(at, state, signed, leaves, upto)
        if self.walk is None:
            self.low = upto
        return len(leaves)

    def _tree_as_signed(self, at: cursor, state: State) -> CompactRange:
        """The tree so far, from its nodes; it must be the one of the last checkpoint, signed by a key of this log."""
        at.execute("SELECT size, root, note FROM public.ledger_checkpoint ORDER BY size DESC LIMIT 1")
        last = at.fetchone()
        if last is None:
            if state.size:
                raise TreeDisagrees(
                    f"the tree has {state.size} leaves, and no checkpoint was signed for them"
                )
            return CompactRange()
        try:
            checkpoint = open_checkpoint(last[2], self.keys.trusted, self.key.name)
        except NoteError as error:
            raise TreeDisagrees(f"the last checkpoint, of size {last[0]}, does not open: {error}") from None
        if (checkpoint.size, checkpoint.root) != (state.size, bytes(last[1])):
            raise TreeDisagrees(
                f"the last checkpoint says {checkpoint.size} leaves, the last seal {state.size}; or a root was changed"
            )
        try:
            tree_so_far = tree.compact_range(0, state.size, stored_tree.reader(at))
        except KeyError as missing:
            raise TreeDisagrees(f"a node of the tree is missing: {missing}") from None
        if tree_so_far.root() != checkpoint.root:
            raise TreeDisagrees(
                f"the stored tree of {state.size} leaves does not have the root that was signed"
            )
        return tree_so_far

    def _committed(self, at: cursor, state: State) -> tuple[list[bytes], int]:
        """Leaves for what has committed since the watermark, and the watermark after that."""
        low, xmin = max(self.low, state.upto), _xmin(at)
        at.execute(CUT, {"low": str(low), "xmin": str(xmin), "most": self.most})
        cut = at.fetchone()
        upto = int(cut[0]) if cut else xmin
        at.execute(COMMITTED, {"size": state.size, "low": str(low), "upto": str(upto)})
        return [bytes(hash) for (hash,) in at.fetchall()], upto

    def _walk(self, at: cursor, walk: Walk, state: State) -> tuple[list[bytes], int]:
        """Leaves for the next entries that have none; 0 as the watermark until the walk is over."""
        found = walk.next(self.most)
        if not found:
            self._end_walk()
            return [], walk.low
        at.execute(
            "INSERT INTO public.ledger_leaf (index, entry_id, leaf_hash)"
            " SELECT * FROM unnest(%s::bigint[], %s::uuid[], %s::bytea[])",
            [
                list(range(state.size, state.size + len(found))),
                [id for id, _ in found],
                [Binary(hash) for _, hash in found],
            ],
        )
        return [hash for _, hash in found], 0

    def _end_walk(self) -> None:
        if self.walk is not None:
            self.walk.close()
        self.walk = None

    def _write(
        self, at: cursor, state: State, so_far: CompactRange, leaves: Sequence[bytes], upto: int
    ) -> None:
        if leaves:
            self._list_keys(at, state)
            extend(at, self.key, state.size, so_far, leaves)
        at.execute(
            "INSERT INTO public.ledger_batch (number, first, count, upto, system_identifier)"
            " VALUES (%s, %s, %s, %s::xid8, %s)",
            [state.number + 1, state.size, len(leaves), str(upto), state.system_identifier],
        )

    def _list_keys(self, at: cursor, state: State) -> None:
        """A key that signs here for the first time joins the list, which nothing ever leaves."""
        for key in reversed(self.keys.trusted):
            at.execute(
                "INSERT INTO public.ledger_public_key (vkey, from_size) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [key.text, state.size],
            )


def extend(at: cursor, key: SigningKey, size: int, so_far: CompactRange, leaves: Sequence[bytes]) -> None:
    """Store the new nodes, check that the larger tree continues the smaller one, and sign it."""
    fresh: dict[Node, bytes] = {}
    old_root = so_far.root()
    so_far.kept = fresh.__setitem__
    for leaf in leaves:
        so_far.append(leaf)
    kept = [(node, hash) for node, hash in fresh.items() if stored_tree.is_kept(node)]
    if kept:
        at.execute(
            "INSERT INTO public.ledger_node (level, index, hash)"
            " SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])",
            [
                [node.level for node, _ in kept],
                [node.place for node, _ in kept],
                [Binary(hash) for _, hash in kept],
            ],
        )
    checkpoint = Checkpoint(key.name, so_far.end, so_far.root())
    proof = tree.consistency_proof(size, so_far.end, stored_tree.reader(at))
    if not tree.verify_consistency(size, old_root, checkpoint.size, checkpoint.root, proof):
        raise TreeDisagrees(f"the tree of {so_far.end} leaves does not continue the signed one of {size}")
    at.execute(
        "INSERT INTO public.ledger_checkpoint (size, root, note) VALUES (%s, %s, %s)",
        [checkpoint.size, Binary(checkpoint.root), str(checkpoint.sign(key))],
    )


def read_state(at: cursor) -> State:
    at.execute(
        "SELECT coalesce(last.number, 0), coalesce(last.first + last.count, 0), coalesce(last.upto::text, '0'),"
        " here.system_identifier, last.system_identifier FROM pg_control_system() AS here"
        " LEFT JOIN (SELECT * FROM public.ledger_batch ORDER BY number DESC LIMIT 1) AS last ON true"
    )
    number, size, upto, here, last = one(at)
    return State(number, size, int(upto), here, last)


def one(at: cursor) -> tuple[Any, ...]:
    """The one row that a statement gives."""
    row = at.fetchone()
    if row is None:
        raise LookupError("the database gave no row")
    return row


def _xmin(at: cursor) -> int:
    at.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
    return int(one(at)[0])
