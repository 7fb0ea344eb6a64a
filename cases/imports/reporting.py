"""What the person at the terminal sees of an import, and the file of rows set aside."""

from __future__ import annotations

import csv
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

from cases.imports.errors import CannotRun
from cases.imports.rows import Counts, Rejected

SHOWN: Final = 10
EVERY: Final = 1.0


class Progress:
    """Rows, rate and time left, at most once a second, one line rewritten on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._terminal = stream.isatty()
        self._started = time.monotonic()
        self._shown = 0.0

    def __call__(self, counts: Counts, total: int) -> None:
        now = time.monotonic()
        if counts.read == 0:
            self._started = now
        if counts.read not in (0, total) and now - self._shown < EVERY:
            return
        self._shown = now
        took = now - self._started
        rate = counts.read / took if took > 0 and counts.read else 0.0
        left = f", {_clock((total - counts.read) / rate)} left" if rate and counts.read < total else ""
        text = f"{counts.read:,} of {total:,} rows, {rate:,.0f} rows/s{left}, {counts.rejected:,} rejected"
        if self._terminal:
            self._stream.write(f"\r{text}\x1b[K" + ("\n" if counts.read == total else ""))
        else:
            self._stream.write(text + "\n")
        self._stream.flush()


def _clock(seconds: float) -> str:
    whole = max(0, round(seconds))
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


class Rejects:
    """Rows set aside: into a CSV file when one is named, else the first ten to the terminal.

    The file holds raw rows, protected columns included, so only its owner may read it. The terminal gets none
    of them.
    """

    HEADINGS = ("line", "reason", "field", "row")

    def __init__(self, path: Path | None, stream: TextIO) -> None:
        self._stream = stream
        self.path = path
        self.count = 0
        self._file: TextIO | None = None
        if path is not None:
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            except OSError as error:
                raise CannotRun(f"{path} cannot be written: {error.strerror}.") from None
            self._file = os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogateescape", newline="")
            csv.writer(self._file).writerow(self.HEADINGS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def __call__(self, rejected: Rejected) -> None:
        self.count += 1
        if self._file is not None:
            raw = rejected.raw.rstrip("\r\n")
            csv.writer(self._file).writerow([rejected.line, rejected.reason, rejected.field, raw])
        elif self.count <= SHOWN:
            where = f"{rejected.field} " if rejected.field else ""
            self._stream.write(f"line {rejected.line} rejected: {where}{rejected.reason}\n")

    def close(self) -> None:
        """Say what was set aside."""
        if not self.count:
            return
        if self.path is not None:
            self._stream.write(f"{self.count:,} rows rejected; they are in {self.path}\n")
        elif self.count > SHOWN:
            more = self.count - SHOWN
            self._stream.write(f"{more:,} more rows rejected; --rejects FILE keeps them all\n")
