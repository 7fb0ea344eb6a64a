"""`verify_log`: whatever somebody with every right does to the tables is named, classified, and hides nothing else."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from ledger import tree
from ledger.erasing import Authority, erase_disclosure
from ledger.findings import Finding, FindingKind
from ledger.ids import new_id
from ledger.models import Entry
from ledger.note_keys import SigningKey
from ledger.notes import Checkpoint
from ledger.sealing.folder import Folder
from ledger.verifying.report import verify
from tests.ledger.samples import ACTOR, change, read, written
from tests.ledger.sealing import rows, seal, sealed_ids, sealer
from tests.support.cluster import KEYS, ORIGIN, Cluster

pytestmark = pytest.mark.resilience
CASE = uuid.UUID("018f2c3e-0000-7000-8000-000000000001")


def found(folder: Path | None = None) -> list[Finding]:
    told: list[Finding] = []
    report = verify(KEYS.trusted, ORIGIN, told.append, folder)
    assert report.findings == len(told)
    return told


def kinds(folder: Path | None = None) -> list[FindingKind]:
    return sorted({finding.kind for finding in found(folder)})


def about(kind: FindingKind) -> list[str]:
    return [f"{finding.where}: {finding.words}" for finding in found() if finding.kind is kind]


@pytest.fixture
def log(cluster: Cluster) -> Cluster:
    """Fifty sealed entries in three seals; ten of them are changes of one case, with a value each."""
    with sealer() as one:
        for step in (4, 30, 16):
            for number in range(step):
                written(change(CASE, number=number, note="a name") if number % 5 == 0 else read())
            while one.seal() or one.is_walking:
                pass
    return cluster


@pytest.fixture
def open_end(log: Cluster) -> Cluster:
    """And four changes of the case that are not sealed yet."""
    for number in range(4):
        written(change(CASE, number=number))
    return log


def entry_at(cluster: Cluster, index: int) -> uuid.UUID:
    return sealed_ids(cluster)[index]


def unsealed(cluster: Cluster) -> list[str]:
    return [
        str(id)
        for (id,) in rows(
            cluster,
            "SELECT id FROM ledger_entry WHERE id NOT IN (SELECT entry_id FROM ledger_leaf) ORDER BY id",
        )
    ]


def test_an_honest_log_holds(open_end: Cluster) -> None:
    report = verify(KEYS.trusted, ORIGIN, lambda finding: pytest.fail(str(finding)))
    assert report.checked == {
        "entries": 54,
        "unsealed": 4,
        "disclosures": 11,
        "erased": 0,
        "cases": 1,
        "leaves": 50,
        "batches": 4,
        "checkpoints": 3,
        "published_checkpoints": 0,
        "frozen_months": 0,
    }


def test_one_bit_of_a_sealed_entry(log: Cluster) -> None:
    id = entry_at(log, 20)
    log.tamper(
        f"UPDATE ledger_entry SET bytes = set_byte(bytes, 9, get_byte(bytes, 9) # 1) WHERE id = '{id}'"
    )
    assert any(f"index 20, entry {id}" in text for text in about(FindingKind.ALTERED))


def test_a_sealed_entry_with_the_hash_and_the_leaf_made_to_fit(log: Cluster) -> None:
    """The owner knows how it all works, up to the nodes of the tree."""
    id = entry_at(log, 20)
    log.tamper(
        f"UPDATE ledger_entry SET bytes = ' '::bytea || bytes WHERE id = '{id}'",
        f"UPDATE ledger_entry SET leaf_hash = sha256('\\x00'::bytea || bytes) WHERE id = '{id}'",
        "UPDATE ledger_leaf SET leaf_hash = e.leaf_hash FROM ledger_entry e WHERE e.id = entry_id AND index = 20",
    )
    assert "indexes 16 to 31: they do not give the node" in about(FindingKind.ALTERED)[0]
    leaves = [bytes(hash) for (hash,) in rows(log, "SELECT leaf_hash FROM ledger_leaf ORDER BY index")]
    log.tamper(
        "UPDATE ledger_node SET hash = %s WHERE level = 4 AND index = 1",
        parameters=[tree.root(leaves[16:32])],
    )
    assert [text.partition(":")[0] for text in about(FindingKind.WRONG_ROOT)] == [
        "checkpoint of 34",
        "after 4 leaves",
    ]


def test_a_sealed_entry_that_was_deleted(log: Cluster) -> None:
    id = entry_at(log, 21)
    log.tamper(f"DELETE FROM ledger_entry WHERE id = '{id}'")
    assert about(FindingKind.MISSING) == [f"index 21: the entry {id} was sealed and is gone"]


def test_a_sealed_entry_that_was_deleted_with_its_leaf(log: Cluster) -> None:
    id = entry_at(log, 21)
    log.tamper(f"DELETE FROM ledger_entry WHERE id = '{id}'", "DELETE FROM ledger_leaf WHERE index = 21")
    assert about(FindingKind.GAP) == ["index 21: the indexes 21 to 21 are missing from the tree"]
    # What comes after the gap is still held against what was signed.
    other = entry_at_past_gap(log, 40)
    log.tamper(f"UPDATE ledger_entry SET bytes = bytes || ' '::bytea WHERE id = '{other}'")
    assert any(f"index 40, entry {other}" in text for text in about(FindingKind.ALTERED))


def entry_at_past_gap(cluster: Cluster, index: int) -> uuid.UUID:
    [(id,)] = rows(cluster, "SELECT entry_id FROM ledger_leaf WHERE index = %s", index)
    return uuid.UUID(str(id))


def test_a_gap_that_was_closed_up(log: Cluster) -> None:
    """The leaves after a deleted one move down by one place each."""
    id = entry_at(log, 21)
    log.tamper(
        f"DELETE FROM ledger_entry WHERE id = '{id}'",
        "DELETE FROM ledger_leaf WHERE index = 21",
        "UPDATE ledger_leaf SET index = index + 1000 WHERE index > 21",
        "UPDATE ledger_leaf SET index = index - 1001 WHERE index > 999",
    )
    told = found()
    assert {FindingKind.ALTERED, FindingKind.MISSING} <= {finding.kind for finding in told}
    assert any("50 leaves were signed, and there are 49" in finding.words for finding in told)


def test_the_end_of_the_log_cut_off_with_its_checkpoint(log: Cluster, tmp_path: Path) -> None:
    """Only what left the machine tells that there was more."""
    folder = Folder(tmp_path)
    [(note,)] = rows(log, "SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1")
    folder.write(50, note)
    assert kinds(tmp_path) == []
    log.tamper(
        "DELETE FROM ledger_case_link WHERE entry_id IN (SELECT entry_id FROM ledger_leaf WHERE index >= 34)",
        "DELETE FROM ledger_disclosure WHERE entry_id IN (SELECT entry_id FROM ledger_leaf WHERE index >= 34)",
        "DELETE FROM ledger_entry WHERE id IN (SELECT entry_id FROM ledger_leaf WHERE index >= 34)",
        "DELETE FROM ledger_leaf WHERE index >= 34",
        "DELETE FROM ledger_checkpoint WHERE size = 50",
        "DELETE FROM ledger_node WHERE level = 4 AND index = 2",
        "DELETE FROM ledger_batch WHERE first = 34",
    )
    assert kinds() == []
    told = found(tmp_path)
    assert [finding.kind for finding in told] == [FindingKind.MISSING]
    assert "50 leaves were signed, and there are 34" in told[0].words


@pytest.mark.parametrize(("one", "other"), [(17, 18), (20, 29), (35, 49)])
def test_two_leaves_that_changed_places(log: Cluster, one: int, other: int) -> None:
    log.tamper(
        f"UPDATE ledger_leaf SET index = 99999 WHERE index = {one}",
        f"UPDATE ledger_leaf SET index = {one} WHERE index = {other}",
        f"UPDATE ledger_leaf SET index = {other} WHERE index = 99999",
    )
    assert FindingKind.REORDERED in kinds()
    if other < 48:
        assert f"index {one} and index {other}: these two have changed places" in " ".join(
            about(FindingKind.REORDERED)
        )


def test_an_entry_slipped_in_as_if_it_had_been_there(log: Cluster) -> None:
    """With a right hash and an old transaction id."""
    written(read())
    [forged] = unsealed(log)
    log.tamper(f"UPDATE ledger_entry SET tx_id = '5' WHERE id = '{forged}'")
    assert about(FindingKind.INSERTED) == [
        f"entry {forged}: it has no place in the tree, though everything written up to then was sealed"
    ]


def test_a_leaf_slipped_in_at_the_end(log: Cluster) -> None:
    written(read())
    [forged] = unsealed(log)
    log.tamper(
        f"INSERT INTO ledger_leaf SELECT 50, id, leaf_hash FROM ledger_entry WHERE id = '{forged}'",
    )
    assert about(FindingKind.INSERTED) == ["index 50: no seal of the log has given this index"]


def test_an_unsealed_change_altered_in_the_middle_of_its_case(open_end: Cluster) -> None:
    victim = unsealed(open_end)[1]
    open_end.tamper(
        f"UPDATE ledger_entry SET bytes = replace(convert_from(bytes, 'UTF8'), '\"number\":1', '\"number\":9')::bytea"
        f" WHERE id = '{victim}'",
        f"UPDATE ledger_entry SET leaf_hash = sha256('\\x00'::bytea || bytes) WHERE id = '{victim}'",
    )
    told = found()
    assert [finding.kind for finding in told] == [FindingKind.ALTERED]
    assert f"case {CASE}, number 13" in told[0].where
    assert victim in told[0].words


def test_an_unsealed_change_deleted_from_the_middle_of_its_case(open_end: Cluster) -> None:
    victim = unsealed(open_end)[1]
    open_end.tamper(f"DELETE FROM ledger_entry WHERE id = '{victim}'")
    told = found()
    assert [finding.kind for finding in told] == [FindingKind.MISSING]
    assert victim in told[0].words
    open_end.tamper(f"DELETE FROM ledger_case_link WHERE entry_id = '{victim}'")
    told = found()
    assert [finding.kind for finding in told] == [FindingKind.GAP]
    assert "the numbers 13 to 13 of the case are missing" in told[0].words


def test_a_number_taken_away_from_a_change(open_end: Cluster) -> None:
    victim = unsealed(open_end)[-1]
    open_end.tamper(f"DELETE FROM ledger_case_link WHERE entry_id = '{victim}'")
    assert about(FindingKind.INSERTED) == [
        f"entry {victim}: a change of the case {CASE} without a number in it"
    ]


def test_a_column_that_says_something_else_than_the_bytes(log: Cluster) -> None:
    id = entry_at(log, 3)
    log.tamper(f"UPDATE ledger_entry SET actor_name = 'Somebody Else' WHERE id = '{id}'")
    assert "“Somebody Else”" in about(FindingKind.ALTERED)[0]


def test_a_value_that_is_not_the_committed_one(log: Cluster) -> None:
    id = entry_at(log, 0)
    log.tamper(f"UPDATE ledger_disclosure SET value_bytes = '\"another name\"' WHERE entry_id = '{id}'")
    assert about(FindingKind.BAD_DISCLOSURE) == [
        f"entry {id}: the value for /data/note is not the committed one"
    ]


def test_a_value_that_was_taken_away_without_an_order(log: Cluster) -> None:
    id = entry_at(log, 0)
    log.tamper(f"DELETE FROM ledger_disclosure WHERE entry_id = '{id}'")
    assert "no entry tells of an order to erase it" in about(FindingKind.BAD_DISCLOSURE)[0]


def test_a_value_that_was_erased_by_order_is_counted_and_breaks_nothing(log: Cluster) -> None:
    entry = Entry.objects.get(id=entry_at(log, 0))
    erase_disclosure(
        actor=ACTOR, entry=entry, pointer="/data/note", authority=Authority.COURT, order="24-1234"
    )
    seal()
    report = verify(KEYS.trusted, ORIGIN, lambda finding: pytest.fail(str(finding)))
    assert (report.rows.erased, report.leaves) == (1, 51)


def test_a_value_for_an_entry_that_is_not_there(log: Cluster) -> None:
    log.tamper(
        f"INSERT INTO ledger_disclosure VALUES ('{new_id()}', '/data/note', sha256('salt'), 'null')",
    )
    assert "no such entry" in about(FindingKind.BAD_DISCLOSURE)[0]


def test_a_checkpoint_of_another_tree(log: Cluster) -> None:
    forged = Checkpoint(ORIGIN, 34, tree.leaf_hash(b"another tree"))
    log.tamper(
        "UPDATE ledger_checkpoint SET note = %s WHERE size = 34", parameters=[str(forged.sign(KEYS.signing))]
    )
    assert kinds() == [FindingKind.ALTERED, FindingKind.WRONG_ROOT]
    log.tamper("UPDATE ledger_checkpoint SET root = %s WHERE size = 34", parameters=[forged.root])
    assert kinds() == [FindingKind.WRONG_ROOT]


def test_a_checkpoint_signed_by_another_key(log: Cluster) -> None:
    [(root,)] = rows(log, "SELECT root FROM ledger_checkpoint WHERE size = 34")
    forged = Checkpoint(ORIGIN, 34, bytes(root)).sign(SigningKey.generate(ORIGIN))
    log.tamper("UPDATE ledger_checkpoint SET note = %s WHERE size = 34", parameters=[str(forged)])
    assert kinds() == [FindingKind.BAD_SIGNATURE]


def test_a_checkpoint_that_was_taken_away(log: Cluster) -> None:
    log.tamper("DELETE FROM ledger_checkpoint WHERE size = 34")
    assert about(FindingKind.MISSING) == ["seal 3: the checkpoint of 34 leaves that it made is gone"]


def test_a_node_that_is_not_that_of_its_leaves(cluster: Cluster) -> None:
    for _ in range(6):
        written(*(read() for _ in range(50)))
    seal()
    cluster.tamper("UPDATE ledger_node SET hash = sha256('x') WHERE level = 8 AND index = 0")
    assert about(FindingKind.WRONG_ROOT) == ["node 8/0: the stored node is not the one that the leaves give"]


def test_a_seal_that_was_taken_away(log: Cluster) -> None:
    log.tamper("DELETE FROM ledger_batch WHERE first = 4")
    assert FindingKind.GAP in kinds()


def test_every_break_is_listed_not_the_first_alone(open_end: Cluster) -> None:
    one, other = entry_at(open_end, 5), entry_at(open_end, 40)
    victim = unsealed(open_end)[1]
    open_end.tamper(
        f"UPDATE ledger_entry SET bytes = bytes || ' '::bytea WHERE id IN ('{one}', '{other}')",
        f"DELETE FROM ledger_entry WHERE id = '{victim}'",
        f"UPDATE ledger_disclosure SET value_bytes = 'null' WHERE entry_id = '{entry_at(open_end, 0)}'",
        "DELETE FROM ledger_checkpoint WHERE size = 4",
    )
    text = "\n".join(map(str, found()))
    for expected in (str(one), str(other), victim, "bad-disclosure", "checkpoint of 4 leaves"):
        assert expected in text


def test_the_command_says_it_in_words_and_as_data(log: Cluster, tmp_path: Path) -> None:
    code, out, _ = log.manage("verify_log")
    assert (code, "Everything that was looked at holds." in out) == (0, True)
    assert "The keys came from the database itself" in out
    log.tamper(f"DELETE FROM ledger_entry WHERE id = '{entry_at(log, 21)}'")
    keys = tmp_path / "keys.txt"
    keys.write_text(KEYS.signing.public.text + "\n")
    code, out, _ = log.manage("verify_log", "--json", "--key", str(keys))
    said = json.loads(out)
    assert (code, said["holds"], said["keys_from"]) == (1, False, "file")
    assert [finding["kind"] for finding in said["findings"]] == ["missing"]
    assert said["checked"]["leaves"] == 50
    code, out, error = log.manage("verify_log", "--key", str(tmp_path / "none"))
    assert (code, out, len(error.splitlines())) == (2, "", 1)
