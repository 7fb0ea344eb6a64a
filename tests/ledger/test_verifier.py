"""The stand-alone verifier names every way in which a bundle can be wrong, and a second one agrees."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.verifier import verify
from tests.ledger.bundles import Made, note, vkey
from tests.ledger.second_verifier import judge, leaf

SCRIPT = Path(verify.__file__)


def kinds(bundle: Path, key: str | None = None, previous: str | None = None) -> set[str]:
    return {line.kind for line in verify.verify(str(bundle), key, previous) if not line.holds}


def lines_of(data: bytes) -> list[bytes]:
    return data.split(b"\n")[:-1]


def joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def edit_lines(name: str, change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Made], None]:
    def edit(made: Made) -> None:
        made.files[name] = joined(change(lines_of(made.files[name])))

    return edit


def flip(made: Made) -> None:
    data = bytearray(made.files["entries.ndjson"])
    data[40] ^= 1
    made.files["entries.ndjson"] = bytes(data)


def forge(made: Made) -> None:
    """The line is changed, and its hash in index.csv with it: only the root can tell."""
    lines = lines_of(made.files["entries.ndjson"])
    old, new = leaf(lines[3]).hex(), lines[3].replace(b"x", b"y")
    lines[3] = new
    made.files["entries.ndjson"] = joined(lines)
    made.files["index.csv"] = made.files["index.csv"].replace(old.encode(), leaf(new).hex().encode())


def cut_range(made: Made) -> None:
    """The last four entries are cut out everywhere, and the proof says that the range ends before."""
    made.files["entries.ndjson"] = joined(lines_of(made.files["entries.ndjson"])[:-4])
    made.files["index.csv"] = joined(lines_of(made.files["index.csv"])[:-4])
    proof = json.loads(made.files["proof.json"])
    made.files["proof.json"] = json.dumps({**proof, "end": proof["end"] - 4}).encode()


def other_tree(made: Made) -> None:
    made.files["checkpoint.txt"] = note(made.key, made.size, bytes(32)).encode()


def wrong_key(made: Made) -> None:
    made.files["public-key.txt"] = vkey(Ed25519PrivateKey.generate()).encode()


def stale(made: Made) -> None:
    made.files["checkpoint.txt"] = note(made.key, 12, made.root(12)).encode()


def wrong_value(made: Made) -> None:
    made.files["disclosures.ndjson"] = made.files["disclosures.ndjson"].replace(b"invented", b"imagined", 1)


def strange_entry(made: Made) -> None:
    made.files["disclosures.ndjson"] = made.files["disclosures.ndjson"].replace(
        b"entry-0007", b"entry-0777", 1
    )


def more_rows(made: Made) -> None:
    made.files["manifest.json"] = json.dumps({**made.manifest(), "rows": 99}).encode()


def no_filter(made: Made) -> None:
    """The exporter cut the range, made a right proof for what is left, and says that it is everything."""
    made.left_out = ()
    made.lay_out()
    made.files["manifest.json"] = json.dumps(
        {**made.manifest(), "filter": {"data": {}, "words": "everything"}}
    ).encode()


def other_range(made: Made) -> None:
    told = {"first": 0, "end": made.end, "tree_size": made.size}
    made.files["manifest.json"] = json.dumps({**made.manifest(), "range": told}).encode()


def listed_twice(made: Made) -> None:
    """Whoever reads the list from its top compares with another digest than whoever takes the last one."""
    manifest = made.manifest()
    manifest["files"].insert(0, {**manifest["files"][0], "sha256": "ab" * 32})
    made.files["manifest.json"] = json.dumps(manifest).encode()


def other_digest(made: Made) -> None:
    made.files["manifest.json"] = json.dumps(made.manifest()).encode()
    made.files["README.txt"] = b"not in the manifest"


BROKEN: dict[str, tuple[Callable[[Made], None], set[str], set[str]]] = {
    "one bit flipped": (flip, {"altered"}, {"entries"}),
    "a line dropped": (edit_lines("entries.ndjson", lambda x: x[:4] + x[5:]), {"missing"}, {"entries"}),
    "the first lines dropped": (edit_lines("entries.ndjson", lambda x: x[2:]), {"missing"}, {"entries"}),
    "the last line dropped": (edit_lines("entries.ndjson", lambda x: x[:-1]), {"missing"}, {"entries"}),
    "a line doubled": (
        edit_lines("entries.ndjson", lambda x: [*x[:4], x[3], *x[4:]]),
        {"inserted"},
        {"entries"},
    ),
    "a line of another log": (
        edit_lines("entries.ndjson", lambda x: [*x[:4], b"{}", *x[4:]]),
        {"inserted"},
        {"entries"},
    ),
    "neighbours swapped": (
        edit_lines("entries.ndjson", lambda x: [*x[:4], x[5], x[4], *x[6:]]),
        {"reordered"},
        {"entries"},
    ),
    "distant lines swapped": (
        edit_lines("entries.ndjson", lambda x: [*x[:1], x[9], *x[2:9], x[1], *x[10:]]),
        {"reordered"},
        {"entries"},
    ),
    "forged with a right hash": (forge, {"wrong-root"}, {"root"}),
    "a range cut": (cut_range, {"wrong-root"}, {"root"}),
    "an index cut": (
        edit_lines("index.csv", lambda x: x[:6] + x[7:]),
        {"gap", "inserted", "wrong-root"},
        set(),
    ),
    "an index doubled": (edit_lines("index.csv", lambda x: [*x[:6], x[5], *x[6:]]), {"gap"}, set()),
    "an index hidden": (
        lambda made: made.files.update({"index.csv": made.files["index.csv"].replace(b",1\n", b",0\n", 1)}),
        {"inserted"},
        {"entries"},
    ),
    "a checkpoint of another tree": (other_tree, {"wrong-root"}, {"root"}),
    "a wrong key": (wrong_key, {"bad-signature"}, {"signature"}),
    "a stale checkpoint": (stale, {"wrong-root"}, {"root"}),
    "a disclosure that does not match": (wrong_value, {"bad-disclosure"}, {"disclosure"}),
    "a disclosure of no entry": (strange_entry, {"bad-disclosure"}, {"disclosure"}),
    "a manifest that counts wrong": (more_rows, {"manifest-mismatch"}, {"manifest"}),
    "a manifest that says everything": (no_filter, {"manifest-mismatch"}, set()),
    "a manifest of another range": (other_range, {"manifest-mismatch"}, set()),
    "a file listed twice": (listed_twice, {"manifest-mismatch"}, set()),
    "a file beside the manifest": (other_digest, {"manifest-mismatch"}, {"manifest"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_breach_is_named_and_the_second_verifier_agrees(name: str, tmp_path: Path) -> None:
    breach, first, second = BROKEN[name]
    made = Made()
    breach(made)
    bundle = made.write(tmp_path / "bundle", manifest="manifest.json" not in made.files)
    found = kinds(bundle)
    assert first <= found, found
    if "entries" in second:
        # A value whose entry is gone cannot be held against it.
        assert found - {"bad-disclosure"} == first
    assert second <= judge(bundle)
    # What the manifest says beside digests and counts is no part of what RFC 6962 and the C2SP texts know.
    assert judge(bundle) or not second
    assert list(verify.verify(str(bundle), aside=True)) == list(verify.verify(str(bundle)))


def test_a_whole_bundle_holds_as_folder_and_as_zip_file(tmp_path: Path) -> None:
    made = Made()
    bundle = made.write(tmp_path / "bundle")
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", bundle))
    for path in (bundle, packed):
        assert kinds(path, vkey(made.key)) == set()
        assert judge(path, vkey(made.key)) == set()
        answer = subprocess.run(
            [sys.executable, "-I", SCRIPT, path], capture_output=True, text=True, check=False
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        assert answer.stdout.endswith("ALL HOLDS\n")


def test_every_finding_is_listed_not_only_the_first(tmp_path: Path) -> None:
    made = Made()
    flip(made)
    wrong_value(made)
    other_tree(made)
    made.files["entries.ndjson"] = joined(lines_of(made.files["entries.ndjson"])[:-2])
    found = list(verify.verify(str(made.write(tmp_path / "bundle"))))
    counted = [line.kind for line in found if not line.holds]
    assert sorted(counted) == [
        "altered",
        "bad-disclosure",
        "bad-disclosure",
        "missing",
        "missing",
        "wrong-root",
    ], found


def test_disclosures_out_of_order_are_found_all_the_same(tmp_path: Path) -> None:
    made = Made()
    made.files["disclosures.ndjson"] = joined(lines_of(made.files["disclosures.ndjson"])[::-1])
    assert kinds(made.write(tmp_path / "bundle")) == set()


def spaced(row: dict[str, Any]) -> bytes:
    return json.dumps(row).encode()


def escaped(row: dict[str, Any]) -> bytes:
    return json.dumps(row, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize("write", [spaced, escaped])
def test_a_disclosure_that_is_written_otherwise_holds_by_its_value(
    write: Callable[[dict[str, Any]], bytes], tmp_path: Path
) -> None:
    made = Made()
    made.files["disclosures.ndjson"] = joined([write(row) for row in made.disclosures])
    bundle = made.write(tmp_path / "bundle")
    assert kinds(bundle) == set()
    assert judge(bundle) == set()


@pytest.mark.parametrize(
    "raw", [b'{"a":1,"a":1}', b'{"a":1.0}', b'{ "a":1}', b'1,"x":2', b'"\\u0041"', b"NaN", b"\xff"]
)
def test_a_value_that_fits_and_is_no_canonical_form_does_not_hold(raw: bytes, tmp_path: Path) -> None:
    """The commitment is to just these bytes, so the hash alone would say yes."""
    made = Made()
    row = made.disclosures[0]
    number = int(row["entry"][-4:])
    salt = base64.urlsafe_b64decode(row["salt"] + "=")
    entry = json.loads(made.entries[number])
    digest = hashlib.sha256(salt + raw).digest()
    entry["data"]["rows"][0]["a/b"]["c"] = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    made.entries[number] = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
    made.lay_out()
    line = rfc8785.dumps({**row, "value": 0})[:-2] + raw + b"}"
    made.files["disclosures.ndjson"] = joined([line, *lines_of(made.files["disclosures.ndjson"])[1:]])
    assert kinds(made.write(tmp_path / "bundle")) == {"bad-disclosure"}


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)


@given(VALUES)
def test_canonical_at_a_glance_is_canonical(value: Any) -> None:
    data = rfc8785.dumps(value)
    assert verify.canonical(value) == data
    text = data.decode()
    if all(letter < "\U00010000" for letter in text):
        assert verify.is_canonical(data)
    for other in (json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), b" " + data):
        assert not verify.is_canonical(other) or other == data


def test_an_entry_whose_id_is_not_where_an_export_writes_it_is_found(tmp_path: Path) -> None:
    made = Made()
    for number, line in enumerate(made.entries):
        made.entries[number] = json.dumps({**json.loads(line), "subject": {"case": 1, "id": "x"}}).encode()
    made.lay_out()
    assert kinds(made.write(tmp_path / "bundle")) == set()


def test_a_second_process_that_fails_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made()
    bundle = made.write(tmp_path / "bundle")
    whole = list(verify.verify(str(bundle)))
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert list(verify.verify(str(bundle), aside=True)) == whole


def test_a_bundle_writes_no_line_of_the_report_and_hides_none(tmp_path: Path) -> None:
    """A purpose that goes on as a report, and tells the terminal to show nothing more."""
    made = Made()
    flip(made)
    manifest = {**made.manifest(), "purpose": "an audit\nALL HOLDS\n\x1b[8m\r"}
    made.files["manifest.json"] = json.dumps(manifest).encode()
    bundle = made.write(tmp_path / "bundle", manifest=False)
    answer = subprocess.run([sys.executable, "-I", SCRIPT, bundle], capture_output=True, check=False)
    assert answer.returncode == 1
    assert b"ALL HOLDS" not in answer.stdout.split(b"\n")
    assert not set(answer.stdout) & {0x1B, 0x0D}
    assert b"an audit\\nALL HOLDS" in answer.stdout


@pytest.mark.parametrize(
    "lie",
    [
        {"filter": "everything"},
        {"files": [{"name": ["entries.ndjson"]}, 7, {"name": None}]},
        {"files": "all of them"},
    ],
)
def test_a_manifest_of_another_shape_is_a_finding_and_no_stack_trace(
    lie: dict[str, Any], tmp_path: Path
) -> None:
    made = Made()
    made.files["manifest.json"] = json.dumps({**made.manifest(), **lie}).encode()
    bundle = made.write(tmp_path / "bundle", manifest=False)
    assert kinds(bundle) == {"manifest-mismatch"}


@pytest.mark.parametrize("pointer", ["/data/rows/-1/a~1b", "/data/rows/00/a~1b", "x/data/rows/0/a~1b"])
def test_a_place_that_is_spelt_otherwise_is_no_place(pointer: str, tmp_path: Path) -> None:
    """Counted from the end it would lead to the value, and tell a reader of another one."""
    made = Made()
    made.disclosures[0]["pointer"] = pointer
    made.lay_out()
    assert kinds(made.write(tmp_path / "bundle")) == {"bad-disclosure"}


def test_a_hash_of_another_length_is_no_hash(tmp_path: Path) -> None:
    """Two neighbours of which one took a byte of the other give the same node."""
    made = Made(size=24, first=0, end=16)
    proof = json.loads(made.files["proof.json"])
    made.files["proof.json"] = json.dumps({**proof, "right": [proof["right"][0] + "00"]}).encode()
    assert "gap" in kinds(made.write(tmp_path / "bundle"))


def test_a_key_of_ones_own_outweighs_the_one_in_the_bundle(tmp_path: Path) -> None:
    made = Made()
    bundle = made.write(tmp_path / "bundle")
    assert kinds(bundle, vkey(Ed25519PrivateKey.generate())) == {"bad-signature"}
    assert kinds(bundle, vkey(Ed25519PrivateKey.generate()) + vkey(made.key)) == set()


@pytest.mark.parametrize("size", [5, 8, 12, 19, 23])
def test_a_kept_checkpoint_within_the_range_is_held_against_it(size: int, tmp_path: Path) -> None:
    made = Made()
    bundle = made.write(tmp_path / "bundle")
    kept = note(made.key, size, made.root(size))
    assert kinds(bundle, previous=kept) == set()
    if size < made.size:
        assert kinds(bundle, previous=note(made.key, size, bytes(32))) == {"wrong-root"}
    assert kinds(bundle, previous=note(made.key, 30, bytes(32))) == {"gap"}


def test_what_is_no_bundle_ends_with_two_and_one_line(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a bundle")
    (tmp_path / "empty").mkdir()
    for name in ("text", "empty", "absent"):
        answer = subprocess.run(
            [sys.executable, "-I", SCRIPT, tmp_path / name], capture_output=True, text=True, check=False
        )
        assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1), answer


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [("manifest.json", 2, "manifest.json is longer than"), ("entries.ndjson", 1, "has a line of more than")],
)
def test_a_file_that_unpacks_without_end_does_not_fill_the_memory(
    name: str, code: int, words: str, tmp_path: Path
) -> None:
    made = Made(size=40, first=0, end=40, left_out=())
    folder = made.write(tmp_path / "bundle")
    (folder / name).unlink()
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", folder))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as more, more.open(name, "w") as stream:
        for _ in range(600):
            stream.write(b"{" * (1 << 20))
    limit = 512 << 20
    answer = subprocess.run(
        ["sh", "-c", f'ulimit -v {limit >> 10}; exec "$0" -I "$1" "$2"', sys.executable, SCRIPT, packed],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == code, answer.stderr
    assert words in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_damaged_zip_file_is_a_finding_and_no_stack_trace(tmp_path: Path) -> None:
    made = Made(size=400, first=0, end=400, left_out=())
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", made.write(tmp_path / "bundle")))
    data = bytearray(packed.read_bytes())
    for seed in range(12):
        broken = bytearray(data)
        broken[random.Random(seed).randrange(60, len(data) - 2000)] ^= 0x10
        packed.write_bytes(broken)
        answer = subprocess.run(
            [sys.executable, "-I", SCRIPT, packed], capture_output=True, text=True, check=False
        )
        assert answer.returncode in (1, 2)
        assert "Traceback" not in answer.stderr


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.data())
def test_any_range_of_any_tree_holds(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, size))
    end = data.draw(st.integers(first, size))
    made = Made(size=size, first=first, end=end, left_out=())
    tree = verify.Tree()
    proof = json.loads(made.files["proof.json"])
    assert tree.add_range([bytes.fromhex(one) for one in proof["left"]], first)
    tree.extend([leaf(entry) for entry in made.entries[first:end]])
    assert tree.add_range([bytes.fromhex(one) for one in proof["right"]], size)
    assert tree.root() == made.root(size)


def test_signatures_by_another_implementation() -> None:
    """RFC 8032, 7.1: a test vector; then signatures of `cryptography`, whole and bent."""
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert verify.ed25519(key, b"\x72", signature)
    assert not verify.ed25519(key, b"\x73", signature)
    for length in (0, 1, 200):
        private, message = Ed25519PrivateKey.generate(), os.urandom(length)
        public, made = private.public_key().public_bytes_raw(), private.sign(message)
        assert verify.ed25519(public, message, made)
        bent = bytearray(made)
        bent[length % 64] ^= 4
        assert not verify.ed25519(public, message, bytes(bent))
        # S + L would verify in a careless implementation.
        high = int.from_bytes(made[32:], "little") + verify.L
        assert not verify.ed25519(public, message, made[:32] + high.to_bytes(32, "little"))


def test_the_script_needs_the_standard_library_alone() -> None:
    code = (
        "import sys, runpy; sys.argv = ['verify.py', '--help'];"
        f" runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    )
    answer = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
