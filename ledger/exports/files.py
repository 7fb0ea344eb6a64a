"""The files of the log itself: entries, disclosures, index, checkpoint, proof, keys. All straight from stored bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import StrEnum

from ledger import proofs
from ledger.exports import registry
from ledger.exports.copying import Sink, copy, pieces
from ledger.exports.plan import CannotExport, Plan

Progress = Callable[[int], None]
"""Is told after each piece how many indexes of it are done; may raise to stop the export."""


class Values(StrEnum):
    """Which values beside the entries go along."""

    NONE = "none"
    OPEN = "open"
    ALL = "all"


FROM = "FROM public.ledger_leaf leaf JOIN public.ledger_entry e ON e.id = leaf.entry_id"
PIECE = "leaf.index >= %(low)s AND leaf.index < %(high)s"
ORDER = "ORDER BY leaf.index"
VALUE_LINE = """'{"entry":"' || e.id || '","pointer":' || to_json(d.pointer) || ',"salt":"'
    || rtrim(translate(encode(d.salt, 'base64'), '+/', '-_'), '=')
    || '","value":' || convert_from(d.value_bytes, 'UTF8') || '}'"""


def entries(plan: Plan, sink: Sink, progress: Progress) -> None:
    """One entry's bytes a line, in order of the index."""
    select = f"SELECT convert_from(e.bytes, 'UTF8') {FROM} WHERE {PIECE} AND {plan.condition} {ORDER}"
    _copied(plan, select, sink, progress)


def index(plan: Plan, sink: Sink, progress: Progress) -> None:
    """Every leaf of the run; an entry that the filter leaves out is its hash and nothing else."""
    sink.write(b"index,leaf_hash,included\n")
    if plan.rows == plan.end - plan.first:
        mark, source = "1", "FROM public.ledger_leaf leaf"
    else:
        mark, source = f"CASE WHEN {plan.condition} THEN 1 ELSE 0 END", FROM
    select = f"SELECT leaf.index || ',' || encode(leaf.leaf_hash, 'hex') || ',' || {mark}"
    _copied(plan, f"{select} {source} WHERE {PIECE} {ORDER}", sink, progress)


def disclosures(plan: Plan, values: Values, sink: Sink, progress: Progress) -> None:
    """What opens the commitments in those entries, as far as this reader may see it."""
    if values is Values.NONE:
        progress(plan.end - plan.first)
        return
    shown = "true" if values is Values.ALL else registry.open_entries()
    select = (
        f"SELECT {VALUE_LINE} {FROM} JOIN public.ledger_disclosure d ON d.entry_id = e.id"
        f" WHERE {PIECE} AND {plan.condition} AND ({shown}) {ORDER}, d.pointer"
    )
    _copied(plan, select, sink, progress)


def _copied(plan: Plan, select: str, sink: Sink, progress: Progress) -> None:
    for low, high in pieces(plan.first, plan.end):
        copy(select, {**plan.parameters, "low": low, "high": high}, sink)
        progress(high - low)


def proof(plan: Plan) -> bytes:
    """What ties the run to the checkpoint."""
    around = proofs.around(plan.first, plan.end, plan.signed.size)
    return _json(
        {
            "first": around.first,
            "end": around.end,
            "tree_size": around.tree_size,
            "left": [hash.hex() for hash in around.left],
            "right": [hash.hex() for hash in around.right],
        }
    )


def consistency(plan: Plan, since: int) -> bytes:
    """That the log of this checkpoint begins with its first `since` entries. Raises `CannotExport`."""
    if not 0 < since <= plan.signed.size:
        raise CannotExport(
            f"The log has {plan.signed.size} sealed entries, so nothing can be shown about its first {since}."
            " Give the size that stands in the second line of the checkpoint that was kept."
        )
    hashes = proofs.consistency(since, plan.signed.size)
    return _json({"old_size": since, "new_size": plan.signed.size, "proof": [hash.hex() for hash in hashes]})


def public_keys() -> bytes:
    """The log's keys, the current one first."""
    return "".join(f"{key.text}\n" for key in proofs.public_keys()).encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1) + "\n").encode()
