"""The witness remembers, and signs only what continues what it remembers."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import tree
from ledger.note_keys import COSIGNATURE, NoteError, SigningKey
from ledger.notes import Checkpoint
from ledger.witness import OtherSize, Refused, Request, Witness
from tests.ledger.test_tree import Grown

LOG = SigningKey("totality.example/log", b"\x01" * 32)
KEY = SigningKey("witness.example/w1", b"\x02" * 32, COSIGNATURE)
TREE = Grown([tree.leaf_hash(b"%d" % number) for number in range(40)])
OTHER = Grown([tree.leaf_hash(b"another %d" % number) for number in range(40)])


def request(old: int, new: int, grown: Grown = TREE, key: SigningKey = LOG) -> Request:
    checkpoint = Checkpoint(LOG.name, new, grown.roots[new])
    return Request(old, tree.consistency_proof(old, new, grown.read), str(checkpoint.sign(key)))


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(KEY, [LOG.public], tmp_path / "seen.json")


def test_it_signs_what_continues(witness: Witness) -> None:
    for old, new in [(0, 5), (5, 5), (5, 16), (16, 40)]:
        asked = request(old, new)
        assert Request.parse(str(asked)) == asked
        signature = witness.add_checkpoint(asked, now=1_700_000_000 + new)
        assert signature.time == 1_700_000_000 + new
        assert signature.holds(KEY.public, Checkpoint(LOG.name, new, TREE.roots[new]).text)


def test_it_says_which_size_it_remembers(witness: Witness, tmp_path: Path) -> None:
    witness.add_checkpoint(request(0, 16))
    for old in (0, 5, 17):
        with pytest.raises(OtherSize) as other:
            Witness(KEY, [LOG.public], tmp_path / "seen.json").add_checkpoint(request(old, 20))
        assert other.value.size == 16


@pytest.mark.parametrize("new", [16, 17, 40])
def test_it_refuses_another_history(witness: Witness, new: int) -> None:
    witness.add_checkpoint(request(0, 16))
    with pytest.raises(Refused, match="does not continue"):
        witness.add_checkpoint(request(16, new, OTHER))
    # And still signs the true one.
    witness.add_checkpoint(request(16, new))


def test_it_refuses_an_older_state(witness: Witness) -> None:
    witness.add_checkpoint(request(0, 16))
    older = Request(16, [], request(0, 5).note)
    with pytest.raises(Refused, match="smaller"):
        witness.add_checkpoint(older)


def test_it_refuses_another_key(witness: Witness) -> None:
    with pytest.raises(Refused, match="trusted"):
        witness.add_checkpoint(request(0, 5, key=SigningKey.generate(LOG.name)))


def test_it_needs_a_key_of_its_own_kind(tmp_path: Path) -> None:
    with pytest.raises(NoteError):
        Witness(LOG, [LOG.public], tmp_path / "seen.json")


@pytest.mark.parametrize(
    "text", ["", "new 5\n\nnote", "old x\n\nnote", "old 5\nnonsense!\n\nnote", "old -1\n\nnote"]
)
def test_what_is_no_request_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        Request.parse(text)
