"""The tree against the vectors of certificate transparency, and every proof of small trees against the definition."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import tree
from ledger.tree import CompactRange, Node

# The eight leaves, the roots of their first n, and proofs, as the reference implementations of RFC 6962 test them.
DATA = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# (index, size) to the audit path.
PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
# (old size, new size) to the proof.
CONSISTENT = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


class Grown:
    """A tree in memory with every node that was ever complete, and its root at every size."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.nodes: dict[Node, bytes] = {}
        range = CompactRange(kept=self.nodes.__setitem__)
        self.roots = [range.root()]
        for leaf in leaves:
            range.append(leaf)
            self.roots.append(range.root())

    def read(self, nodes: Sequence[Node]) -> list[bytes]:
        return [self.nodes[node] for node in nodes]


def small(size: int) -> Grown:
    return Grown([tree.leaf_hash(b"%d" % number) for number in range(size)])


def plainly(leaves: list[bytes]) -> bytes:
    """The root by the letter of RFC 6962, section 2.1."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + plainly(leaves[:split]) + plainly(leaves[split:])).digest()


KNOWN = Grown([tree.leaf_hash(data) for data in DATA])


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size: int) -> None:
    assert tree.root(map(tree.leaf_hash, DATA[:size])).hex() == ROOTS[size] == KNOWN.roots[size].hex()


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_known_audit_paths(index: int, size: int) -> None:
    proof = tree.inclusion_proof(index, size, KNOWN.read)
    assert [hash.hex() for hash in proof] == PATHS[index, size]
    assert tree.verify_inclusion(tree.leaf_hash(DATA[index]), index, size, proof, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new"), CONSISTENT)
def test_known_consistency_proofs(old: int, new: int) -> None:
    proof = tree.consistency_proof(old, new, KNOWN.read)
    assert [hash.hex() for hash in proof] == CONSISTENT[old, new]
    assert tree.verify_consistency(old, KNOWN.roots[old], new, KNOWN.roots[new], proof)


def test_every_size_and_index_of_small_trees() -> None:
    leaves = [tree.leaf_hash(b"%d" % number) for number in range(40)]
    grown = Grown(leaves)
    for size in range(41):
        assert grown.roots[size] == plainly(leaves[:size])
        for index in range(size):
            proof = tree.inclusion_proof(index, size, grown.read)
            assert tree.verify_inclusion(leaves[index], index, size, proof, grown.roots[size])
        for old in range(size + 1):
            proof = tree.consistency_proof(old, size, grown.read)
            assert tree.verify_consistency(old, grown.roots[old], size, grown.roots[size], proof)


@given(st.integers(1, 300), st.data())
def test_a_proof_proves_nothing_else(size: int, data: st.DataObject) -> None:
    grown = small(size)
    index = data.draw(st.integers(0, size - 1))
    leaf, root = grown.nodes[Node(0, index)], grown.roots[size]
    proof = tree.inclusion_proof(index, size, grown.read)
    assert not tree.verify_inclusion(leaf, size, size, proof, root)
    assert not tree.verify_inclusion(leaf, -1, size, proof, root)
    assert not tree.verify_inclusion(tree.leaf_hash(b"another"), index, size, proof, root)
    assert not tree.verify_inclusion(leaf, index, size, [*proof, root], root)
    if proof:
        other = data.draw(st.integers(0, size - 1).filter(lambda other: other != index))
        assert not tree.verify_inclusion(leaf, other, size, proof, root)
        assert not tree.verify_inclusion(leaf, index, size, proof[:-1], root)
        flipped = data.draw(st.integers(0, len(proof) - 1))
        wrong = [bytes([hash[0] ^ 1]) + hash[1:] if at == flipped else hash for at, hash in enumerate(proof)]
        assert not tree.verify_inclusion(leaf, index, size, wrong, root)


@given(st.integers(2, 300), st.data())
def test_a_tree_that_was_changed_is_not_consistent(size: int, data: st.DataObject) -> None:
    grown = small(size)
    old = data.draw(st.integers(1, size - 1))
    proof = tree.consistency_proof(old, size, grown.read)
    another = tree.leaf_hash(b"another")
    assert not tree.verify_consistency(old, another, size, grown.roots[size], proof)
    assert not tree.verify_consistency(old, grown.roots[old], size, another, proof)
    assert not tree.verify_consistency(size, grown.roots[size], old, grown.roots[old], proof)
    assert not tree.verify_consistency(old, grown.roots[old], size, grown.roots[size], proof[:-1])
    assert not tree.verify_consistency(old, grown.roots[old], size, grown.roots[size], [*proof, another])


def test_a_shorter_or_equal_tree_needs_no_proof_and_takes_none() -> None:
    grown = small(5)
    assert tree.verify_consistency(5, grown.roots[5], 5, grown.roots[5], [])
    assert not tree.verify_consistency(5, grown.roots[5], 5, grown.roots[4], [])
    assert not tree.verify_consistency(5, grown.roots[5], 5, grown.roots[5], [grown.roots[5]])
    assert tree.verify_consistency(0, tree.EMPTY_ROOT, 5, grown.roots[5], [])
    assert not tree.verify_consistency(0, grown.roots[1], 5, grown.roots[5], [])
    with pytest.raises(ValueError):
        tree.consistency_proof(6, 5, grown.read)
    with pytest.raises(ValueError):
        tree.inclusion_proof(5, 5, grown.read)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_three_ranges_merge_into_the_root(first: int, count: int, rest: int) -> None:
    """What ties an exported run of leaves to the checkpoint."""
    grown = small(first + count + rest)
    size = first + count + rest
    whole = tree.compact_range(0, first, grown.read)
    middle = CompactRange(first)
    for index in range(first, first + count):
        middle.append(grown.nodes[Node(0, index)])
    assert middle.hashes == tree.compact_range(first, first + count, grown.read).hashes
    whole.merge(middle)
    whole.merge(tree.compact_range(first + count, size, grown.read))
    assert (whole.root(), whole.end) == (grown.roots[size], size)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_range_is_covered_by_few_aligned_nodes_without_gaps(first: int, count: int) -> None:
    nodes = tree.cover(first, first + count)
    assert [node.first for node in nodes] + [first + count] == [first] + [node.end for node in nodes]
    assert len(nodes) <= 2 * max(1, count.bit_length())


def test_ranges_that_do_not_meet_do_not_merge() -> None:
    with pytest.raises(ValueError, match="does not follow"):
        CompactRange(0).merge(CompactRange(3))
    with pytest.raises(ValueError, match="begins at 0"):
        CompactRange(3).root()
    with pytest.raises(ValueError, match="has 1 hashes"):
        CompactRange(0, 4, [])
