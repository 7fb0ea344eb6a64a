"""Where the bytes of attachments lie: outside of the web root, by the row's id and by nothing a person typed.

A file is written whole into `incoming/`, synced to the disk, and only then named by a row; after the commit it
moves to its place. A crash therefore leaves either nothing, or a whole file in `incoming/` that the next sweep
puts in its place (its row is there) or removes (its row never was).
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from cases.errors import Refused

logger = logging.getLogger(__name__)
LEFT_OVER = 3600
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Unreadable(Exception):
    """The bytes are gone, or are not those that were recorded."""


def root() -> Path:
    return Path(settings.ATTACHMENTS_DIR)


def write(id: uuid.UUID, data: bytes) -> None:
    """Put the bytes into `incoming/`, synced. Raises `Refused` when the disk cannot take them, leaving nothing."""
    path = _incoming(id)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        _sync_folder(path.parent)
    except OSError as error:
        discard(id)
        logger.error("A file of evidence could not be written: %s", os.strerror(error.errno or 0))
        why = "the disk for files is full" if error.errno in FULL else "the disk for files did not take it"
        raise Refused(
            f"Nothing was saved: {why}. What you typed is still here; tell the operator, and save again later.",
            field="attached",
        ) from error


def settle(id: uuid.UUID) -> None:
    """Move a file whose row is committed to its place. Failing is no loss: it is found in `incoming/` too."""
    path = _place(id)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.rename(_incoming(id), path)
        _sync_folder(path.parent)
    except OSError as error:
        logger.warning("A file of evidence stays in incoming: %s", os.strerror(error.errno or 0))


def discard(id: uuid.UUID) -> None:
    """Remove a file whose row does not come."""
    try:
        _incoming(id).unlink(missing_ok=True)
    except OSError as error:
        logger.warning("A left-over file could not be removed: %s", os.strerror(error.errno or 0))


def read(id: uuid.UUID, *, size: int, sha256: str) -> bytes:
    """The bytes, checked against their row. Raises `Unreadable`."""
    for path in (_place(id), _incoming(id)):
        try:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        except OSError:
            continue
        with os.fdopen(handle, "rb") as file:
            data = file.read(size + 1)
        if len(data) != size or hashlib.sha256(data).hexdigest() != sha256:
            logger.error("The file of attachment %s is not the recorded one", id)
            raise Unreadable("altered")
        return data
    logger.error("The file of attachment %s is gone", id)
    raise Unreadable("missing")


def sweep(known: Callable[[uuid.UUID], bool], *, older_than: int = LEFT_OVER) -> int:
    """Settle or remove what a crash left in `incoming/`; returns how many were removed."""
    folder, removed = root() / "incoming", 0
    if not folder.is_dir():
        return 0
    for path in sorted(folder.iterdir()):
        try:
            id, age = uuid.UUID(path.name), time.time() - path.lstat().st_mtime
        except (ValueError, OSError):
            continue
        if age < older_than:
            continue
        if known(id):
            settle(id)
        else:
            discard(id)
            removed += 1
    return removed


def _incoming(id: uuid.UUID) -> Path:
    return root() / "incoming" / str(id)


def _place(id: uuid.UUID) -> Path:
    # The last digits are random; the first of such an id are the time.
    return root() / str(id)[-2:] / str(id)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
