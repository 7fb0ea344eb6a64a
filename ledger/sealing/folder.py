"""A folder that checkpoints are written to, off the database: one file for each, never changed, never removed.

`<folder>/<UTC day>/<size>.txt` holds the signed note with the cosignatures known by then; `public-keys.txt` lists the
keys. Mount storage there that the database's owner cannot write: what lies in it is what they cannot take back.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

DAY = re.compile(r"\d{4}-\d\d-\d\d")
FILE = re.compile(r"\d{15}\.txt")
KEYS: Final = "public-keys.txt"


class Folder:
    """Write once, read the newest."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def files(self) -> Iterator[Path]:
        """All of them in order of size."""
        for day in sorted(name for name in os.listdir(self.path) if DAY.fullmatch(name)):
            for name in sorted(name for name in os.listdir(self.path / day) if FILE.fullmatch(name)):
                yield self.path / day / name

    def newest(self) -> str | None:
        """The note of the largest checkpoint written so far."""
        if not self.path.is_dir():
            return None
        for day in sorted((name for name in os.listdir(self.path) if DAY.fullmatch(name)), reverse=True):
            files = sorted(name for name in os.listdir(self.path / day) if FILE.fullmatch(name))
            if files:
                return (self.path / day / files[-1]).read_text(encoding="utf-8")
        return None

    def write(self, size: int, note: str) -> Path:
        """Keep a checkpoint, on the disk before this returns. Raises `OSError`; a file that is there stays."""
        day = self.path / f"{datetime.now(UTC):%Y-%m-%d}"
        day.mkdir(parents=True, exist_ok=True)
        file = day / f"{size:015d}.txt"
        if file.exists():
            return file
        fresh = file.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as stream:
            stream.write(note)
            stream.flush()
            os.fchmod(stream.fileno(), 0o444)
            os.fsync(stream.fileno())
        fresh.rename(file)
        for folder in (day, self.path):
            _sync(folder)
        return file

    def list_key(self, text: str) -> None:
        """Add a public key to the list unless it is there."""
        self.path.mkdir(parents=True, exist_ok=True)
        file = self.path / KEYS
        known = file.read_text(encoding="ascii").splitlines() if file.exists() else []
        if text not in known:
            with file.open("a", encoding="ascii") as stream:
                stream.write(text + "\n")


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
