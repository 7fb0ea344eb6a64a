"""The files of frozen months, outside of the web root, each under the SHA-256 of what it holds.

So a file that two filters or two revisions share is there once, and a damaged one gives itself away.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import socket
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from ledger.exports import storage
from ledger.exports.frozen_models import FrozenMonths
from ledger.exports.output import LEVEL, Member, Written

BLOCK = 1 << 20
# A worker tells of itself at least this often while it copies.
BEAT_EVERY = 32
# A freeze writes its files one after the other and names them at the end, within a worker's longest day.
STRAY_AFTER = 2 * 86_400
DIGEST = re.compile(r"[0-9a-f]{64}")


def folder() -> Path:
    path = storage.folder() / "frozen"
    path.mkdir(exist_ok=True, mode=0o700)
    return path


def path_of(digest: str) -> Path:
    """Raises `ValueError` for what is no digest: the name comes from a table."""
    if not DIGEST.fullmatch(digest):
        raise ValueError(f"{digest[:80]!r} is no SHA-256")
    return folder() / f"{digest}.gz"


def part_of(key: str) -> Path:
    """Where this worker writes. Machines that share the folder may have workers of the same number."""
    return folder() / f"{key}.{socket.gethostname()}-{os.getpid()}.part"


def write(key: str, writers: Sequence[tuple[str, Callable[[Member], None]]]) -> list[Written]:
    """Write every file and put it in its place; on any error nothing half is left."""
    part = part_of(key)
    files: list[Written] = []
    try:
        for name, writer in writers:
            with part.open("wb") as raw:
                with gzip.GzipFile("", "wb", LEVEL, raw, mtime=0) as stream:
                    member = Member(name, cast(IO[bytes], stream))
                    writer(member)
                raw.flush()
                os.fsync(raw.fileno())
            part.replace(path_of(member.written.sha256))
            files.append(member.written)
    finally:
        part.unlink(missing_ok=True)
    return files


def are_whole(months: FrozenMonths, beat: Callable[[], None]) -> bool:
    """Whether every file is there and gives its digest."""
    try:
        for one in months.files:
            digest = hashlib.sha256()
            for block in _blocks(one["sha256"], beat):
                digest.update(block)
            if digest.hexdigest() != one["sha256"]:
                return False
    except (OSError, EOFError, zlib.error):
        return False
    return True


def copy(months: FrozenMonths, name: str, member: Member, beat: Callable[[], None]) -> None:
    """Write one frozen file into a bundle."""
    for block in _blocks(months.digest(name), beat):
        member.write(block)


def remove_strays(named: Callable[[str], bool]) -> int:
    """Remove files that no row names and that are no freeze's of today: their worker was killed, or lost its job.

    What holds values and is named by nobody would outlive every erasure.
    """
    count = 0
    for path in folder().iterdir():
        digest, _, ending = path.name.partition(".")
        half = ending.endswith("part")
        if not half and (not DIGEST.fullmatch(digest) or named(digest)):
            continue
        try:
            is_old = time.time() - path.stat().st_mtime > STRAY_AFTER
        except FileNotFoundError:
            continue
        if is_old:
            path.unlink(missing_ok=True)
            count += 1
    return count


def remove(digest: str) -> bool:
    """Whether it was there."""
    path = path_of(digest)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def _blocks(digest: str, beat: Callable[[], None]) -> Iterator[bytes]:
    with gzip.open(path_of(digest), "rb") as stream:
        count = 0
        while block := stream.read(BLOCK):
            yield block
            count += 1
            if count % BEAT_EVERY == 0:
                beat()
