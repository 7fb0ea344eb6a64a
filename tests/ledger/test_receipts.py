"""A receipt proves that an entry existed without telling what it says, and a later copy is held against it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ledger import receipts
from ledger.findings import FindingKind
from ledger.ids import new_id
from ledger.models import Entry
from ledger.note_keys import COSIGNATURE, SigningKey
from ledger.notes import Note
from tests.ledger.samples import change, read, written
from tests.ledger.sealing import seal
from tests.support.cluster import KEYS, Cluster

pytestmark = pytest.mark.resilience
WITNESS = SigningKey("witness.example/w1", b"\x02" * 32, COSIGNATURE)


@pytest.fixture
def entry(cluster: Cluster) -> Entry:
    [made] = written(change(new_id(), note="Ana Invented"))
    for _ in range(20):
        written(read())
    seal()
    return made


def kinds(checked: receipts.Checked) -> list[FindingKind]:
    return [finding.kind for finding in checked.findings]


def test_a_receipt_holds_and_tells_no_content(entry: Entry) -> None:
    made = receipts.receipt(entry.id)
    assert set(made) == receipts.MEMBERS
    text = json.dumps(made)
    assert "Ana" not in text
    assert str(entry.case_id) not in text
    checked = receipts.check(json.loads(text), KEYS.trusted)
    assert (checked.holds, checked.content_fits, checked.seen_at) == (True, None, None)
    assert (checked.index, checked.checkpoint.size) == (0, 21)


def test_a_copy_is_the_one_that_was_recorded_or_it_is_not(entry: Entry) -> None:
    made = receipts.receipt(entry.id)
    copy = bytes(entry.bytes)
    assert receipts.check(made, KEYS.trusted, copy).content_fits is True
    forged = receipts.check(made, KEYS.trusted, copy.replace(b'"number":1', b'"number":2'))
    assert forged.content_fits is False
    assert kinds(forged) == [FindingKind.ALTERED]


def test_a_witness_tells_since_when(entry: Entry) -> None:
    made = receipts.receipt(entry.id)
    note = Note.parse(made["checkpoint"])
    made["checkpoint"] = str(note.signed(WITNESS.sign(note.text, 1_700_000_000)))
    assert receipts.check(made, [*KEYS.trusted, WITNESS.public]).seen_at == 1_700_000_000
    assert receipts.check(made, KEYS.trusted).seen_at is None


@pytest.mark.parametrize(
    ("member", "value", "kind"),
    [
        ("index", 1, FindingKind.WRONG_ROOT),
        ("index", 99, FindingKind.WRONG_ROOT),
        ("leaf_hash", "00" * 32, FindingKind.WRONG_ROOT),
        ("proof", [], FindingKind.WRONG_ROOT),
        ("tree_size", 22, FindingKind.ALTERED),
    ],
)
def test_a_receipt_that_was_changed_does_not_hold(
    entry: Entry, member: str, value: Any, kind: FindingKind
) -> None:
    made = receipts.receipt(entry.id)
    made[member] = value
    assert kind in kinds(receipts.check(made, KEYS.trusted))


def test_a_receipt_of_a_stranger_does_not_hold(entry: Entry) -> None:
    made = receipts.receipt(entry.id)
    stranger = SigningKey.generate("totality.example/log").public
    assert kinds(receipts.check(made, [stranger])) == [FindingKind.BAD_SIGNATURE]


@pytest.mark.parametrize(
    "data", [None, [], "text", {}, {"format": "decision-receipt/1"}, {"format": "decision-receipt/2"}]
)
def test_what_is_no_receipt_is_said(data: Any) -> None:
    with pytest.raises(receipts.NoReceipt):
        receipts.check(data, KEYS.trusted)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("index", "0"),
        ("index", True),
        ("proof", "00"),
        ("proof", ["zz"]),
        ("proof", ["00"] * 65),
        ("checkpoint", 1),
        ("checkpoint", "no note"),
        ("entry_id", "x"),
        ("leaf_hash", None),
    ],
)
def test_a_member_that_cannot_be_read_is_said(entry: Entry, member: str, value: Any) -> None:
    made = receipts.receipt(entry.id)
    made[member] = value
    with pytest.raises(receipts.NoReceipt):
        receipts.check(made, KEYS.trusted)


def test_an_entry_that_is_not_sealed_has_none(entry: Entry) -> None:
    [late] = written(read())
    with pytest.raises(receipts.NotSealed):
        receipts.receipt(late.id)


def test_the_command_writes_it(entry: Entry, cluster: Cluster, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    code, out, error = cluster.manage("receipt", str(entry.id), "--out", str(file))
    assert (code, error) == (0, "")
    assert "is leaf 0 of 21" in out
    assert receipts.check(json.loads(file.read_text()), KEYS.trusted, bytes(entry.bytes)).holds
    code, _, error = cluster.manage("receipt", str(new_id()), "--out", str(file))
    assert (code, len(error.splitlines())) == (1, 1)
