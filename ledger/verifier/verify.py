#!/usr/bin/env python3
"""Check an export of the decision log without the system that wrote it.

    python3 verify.py [--key FILE] [--previous CHECKPOINT] BUNDLE
    python3 verify.py --key FILE [--copy FILE] RECEIPT

BUNDLE is the ZIP file or a folder with its files; RECEIPT the proof of one entry, COPY that entry's bytes as they
were disclosed later. Python 3.11 and its standard library are enough. Everything is read as a stream, so memory
does not grow with the log; a folder is read by two processes where there are two processors. Every finding is
listed with its class; nothing stops at the first.

Exit codes: 0 all holds; 1 something does not; 2 this is no bundle, or it cannot be read.
"""

from __future__ import annotations

import base64
import binascii
import gc
import hashlib
import json
import os
import re
import sys
import threading
import zlib
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import zipfile

FORMAT = "decision-log-export/1"
RECEIPT_FORMAT = "decision-receipt/1"
LONGEST_RECEIPT = 1 << 18
BLOCK = 1 << 19
# A bundle comes from somewhere else: no file that is read at once, and no line, may fill the memory.
LONGEST_AT_ONCE = 1 << 24
LONGEST_LINE = 1 << 26
WINDOW = 4096  # lines that are compared at once, and how far a comparison looks ahead after a difference
DISCLOSURES_AT_ONCE = 50_000
NEEDED = (
    "entries.ndjson",
    "disclosures.ndjson",
    "index.csv",
    "checkpoint.txt",
    "proof.json",
    "public-key.txt",
)
AHEAD = 3  # blocks that are read and hashed before they are looked at
UNREADABLE_FILE = (OSError, EOFError, zlib.error, NotImplementedError, RuntimeError)
UNREADABLE: tuple[type[Exception], ...] = UNREADABLE_FILE  # and what a ZIP file adds, once one is opened
sha256 = hashlib.sha256


class NotABundle(Exception):
    """What was given is no bundle; the message is one line."""


class Line(NamedTuple):
    """One line of the report: `kind` is `ok`, `note` or the class of a finding."""

    kind: str
    text: str

    @property
    def holds(self) -> bool:
        return self.kind in ("ok", "note")

    def __str__(self) -> str:
        """One line, whatever a bundle says of itself: it may not write a line of this report, nor hide one."""
        text = "".join(
            one if one.isprintable() else one.encode("unicode_escape").decode() for one in self.text
        )
        return f"{self.kind}: {text}"


# --- Ed25519 (RFC 8032, 5.1): verification only, points in extended coordinates ---------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(s: int, p: Point) -> Point:
    q: Point = (0, 1, 1, 0)
    while s:
        if s & 1:
            q = _add(q, p)
        p, s = _add(p, p), s >> 1
    return q


def _x(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - x2) % P or (not x and sign):
        return None
    return P - x if x & 1 != sign else x


def _point(data: bytes) -> Point | None:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x = _x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE: Point = (_x(BASE_Y, 0) or 0, BASE_Y, 1, (_x(BASE_Y, 0) or 0) * BASE_Y % P)


def ed25519(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (64 bytes) of `message` was made with the private half of `key` (32 bytes)."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = _point(key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = _times(s, BASE), _add(r, _times(h, a))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P
    )


# --- The Merkle tree (RFC 6962, 2.1) ----------------------------------------------------------------------------------


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """The largest perfect subtrees of `[0, size)`, left to right; leaves and whole subtrees are added at its end."""

    def __init__(self) -> None:
        self.size = 0
        self.stack: list[tuple[int, bytes]] = []

    def add(self, hash: bytes, level: int = 0) -> None:
        self.size += 1 << level
        while self.stack and self.stack[-1][0] == level:
            hash, level = node(self.stack.pop()[1], hash), level + 1
        self.stack.append((level, hash))

    def extend(self, leaves: list[bytes]) -> None:
        """Add many leaves; aligned runs are hashed level by level, which is faster than one by one."""
        start = 0
        while start < len(leaves):
            room = (self.size & -self.size).bit_length() - 1 if self.size else 62
            level = min(room, (len(leaves) - start).bit_length() - 1)
            run = leaves[start : start + (1 << level)]
            start += len(run)
            while len(run) > 1:
                pairs = b"".join(run)
                run = [sha256(b"\x01" + pairs[at : at + 64]).digest() for at in range(0, len(pairs), 64)]
            self.add(run[0], level)

    def add_range(self, hashes: list[bytes], end: int) -> bool:
        """Add the compact range of `[size, end)`; False when it has not as many hashes as it must have."""
        for hash in hashes:
            if self.size >= end:
                return False
            largest = (end - self.size).bit_length() - 1
            self.add(hash, min(largest, (self.size & -self.size).bit_length() - 1) if self.size else largest)
        return self.size == end

    def root(self) -> bytes:
        if not self.stack:
            return sha256().digest()
        root = self.stack[-1][1]
        for _, hash in reversed(self.stack[:-1]):
            root = node(hash, root)
        return root


def consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: list[bytes]) -> bool:
    """Whether the tree of `new` leaves begins with that of `old` leaves (RFC 9162, 2.1.4.2)."""
    if old == new or not old:
        return not proof and (old_root == new_root if old == new else old_root == sha256().digest())
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    if not path or old > new:
        return False
    fr = sr = path[0]
    for hash in path[1:]:
        if not sn:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(hash, fr), node(hash, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, hash)
        fn, sn = fn >> 1, sn >> 1
    return fr == old_root and sr == new_root and not sn


def included(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Whether `leaf` stands at `index` of the tree of `size` leaves (RFC 9162, 2.1.3.2)."""
    fn, sn, hash = index, size - 1, leaf
    if not 0 <= index < size:
        return False
    for other in proof:
        if not sn:
            return False
        if fn & 1 or fn == sn:
            hash = node(other, hash)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            hash = node(hash, other)
        fn, sn = fn >> 1, sn >> 1
    return hash == root and not sn


# --- Signed checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature) -----------------------------------------


class Key(NamedTuple):
    name: str
    id: bytes
    kind: int
    public: bytes

    @property
    def fingerprint(self) -> str:
        text = f"{self.name}+{self.id.hex()}+" + base64.b64encode(bytes([self.kind]) + self.public).decode()
        digest = sha256(text.encode()).hexdigest()
        groups = " ".join(digest[at : at + 4] for at in range(0, 64, 4))
        return f"{self.name}+{self.id.hex()}, fingerprint {groups}"


def keys(text: str) -> list[Key]:
    """The verifier keys `<name>+<id>+<base64 of kind and key>` in a text, one a line. Raises ValueError."""
    found = []
    for line in text.split("\n"):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.strip().split("+", 2)
        data = base64.b64decode(parts[2], validate=True) if len(parts) == 3 else b""
        if len(data) != 33 or sha256(parts[0].encode() + b"\n" + data).digest()[:4].hex() != parts[1]:
            raise ValueError(f"{line.strip()[:60]!r} is no verifier key")
        found.append(Key(parts[0], bytes.fromhex(parts[1]), data[0], data[1:]))
    return found


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes
    body: bytes
    signatures: list[tuple[str, bytes, bytes]]


def checkpoint(text: str) -> Checkpoint:
    """The parts of a signed checkpoint. Raises ValueError where it is none."""
    body, gap, end = text.partition("\n\n")
    lines = body.split("\n")
    if not gap or len(lines) < 3 or not lines[0] or not lines[1].isascii() or not lines[1].isdecimal():
        raise ValueError("it is no signed checkpoint")
    root = base64.b64decode(lines[2], validate=True)
    if len(root) != 32 or str(int(lines[1])) != lines[1] or not end.endswith("\n"):
        raise ValueError("it is no signed checkpoint")
    signatures = []
    for line in end[:-1].split("\n"):
        parts = line.split(" ")
        data = base64.b64decode(parts[2], validate=True) if len(parts) == 3 and parts[0] == "—" else b""
        if len(data) < 5:
            raise ValueError(f"{line[:60]!r} is no signature line")
        signatures.append((parts[1], data[:4], data[4:]))
    return Checkpoint(lines[0], int(lines[1]), root, body.encode() + b"\n", signatures)


def check_signature(point: Checkpoint, known: list[Key]) -> Iterator[Line]:
    """One signature of a known key of this log must hold; those of known witnesses are told with their time."""
    signed = False
    for name, id, signature in point.signatures:
        for key in known:
            if (key.name, key.id) != (name, id):
                continue
            if key.kind == 1:
                if not ed25519(key.public, point.body, signature):
                    yield Line(
                        "bad-signature", f"the signature of {name}+{id.hex()} does not fit the checkpoint"
                    )
                elif name == point.origin:
                    signed = True
                    yield Line("ok", f"the checkpoint is signed by {key.fingerprint}")
            elif key.kind == 4 and len(signature) == 72:
                time = int.from_bytes(signature[:8], "big")
                if ed25519(key.public, b"cosignature/v1\ntime %d\n" % time + point.body, signature[8:]):
                    yield Line("ok", f"the witness {name} saw this checkpoint at Unix time {time}")
                else:
                    yield Line("bad-signature", f"the cosignature of {name} does not fit the checkpoint")
    if not signed:
        names = ", ".join(f"{name}+{id.hex()}" for name, id, _ in point.signatures)
        yield Line(
            "bad-signature", f"no signature of a known key of {point.origin!r}; it is signed by {names}"
        )


# --- The bundle -------------------------------------------------------------------------------------------------------


class Bundle:
    """The files of a bundle, as streams; what is read whole through `lines` is digested on the way."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.zip: zipfile.ZipFile | None = None
        self.digests: dict[str, tuple[int, str]] = {}
        try:
            if os.path.isdir(path):
                self.names = sorted(os.listdir(path))
            else:
                self.zip = _zip(path)
                self.names = sorted(self.zip.namelist())
        except UNREADABLE as error:
            raise NotABundle(f"{path}: neither a ZIP file nor a folder that can be read ({error})") from None
        if "manifest.json" not in self.names:
            raise NotABundle(f"{path}: holds no manifest.json, so it is no export of a decision log")

    def open(self, name: str) -> IO[bytes]:
        return self.zip.open(name) if self.zip else open(os.path.join(self.path, name), "rb")

    def read(self, name: str) -> bytes:
        with self.open(name) as stream:
            data = stream.read(LONGEST_AT_ONCE + 1)
        if len(data) > LONGEST_AT_ONCE:
            raise OSError(f"{name} is longer than {LONGEST_AT_ONCE} bytes, which no export writes")
        return data

    def size(self, name: str) -> int:
        """The bytes of a file of a folder, as far as they can be told before it is read."""
        try:
            return os.path.getsize(os.path.join(self.path, name))
        except OSError:
            return 0

    def lines(self, name: str) -> Iterator[list[bytes]]:
        """The lines without their ends, many at a time."""
        return map(_lines, self.texts(name))

    def texts(
        self, name: str, start: int = 0, end: int | None = None, *, digested: bool = True
    ) -> Iterator[bytes]:
        """The same unsplit: each text ends where a line does. `digested` unless another process does that, or only the
        lines from one byte to another are read.
        """
        if not digested or start or end is not None:
            with self.open(name) as stream:
                stream.seek(start)
                while data := _whole_lines(
                    stream, name, BLOCK if end is None else max(0, end - stream.tell())
                ):
                    yield data
            return
        digest, size = sha256(), 0
        ready: SimpleQueue[bytes | Exception] = SimpleQueue()
        room, ended = threading.Semaphore(AHEAD), threading.Event()

        def read() -> None:
            try:
                more = True
                while more and room.acquire() and not ended.is_set():
                    data = _whole_lines(stream, name)
                    digest.update(data)
                    ready.put(data)
                    more = bool(data)
            except Exception as error:
                ready.put(error)

        # Reading and hashing large blocks runs beside the rest; neither needs the interpreter's lock.
        with self.open(name) as stream:
            aside = threading.Thread(target=read, daemon=True)
            aside.start()
            try:
                while block := ready.get():
                    if isinstance(block, Exception):
                        raise block
                    room.release()
                    size += len(block)
                    yield block
            finally:
                ended.set()
                room.release()
                aside.join()
        self.digests[name] = (size, digest.hexdigest())

    def digest(self, name: str) -> tuple[int, str]:
        if name not in self.digests:
            digest, size = sha256(), 0
            with self.open(name) as stream:
                while block := stream.read(BLOCK):
                    digest.update(block)
                    size += len(block)
            self.digests[name] = (size, digest.hexdigest())
        return self.digests[name]


def _zip(path: str) -> zipfile.ZipFile:
    """The module is loaded here: it takes as long as many a check, and a folder does without it."""
    global UNREADABLE
    import zipfile

    UNREADABLE = (*UNREADABLE_FILE, zipfile.BadZipFile)
    return zipfile.ZipFile(path)


def _whole_lines(stream: IO[bytes], name: str, most: int = BLOCK) -> bytes:
    """A block, and what its last line lacks."""
    data = stream.read(min(most, BLOCK))
    if data and not data.endswith(b"\n"):
        end = stream.readline(LONGEST_LINE)
        if len(end) == LONGEST_LINE:
            raise OSError(f"{name} has a line of more than {LONGEST_LINE} bytes, which no export writes")
        data += end
    return data


def _lines(text: bytes) -> list[bytes]:
    """Those of a text that ends where a line does."""
    lines = text.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return lines


def leaf_hashes(text: bytes) -> list[bytes]:
    """The leaf hash of each line of whole ones. Copying a hash that has begun spares copying the line."""
    begun, hashes, view, start = sha256(b"\x00").copy, [], memoryview(text), 0
    while start < len(text):
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        hash = begun()
        hash.update(view[start:end])
        hashes.append(hash.digest())
        start = end + 1
    return hashes


class Comparison:
    """What `index.csv` names as included, against the lines of `entries.ndjson`: differences are named, and sought on.

    After a difference the nearest place at which both agree again is looked for, so that one dropped line is one
    finding. A line that is only elsewhere than it should be is `reordered`, found out once all are read.
    """

    def __init__(self) -> None:
        self.expected: list[bytes] = []
        self.indexes: list[int] = []
        self.got: list[bytes] = []
        self.line = 0
        self.differences: list[tuple[int | None, bytes | None, int | None, bytes | None]] = []

    def step(self, final: bool = False) -> None:
        """Compare what is there; unless `final`, the last lines are kept for looking ahead."""
        while True:
            both = min(len(self.expected), len(self.got))
            if self.expected[:both] != self.got[:both]:
                both = next(i for i in range(both) if self.expected[i] != self.got[i])
            self._drop(both, both)
            if not self.expected and not self.got:
                return
            if not final and min(len(self.expected), len(self.got)) < WINDOW:
                return
            self._difference()

    def _drop(self, expected: int, got: int) -> None:
        del self.expected[:expected], self.indexes[:expected], self.got[:got]
        self.line += got

    def _difference(self) -> None:
        places: dict[bytes, int] = {}
        for place, hash in enumerate(self.got[:WINDOW]):
            places.setdefault(hash, place)
        ahead = self.expected[:WINDOW]
        best = (len(ahead), min(len(self.got), WINDOW))
        for a, hash in enumerate(ahead):
            if a > max(best):
                break
            b = places.get(hash)
            if b is not None and (max(a, b), a + b) < (max(best), sum(best)):
                best = (a, b)
        for i in range(max(best)):
            due = (self.indexes[i], self.expected[i]) if i < best[0] else (None, None)
            stands = (self.line + i + 1, self.got[i]) if i < best[1] else (None, None)
            self.differences.append((*due, *stands))
        self._drop(*best)

    def findings(self) -> Iterator[Line]:
        lost = {hash for _, hash, _, _ in self.differences if hash}
        lines = {found: line for _, _, line, found in self.differences if found}
        for index, hash, line, found in self.differences:
            if hash in lines:
                yield Line("reordered", f"the entry of index {index} stands in line {lines[hash]} instead")
            elif index is not None and line is not None and found not in lost:
                yield Line("altered", f"index {index}, line {line}: the bytes do not give the leaf hash")
            elif index is not None:
                yield Line("missing", f"index {index}: its entry is not in entries.ndjson")
            elif found not in lost:
                yield Line("inserted", f"line {line} of entries.ndjson belongs to no included index")


class Row(NamedTuple):
    """One line of `disclosures.ndjson`; `fits` is the commitment that its salt and value give, where that is sure at a
    glance.
    """

    number: int
    entry: str
    pointer: str
    fits: str | None
    line: bytes


ROWS = re.compile(
    rb'^\{"entry":"([ !#-\[\]-~]*)","pointer":"([ !#-\[\]-~]*)","salt":"([\w-]{43})","value":(.*)\}$',
    re.MULTILINE,
)
ID = b',"id":"'


class Disclosures:
    """Every disclosed value against the commitment in its entry. Both files go in order of the index, so one pass is
    enough; what is out of order, or not recognised at a glance, is looked for in further passes.
    """

    def __init__(self, bundle: Bundle, start: int = 0, end: int | None = None) -> None:
        """Of the whole file, or of the lines between two bytes of it, counted from the first of them."""
        self.rows = self._read(bundle.texts("disclosures.ndjson", start, end))
        self.count = self.lines = 0
        # The line, and what is said of it.
        self.wrong: list[tuple[int, str]] = []
        # Pointers that were read: they come again and again.
        self.places: dict[str, list[tuple[str, Any]]] = {}
        self.next = next(self.rows, None)

    def _read(self, texts: Iterator[bytes]) -> Iterator[Row]:
        for text in texts:
            lines = _lines(text)
            numbers = range(self.lines + 1, self.lines + 1 + len(lines))
            self.lines += len(lines)
            usual = self._usual(numbers, lines, text)
            yield from self._one_by_one(numbers, lines) if usual is None else usual

    def _usual(self, numbers: range, lines: list[bytes], text: bytes) -> Iterator[Row] | None:
        """The rows of lines that an export writes, worked out all together; None where one is anything else."""
        found = ROWS.findall(text)
        if len(found) != len(lines):
            return None
        entries, pointers, salts, values = zip(*found, strict=True)
        try:
            # A salt has 43 letters; with a 44th each, none of them needs padding.
            joined = _base64url(b"A".join(salts) + b"A")
        except binascii.Error:
            return None
        different = set(values)
        sure = different if are_canonical(different) else set(filter(is_canonical, different))
        digests = [
            sha256(joined[at : at + 32] + value).digest()
            for at, value in zip(range(0, len(joined), 33), values, strict=True)
        ]
        letters = _text64url(b"\0".join(digests) + b"\0")
        fits = [
            letters[at : at + 43] if value in sure else None
            for at, value in zip(range(0, len(letters), 44), values, strict=True)
        ]
        return map(Row, numbers, map(bytes.decode, entries), map(bytes.decode, pointers), fits, lines)

    def _one_by_one(self, numbers: range, lines: list[bytes]) -> Iterator[Row]:
        for number, line in zip(numbers, lines, strict=True):
            try:
                row = json.loads(line)
                entry, pointer, salt = (row[name] for name in ("entry", "pointer", "salt"))
                if not all(isinstance(text, str) for text in (entry, pointer, salt)) or "value" not in row:
                    raise ValueError
                yield Row(number, entry, pointer, None, line)
            except (ValueError, KeyError, TypeError, RecursionError):
                self.wrong.append((number, " of disclosures.ndjson is no disclosure"))

    def seek(self, text: bytes) -> None:
        """Check those that belong to the entries in these whole lines, as far as they come in order.

        What is sought stands where an export writes the id. It is only a guess: the document says it, and `rest` misses
        nothing.
        """
        at = 0
        while self.next is not None and (at := text.find(ID + self.next.entry.encode(), at)) >= 0:
            end = text.find(b"\n", at)
            end = len(text) if end < 0 else end
            self._look_at(text[text.rfind(b"\n", 0, at) + 1 : end])
            # A line may name an entry that comes later.
            at = end

    def _look_at(self, line: bytes) -> None:
        """Check those of the entry in this line, if they are due."""
        try:
            entry = _read(line.decode())
        except (ValueError, RecursionError):
            return
        id = entry.get("id") if isinstance(entry, dict) else None
        while self.next is not None and self.next.entry == id:
            self._open(entry, self.next)
            self.next = next(self.rows, None)

    def rest(self, bundle: Bundle) -> None:
        """Those that were out of order: some at a time, in further passes over the entries."""
        while self.next is not None:
            some = [self.next, *islice(self.rows, DISCLOSURES_AT_ONCE)]
            self.next = next(self.rows, None)
            wanted: dict[str, list[Row]] = {}
            for row in some:
                wanted.setdefault(row.entry, []).append(row)
            for lines in bundle.lines("entries.ndjson"):
                for line in lines:
                    try:
                        entry = json.loads(line)
                        rows = wanted.pop(entry["id"], [])
                    except (ValueError, KeyError, TypeError):
                        continue
                    for row in rows:
                        self._open(entry, row)
            for rows in wanted.values():
                for row in rows:
                    self.wrong.append((row.number, f": there is no entry {row.entry[:60]!r}"))

    def _open(self, entry: dict[str, Any], row: Row) -> None:
        self.count += 1
        try:
            found: Any = entry
            for name, index in self.places.get(row.pointer) or self._places(row.pointer):
                found = found[index] if isinstance(found, list) else found[name]
            holds = (row.fits is not None and found == {"c": row.fits}) or _fits(found, row.line)
        except (ValueError, KeyError, IndexError, TypeError, RecursionError):
            holds = False
        if not holds:
            place = f"{row.pointer[:80]} of entry {row.entry[:60]}"
            self.wrong.append((row.number, f": the value does not fit the commitment at {place}"))

    def _places(self, pointer: str) -> list[tuple[str, Any]]:
        """The names in a pointer (RFC 6901), each with the index that it is in a list. Raises ValueError."""
        start, *parts = pointer.split("/")
        if start:
            raise ValueError("a pointer begins with a slash")
        places = [(part.replace("~1", "/").replace("~0", "~"), _index(part)) for part in parts]
        if len(pointer) <= 512 and len(self.places) < 4096:
            self.places[pointer] = places
        return places


def _fits(found: Any, line: bytes) -> bool:
    """Whether salt and RFC 8785 of the value in this line give the commitment: parsed, and written anew."""
    row = json.loads(line)
    salt = _base64url(row["salt"].encode())
    digest = sha256(salt + canonical(row["value"])).digest()
    return len(salt) == 32 and bool(found == {"c": _text64url(digest)})


def open_all(bundle: Bundle, start: int = 0) -> Disclosures:
    """Every disclosed value from that byte on, in a pass of its own over the entries, which digests them too."""
    openings = Disclosures(bundle, start)
    for text in bundle.texts("entries.ndjson"):
        openings.seek(text)
    openings.rest(bundle)
    return openings


BESIDE = "--beside"


class Aside:
    """The same by a second process for the later part of the disclosures, while this one looks at everything else.
    Memory stays as flat. What it read to the end it has digested, so this process need not.
    """

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.cut = _cut(bundle)
        import subprocess

        # Neither this program nor its second process needs anything that is installed: -I, and -S saves looking.
        command = [sys.executable, "-I", "-S", os.path.abspath(__file__), BESIDE, bundle.path, str(self.cut)]
        self.process = subprocess.Popen(  # noqa: S603  this program itself
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def join(self, earlier: Disclosures) -> Disclosures:
        """All disclosures together. Where the other process fails, this one looks at everything itself."""
        text, _ = self.process.communicate()
        if self.process.returncode:
            return open_all(self.bundle)
        count, wrong, digests = json.loads(text)
        self.bundle.digests |= {name: (size, digest) for name, (size, digest) in digests.items()}
        earlier.wrong += [(earlier.lines + number, words) for number, words in wrong]
        earlier.count += count
        return earlier


def _beside(path: str, cut: int) -> int:
    """What the second process does, for `Aside`."""
    bundle = Bundle(path)
    openings = open_all(bundle, cut)
    bundle.digest("disclosures.ndjson")
    print(json.dumps([openings.count, openings.wrong, bundle.digests]))
    return 0


def _cut(bundle: Bundle) -> int:
    """The place in disclosures.ndjson from which on the other process looks, so that both end together.

    It digests the entries; this one has their leaf hashes, the index and the tree. The factors are nanoseconds a byte
    as once measured: where they are others, one of the two only ends later.
    """
    entries, disclosures, index = map(bundle.size, ("entries.ndjson", "disclosures.ndjson", "index.csv"))
    here, there, each = 0.8 * entries + 23 * index, 1.15 * entries + disclosures, 14 * disclosures
    start = int((there + each - here) / (2 * each) * disclosures) if each else 0
    if start <= 0:
        return 0
    try:
        with bundle.open("disclosures.ndjson") as stream:
            stream.seek(min(start, disclosures))
            stream.readline(LONGEST_LINE)
            return stream.tell()
    except OSError:
        return 0


def may_go_aside(bundle: Bundle) -> bool:
    """Whether a second process pays: unpacking twice does not, nor does a single processor."""
    return bundle.zip is None and bool(sys.executable) and (os.cpu_count() or 1) > 1


def _refuse(text: str) -> None:
    raise ValueError(f"{text} is no whole number")


_decode = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse).decode
_read = json.JSONDecoder().decode
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def is_canonical(data: bytes) -> bool:
    """Whether these bytes surely are RFC 8785; `canonical` decides about the few of which this says no."""
    return bool(_as_written(data))


def _as_written(data: bytes) -> list[Any]:
    """The value that these bytes hold, alone in a list; an empty one where they are not surely its RFC 8785.

    The library's own writer sorts names by code point and not by UTF-16 unit: that is the same where no character needs
    two units.
    """
    try:
        text = data.decode()
        if not text.isascii() and len(text.encode("utf-16-le")) != 2 * len(text):
            return []
        value = _decode(text)
        return [value] if _encode(value) == text else []
    except (ValueError, RecursionError):
        return []


MARK = b',"\\u0000",'


def are_canonical(values: Collection[bytes]) -> bool:
    """Whether all of these surely are RFC 8785, read and written anew at once, with a mark between each two.

    As many marks as were put in are found again where they were put, so each of them parts two values.
    """
    data, marks = b"[" + MARK.join(values) + b"]", len(values) - 1
    if data.count(MARK) != marks:
        return False
    for read in _as_written(data):
        return len(read) == 2 * marks + 1 and read[1::2] == ["\0"] * marks
    return False


def canonical(value: Any) -> bytes:
    """RFC 8785 of what an entry may hold: no numbers but whole ones; names in order of their UTF-16 units."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return b"{" + b",".join(canonical(name) + b":" + canonical(value[name]) for name in names) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(canonical, value)) + b"]"
    if isinstance(value, float):
        raise ValueError("a number that is not whole")
    return json.dumps(value, ensure_ascii=False).encode()


def _index(text: str) -> int | None:
    """An index has one spelling: -1 or 01 would tell of another place than it shows."""
    usual = text.isascii() and text.isdecimal() and (text == "0" or text[0] != "0") and len(text) < 18
    return int(text) if usual else None


# From the alphabet of RFC 4648, section 5, to the one that the library decodes. What belongs to the other is refused.
TO_USUAL = bytes.maketrans(b"-_+/", b"+/**")
FROM_USUAL = bytes.maketrans(b"+/", b"-_")


def _base64url(text: bytes) -> bytes:
    return binascii.a2b_base64(text.translate(TO_USUAL) + b"=" * (-len(text) % 4), strict_mode=True)


def _text64url(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).translate(FROM_USUAL, b"=").decode()


class Range:
    """The rows of `index.csv`, added to the tree as they come."""

    def __init__(self, bundle: Bundle, tree: Tree, first: int) -> None:
        self.lines = bundle.lines("index.csv")
        self.tree, self.next, self.included, self.done = tree, first, 0, False
        self.gaps: list[str] = []
        self.watched: int | None = None
        self.root_at_watched: bytes | None = None
        self.started = False

    def some(self) -> tuple[list[int], list[bytes]]:
        """The next included indexes and leaf hashes; sets `done` at the end."""
        lines = next(self.lines, None)
        if lines is None:
            self.done = True
            if not self.started:
                self.gaps.append("index.csv is empty")
            return [], []
        if not self.started:
            self.started = True
            if lines.pop(0) != b"index,leaf_hash,included":
                self.gaps.append("index.csv does not begin with its header")
        usual = self._usual(lines)
        if usual is not None:
            return usual
        rows = [line.split(b",") for line in lines]
        count = len(rows)
        try:
            numbers, hexes, marks = zip(*rows, strict=True) if rows else ((), (), ())
            joined = bytes.fromhex(b"".join(hexes).decode("ascii"))
            whole = len(joined) == 32 * count and set(map(len, hexes)) <= {64} and set(marks) <= {b"0", b"1"}
        except ValueError:
            whole = False
        if not whole:
            return self._one_by_one(rows)
        hashes = [joined[at : at + 32] for at in range(0, len(joined), 32)]
        expected = range(self.next, self.next + count)
        if list(numbers) != [b"%d" % index for index in expected]:
            self._gaps(list(numbers))
        else:
            self.next += count
        self._grow(hashes)
        if b"0" not in marks:
            self.included += count
            return list(range(self.next - count, self.next)), hashes
        kept = [place for place, mark in enumerate(marks) if mark == b"1"]
        self.included += len(kept)
        return [self.next - count + place for place in kept], [hashes[place] for place in kept]

    def _usual(self, lines: list[bytes]) -> tuple[list[int], list[bytes]] | None:
        """The same for lines that are just what is due, all included; None where one is anything else."""
        count = len(lines)
        due = list(range(self.next, self.next + count))
        # Written at once, and each row's end looked at beside the others': far quicker than row by row.
        if [line[:-67] for line in lines] != str(due)[1:-1].encode().split(b", "):
            return None
        ends = b"".join([line[-67:] for line in lines])
        if ends[::67] + ends[65::67] != b"," * (2 * count) or ends[66::67] != b"1" * count:
            return None
        try:
            joined = bytes.fromhex(ends[1:-2].replace(b",1,", b"").decode("ascii"))
        except ValueError:
            return None
        if len(joined) != 32 * count:
            return None
        hashes = [joined[at : at + 32] for at in range(0, len(joined), 32)]
        self.next += len(lines)
        self.included += len(lines)
        self._grow(hashes)
        return due, hashes

    def _one_by_one(self, rows: list[list[bytes]]) -> tuple[list[int], list[bytes]]:
        indexes, hashes, leaves = [], [], []
        for row in rows:
            try:
                number, hash, mark = int(row[0]), bytes.fromhex(row[1].decode()), row[2]
                if len(hash) != 32 or mark not in (b"0", b"1") or len(row) != 3:
                    raise ValueError
            except (ValueError, IndexError):
                self.gaps.append(f"index.csv: the row where index {self.next} is due cannot be read")
                continue
            if number != self.next:
                self._gaps([row[0]])
            else:
                self.next += 1
            leaves.append(hash)
            if mark == b"1":
                self.included += 1
                indexes.append(number)
                hashes.append(hash)
        self._grow(leaves)
        return indexes, hashes

    def _gaps(self, numbers: list[bytes]) -> None:
        for text in numbers:
            number = int(text) if text.isdigit() else -1
            if number != self.next:
                self.gaps.append(
                    f"index.csv: index {self.next} is due, {text.decode('ascii', 'replace')[:20]} stands"
                )
            self.next = (number if number >= 0 else self.next) + 1

    def _grow(self, leaves: list[bytes]) -> None:
        watched = self.watched
        if watched is not None and self.tree.size <= watched <= self.tree.size + len(leaves):
            before = watched - self.tree.size
            self.tree.extend(leaves[:before])
            self.root_at_watched = self.tree.root()
            self.watched, leaves = None, leaves[before:]
        self.tree.extend(leaves)


# --- The whole check --------------------------------------------------------------------------------------------------


def verify(
    path: str, key_text: str | None = None, previous: str | None = None, *, aside: bool = False
) -> Iterator[Line]:
    """Check everything, line by line of the report. Raises NotABundle before the first line where it is none.

    With `aside` a second process of this program may help.
    """
    bundle = Bundle(path)
    try:
        manifest = json.loads(bundle.read("manifest.json"))
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise ValueError(f"its format is not {FORMAT}")
    except UNREADABLE as error:
        raise NotABundle(f"{path}: manifest.json cannot be used: {error}") from None
    except ValueError as error:
        raise NotABundle(f"{path}: manifest.json cannot be used: {error}") from None
    return _verify(bundle, manifest, key_text, previous, aside and may_go_aside(bundle))


def _verify(
    bundle: Bundle, manifest: dict[str, Any], key_text: str | None, previous: str | None, aside: bool
) -> Iterator[Line]:
    unread = [name for name in NEEDED if name not in bundle.names]
    aside = aside and not {"entries.ndjson", "index.csv", "disclosures.ndjson"} & set(unread)
    # It begins first, since it has the more to do.
    other = Aside(bundle) if aside else None
    yield from (Line("missing", f"the bundle has no {name}") for name in unread)
    yield from _guard("checkpoint.txt", unread, lambda: _checkpoint(bundle, key_text))
    if "index.csv" not in unread and "entries.ndjson" not in unread:
        yield from _guard("the entries", [], lambda: _entries(bundle, manifest, previous, other))
    yield from _manifest(bundle, manifest)


def _guard(what: str, unread: list[str], part: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    """What cannot be read is a finding of its own, and the rest is checked all the same."""
    if what in unread:
        return
    try:
        yield from part()
    except UNREADABLE as error:
        yield Line("altered", f"{what} cannot be read to the end: {error}")


def _checkpoint(bundle: Bundle, key_text: str | None) -> Iterator[Line]:
    try:
        point = checkpoint(bundle.read("checkpoint.txt").decode())
        own = keys(bundle.read("public-key.txt").decode()) if "public-key.txt" in bundle.names else []
    except ValueError as error:
        yield Line("bad-signature", f"checkpoint.txt or public-key.txt cannot be used: {error}")
        return
    yield Line("note", f"checkpoint of {point.origin}: {point.size} entries, root {point.root.hex()}")
    if key_text is None:
        for key in own:
            yield Line("note", f"key from the bundle itself: {key.fingerprint}")
        yield Line(
            "note", "compare it with the published one: without --key, this only shows that it fits itself"
        )
    yield from check_signature(point, keys(key_text) if key_text is not None else own)


def _entries(
    bundle: Bundle, manifest: dict[str, Any], previous: str | None, other: Aside | None
) -> Iterator[Line]:
    tree = Tree()
    try:
        proof = json.loads(bundle.read("proof.json"))
        first, end, size = (int(proof[name]) for name in ("first", "end", "tree_size"))
        left, right = ([bytes.fromhex(hash) for hash in proof[name]] for name in ("left", "right"))
        if any(len(hash) != 32 for hash in (*left, *right)):
            raise ValueError("a hash has not 32 bytes")
        if not tree.add_range(left, first) or not first <= end <= size:
            raise ValueError("the hashes to the left do not fit the range")
    except (ValueError, KeyError, TypeError, OSError) as error:
        yield Line("gap", f"proof.json cannot be used: {error}")
        first = end = size = 0
        right, tree = [], Tree()
    try:
        point: Checkpoint | None = checkpoint(bundle.read("checkpoint.txt").decode())
        old = checkpoint(previous) if previous is not None else None
    except (ValueError, KeyError, OSError):
        point = old = None
    span, comparison, openings = Range(bundle, tree, first), Comparison(), None
    span.watched = old.size if old and old.size >= first else None
    if "disclosures.ndjson" in bundle.names:
        openings = Disclosures(bundle, 0, other.cut if other else None)
    entries, count, more = bundle.texts("entries.ndjson", digested=other is None), 0, True
    while more or not span.done:
        while not span.done and len(comparison.expected) < WINDOW:
            indexes, hashes = span.some()
            comparison.indexes += indexes
            comparison.expected += hashes
        while more and len(comparison.got) < WINDOW:
            text = next(entries, None)
            if text is None:
                more = False
                break
            hashes = leaf_hashes(text)
            comparison.got += hashes
            count += len(hashes)
            if openings:
                openings.seek(text)
        comparison.step(final=not more and span.done)
    differences = list(comparison.findings())
    yield from differences
    if not differences:
        yield Line("ok", f"{count} entries give the leaf hashes that index.csv names, in its order")
    gaps = [
        *span.gaps,
        *([] if span.next == end else [f"the range ends at {span.next}, proof.json says {end}"]),
    ]
    yield from (Line("gap", text) for text in gaps)
    if not gaps:
        yield Line(
            "ok", f"indexes {first} to {end} follow each other without a gap; {span.included} are included"
        )
    yield from _root(tree, right, size, point)
    if openings:
        openings.rest(bundle)
        if other:
            openings = other.join(openings)
        yield from (
            Line("bad-disclosure", f"line {number}{words}") for number, words in sorted(openings.wrong)
        )
        if not openings.wrong:
            yield Line("ok", f"{openings.count} disclosed values fit the commitments in their entries")
    if previous is not None:
        yield from _previous(bundle, old, point, span.root_at_watched)
    told = manifest.get("rows")
    if told != span.included:
        yield Line(
            "manifest-mismatch", f"the manifest tells of {told} rows, index.csv includes {span.included}"
        )
    filter = manifest.get("filter")
    if not isinstance(filter, dict):
        yield Line("manifest-mismatch", "the manifest does not say by which filter the entries were chosen")
    elif filter.get("data") == {} and span.included != span.next - first:
        yield Line("manifest-mismatch", "the manifest names no filter, yet index.csv leaves entries out")
    elif filter.get("data") == {} and (first, end) != (0, size):
        words = f"the manifest names no filter, yet the range is {first} to {end} of {size} entries"
        yield Line("manifest-mismatch", words)
    said = manifest.get("range", {"first": first, "end": end, "tree_size": size})
    if said != {"first": first, "end": end, "tree_size": size}:
        words = f"the manifest says the range {said}, proof.json has {first} to {end} of {size}"
        yield Line("manifest-mismatch", words[:300])


def _root(tree: Tree, right: list[bytes], size: int, point: Checkpoint | None) -> Iterator[Line]:
    whole = tree.add_range(right, size) if tree.size <= size else False
    if point is None:
        yield Line("wrong-root", "there is no checkpoint to hold the root against")
    elif not whole or size != point.size:
        yield Line("wrong-root", f"the range does not make a tree of the checkpoint's {point.size} entries")
    elif tree.root() != point.root:
        yield Line(
            "wrong-root", f"the leaves give the root {tree.root().hex()}, signed is {point.root.hex()}"
        )
    else:
        yield Line("ok", "the range and the hashes beside it give the signed root: nothing in it was changed")


def _previous(
    bundle: Bundle, old: Checkpoint | None, point: Checkpoint | None, root: bytes | None
) -> Iterator[Line]:
    if old is None or point is None:
        yield Line("wrong-root", "the checkpoint that was kept cannot be compared with the bundle's")
    elif old.origin != point.origin:
        yield Line("wrong-root", f"the checkpoint that was kept is of another log, {old.origin!r}")
    elif old.size > point.size:
        yield Line("gap", f"stale: the bundle's checkpoint has {point.size} entries, the one kept {old.size}")
    else:
        holds = root == old.root
        if root is None:
            try:
                proof = json.loads(bundle.read("consistency.json"))
                hashes = [bytes.fromhex(hash) for hash in proof["proof"]]
                holds = consistent(old.size, old.root, point.size, point.root, hashes)
            except (OSError, KeyError, ValueError, TypeError):
                holds = old.size == point.size and old.root == point.root
        if holds:
            yield Line(
                "ok", f"the log still begins with the {old.size} entries of the checkpoint that was kept"
            )
        else:
            words = "nothing here ties the log to" if root is None else "the log does not begin with"
            yield Line("wrong-root", f"{words} the {old.size} entries of the checkpoint that was kept")


def _manifest(bundle: Bundle, manifest: dict[str, Any]) -> Iterator[Line]:
    files, wrong = manifest.get("files"), 0
    listed = {
        str(one.get("name")): one
        for one in (files if isinstance(files, list) else [])
        if isinstance(one, dict)
    }
    for name in sorted(set(bundle.names) | set(listed)):
        if name == "manifest.json":
            continue
        text = ""
        if name not in listed:
            text = "is in the bundle and not in the manifest"
        elif name not in bundle.names:
            text = "is in the manifest and not in the bundle"
        else:
            try:
                size, digest = bundle.digest(name)
                if size != listed[name].get("bytes") or digest != listed[name].get("sha256"):
                    text = f"has {size} bytes and SHA-256 {digest}, which is not what the manifest says"
            except UNREADABLE as error:
                text = f"cannot be read to the end: {error}"
        if text:
            wrong += 1
            yield Line("manifest-mismatch", f"{name} {text}")
    if isinstance(files, list) and len(files) != len(listed):
        wrong += 1
        yield Line("manifest-mismatch", "the manifest lists a file twice, or something that is no file")
    if bundle.zip and len(set(bundle.names)) != len(bundle.names):
        wrong += 1
        yield Line("manifest-mismatch", "the ZIP file has two files of one name")
    if not wrong:
        yield Line("ok", f"{len(listed)} files have the sizes and digests of the manifest")
    if any(name.startswith("decisions.") for name in bundle.names):
        yield Line(
            "note",
            "decisions.* are the exporter's own reading of the entries: of them only the digests were checked",
        )
    yield Line("note", f"exported for: {str(manifest.get('purpose'))[:200]}; {manifest.get('masking')}"[:500])


def receipt(text: str) -> dict[str, Any] | None:
    """The receipt that a text holds; None where it holds none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.get("format") == RECEIPT_FORMAT else None


def verify_receipt(given: dict[str, Any], key_text: str, copy: bytes | None = None) -> Iterator[Line]:
    """Check that one entry is in a signed log, and, where a copy of its bytes is given, that it is that entry."""
    try:
        leaf, index, size = bytes.fromhex(given["leaf_hash"]), int(given["index"]), int(given["tree_size"])
        proof = [bytes.fromhex(hash) for hash in given["proof"]]
        point = checkpoint(given["checkpoint"])
        known, entry = keys(key_text), str(given["entry_id"])[:60]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield Line("altered", f"the receipt cannot be read: {error}"[:300])
        return
    yield Line("note", f"receipt of the entry {entry}, index {index} of a log of {size} entries")
    if size == point.size and included(leaf, index, size, proof, point.root):
        yield Line(
            "ok",
            "the proof leads from the entry's hash to the root of the checkpoint: the entry is in the log",
        )
    else:
        yield Line(
            "wrong-root", "the proof does not lead from the entry's hash to the root of the checkpoint"
        )
    yield from check_signature(point, known)
    if copy is not None:
        yield from _copy(copy, leaf, entry)
    yield Line(
        "note", "a checkpoint has no time of its own: only a witness's line above tells by when it existed"
    )


def _copy(copy: bytes, leaf: bytes, entry: str) -> Iterator[Line]:
    """Whether these bytes are the entry; a line break that a program put at the end is none of them."""
    fits = next((one for one in (copy, copy.rstrip(b"\r\n")) if sha256(b"\x00" + one).digest() == leaf), None)
    if fits is None:
        yield Line("altered", "the copy is not the entry that the receipt is about, or it was changed since")
        return
    try:
        known = json.loads(fits)["id"]
    except (ValueError, KeyError, TypeError):
        known = None
    if known == entry:
        yield Line("ok", "the copy is the entry that the receipt is about, unchanged to the byte")
    else:
        yield Line(
            "altered", f"the copy has the entry's hash, but the receipt names it {entry} and it says {known}"
        )


def main(arguments: list[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    # Nothing here refers to itself, so what is let go of is free at once: looking for circles would only take time.
    gc.disable()
    if words[:1] == [BESIDE]:
        return _beside(words[1], int(words[2]))
    import argparse

    parser = argparse.ArgumentParser(description="Check an export of the decision log, without its system.")
    parser.add_argument("--key", metavar="FILE", help="the published keys, one a line")
    parser.add_argument("--previous", metavar="CHECKPOINT", help="a checkpoint that was kept from before")
    parser.add_argument(
        "--copy", metavar="FILE", help="with a receipt: the entry's bytes as they were disclosed"
    )
    parser.add_argument("bundle", metavar="BUNDLE", help="the ZIP file, the folder, or a receipt")
    given = parser.parse_args(words)
    try:
        key_text = _file(given.key)
        if key_text is not None and not keys(key_text):
            raise NotABundle(f"{given.key}: holds no verifier key")
        held = _receipt_in(given.bundle)
        if held is None:
            report = verify(given.bundle, key_text, _file(given.previous), aside=True)
        elif key_text is None:
            raise NotABundle("a receipt has no key in it; give the published one with --key")
        else:
            copied = _file(given.copy)
            report = verify_receipt(held, key_text, None if copied is None else copied.encode())
    except (NotABundle, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    findings = 0
    for line in report:
        findings += not line.holds
        print(line, flush=True)
    print("ALL HOLDS" if not findings else f"DOES NOT HOLD: {findings} findings")
    return 1 if findings else 0


def _receipt_in(path: str) -> dict[str, Any] | None:
    if not os.path.isfile(path) or os.path.getsize(path) > LONGEST_RECEIPT:
        return None
    try:
        with open(path, encoding="utf-8") as stream:
            return receipt(stream.read())
    except (OSError, UnicodeDecodeError):
        return None


def _file(path: str | None) -> str | None:
    if path is None:
        return None
    try:
        with open(path, encoding="utf-8") as stream:
            return stream.read()
    except (OSError, UnicodeDecodeError) as error:
        raise NotABundle(f"{path}: {error}") from None


if __name__ == "__main__":
    sys.exit(main())
