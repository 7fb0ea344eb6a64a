"""The file of an import: opened once, measured, read twice, and watched for changes meanwhile.

It is read ahead because equal rows can only be told apart when all of them are known, and because the person
waiting wants to know how long it takes.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Self, TextIO

from cases.imports.errors import CannotRun, RowRefused
from cases.imports.layouts import Layout
from cases.imports.reading import Record, records
from cases.imports.rows import ArrivingRow, Rejected


class Opened:
    """One file, open for the length of the import. Raises `CannotRun` when it cannot be read."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            mode = path.stat().st_mode
            if not stat.S_ISREG(mode):
                raise CannotRun(f"{path} is not a regular file; it is read twice, so write it to disk first.")
            self._raw = path.open("rb")
        except FileNotFoundError:
            raise CannotRun(f"{path} does not exist.") from None
        except OSError as error:
            raise CannotRun(f"{path} cannot be read: {error.strerror}.") from None
        try:
            self._as_opened = self._now()
            self.digest = self._hash()
            self._begin(path)
        except BaseException:
            self.close()
            raise

    def _begin(self, path: Path) -> None:
        """Look at how the file begins."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._raw.close()

    def unchanged(self) -> bool:
        """Whether the file still is what it was when it was opened."""
        return self._now() == self._as_opened

    def _now(self) -> tuple[int, int]:
        state = os.fstat(self._raw.fileno())
        return state.st_size, state.st_mtime_ns

    def _hash(self) -> str:
        hashing = hashlib.sha256()
        while block := self._raw.read(1 << 20):
            hashing.update(block)
        return hashing.hexdigest()

    @contextmanager
    def _text(self) -> Iterator[TextIO]:
        """The file from its start, as text; bytes that are none come as lone surrogates."""
        self._raw.seek(0)
        text = io.TextIOWrapper(self._raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
        try:
            yield text
        finally:
            text.detach()


class Source(Opened):
    """One extract in one layout. Raises `CannotRun` when it cannot be read or its heading does not fit."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self.layout = layout
        super().__init__(path)

    def rows(self) -> Iterator[ArrivingRow | Rejected]:
        """Every row after the heading, in order."""
        for record in self._records(self._width):
            if record.line <= self._heading_line:
                continue
            if self.layout.loose_columns and not record.problem and not any(map(str.strip, record.cells)):
                continue
            yield self._understood(record)

    def _records(self, width: int | None) -> Iterator[Record]:
        with self._text() as text:
            yield from records(text, width)

    def _begin(self, path: Path) -> None:
        self._raw.seek(0)
        if self._raw.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            raise CannotRun(f"{path} is UTF-16; save it as CSV in UTF-8.")
        found = self._records(None)
        first = list(islice(found, 1 + self.layout.lines_before))
        found.close()  # type: ignore[attr-defined]
        if not first:
            raise CannotRun(f"{path} is empty; its first line must name the columns.")
        heading = next((one for one in first if not self._missing(self._names(one))), first[0])
        if heading.problem:
            raise CannotRun(f"{path}: the heading cannot be read: {heading.problem}.")
        names = self._names(heading)
        missing = self._missing(names)
        if missing:
            raise CannotRun(
                f"{path} does not have the layout {self.layout.key}: the heading lacks {', '.join(missing)}."
            )
        known = (*self.layout.needed, *self.layout.optional)
        twice = sorted({one for one in known if names.count(one) > 1})
        if twice:
            raise CannotRun(f"{path}: the heading names {', '.join(twice)} more than once.")
        unfit = self.layout.fits(names)
        if unfit:
            raise CannotRun(f"{path} does not have the layout {self.layout.key}: {unfit}.")
        self._heading_line, self._width = heading.line, len(heading.cells)
        while self.layout.loose_columns and not names[-1]:
            names.pop()
        self._headings = names

    def _names(self, record: Record) -> list[str]:
        return [self.layout.name(cell) for cell in record.cells]

    def _missing(self, names: list[str]) -> list[str]:
        return [one for one in self.layout.needed if one not in names]

    def _understood(self, record: Record) -> ArrivingRow | Rejected:
        if record.problem:
            return Rejected(record.line, "", record.problem, record.raw)
        cells, width = record.cells, len(self._headings)
        if self.layout.loose_columns and len(cells) > width and not any(map(str.strip, cells[width:])):
            cells = cells[:width]
        if len(cells) != width:
            reason = f"it has {len(cells)} columns where the heading has {width}"
            return Rejected(record.line, "", reason, record.raw)
        try:
            row = self.layout.understand(record.line, dict(zip(self._headings, cells, strict=True)))
        except RowRefused as refused:
            return Rejected(record.line, refused.field, refused.reason, record.raw)
        # Rows of several identifiers can still be refused, when the record knows whose they are.
        return row if len(row.identifiers) == 1 else replace(row, raw=record.raw)
