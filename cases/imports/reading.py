"""From a file to records, whatever state the file is in.

A broken record costs itself, not the ones after it: when a quote is left open, the lines that it seemed to
swallow are read again on their own. Lines are read with a limit, so that memory stays flat.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TextIO

LONGEST_LINE: Final = 64 * 1024
# A quoted field may hold line breaks; a quote that is still open after this many lines was never meant to be
# one.
MOST_LINES: Final = 10
OPEN: Final = "open"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its first line number, its cells, its text; `problem` says why the cells cannot be used."""

    line: int
    cells: list[str]
    raw: str
    problem: str = ""


class Lines:
    """Physical lines with their numbers, one look back allowed."""

    def __init__(self, file: TextIO, longest: int = LONGEST_LINE) -> None:
        self._file = file
        self._longest = longest
        self._number = 0
        self._waiting: deque[tuple[int, str]] = deque()

    def next(self) -> tuple[int, str] | None:
        if self._waiting:
            return self._waiting.popleft()
        line = self._file.readline(self._longest + 1)
        if not line:
            return None
        self._number += 1
        if len(line) > self._longest and not line.endswith("\n"):
            while (rest := self._file.readline(self._longest)) and not rest.endswith("\n"):
                pass
        return self._number, line

    def give_back(self, lines: list[tuple[int, str]]) -> None:
        self._waiting.extendleft(reversed(lines))


def records(file: TextIO, width: int | None = None) -> Iterator[Record]:
    """Every record that is not blank. `file` must be opened with `newline=""` and `errors="surrogateescape"`.

    With `width`, a record over several lines that has not that many cells is taken for one with an open
    quote.
    """
    lines = Lines(file)
    while (first := lines.next()) is not None:
        number, text = first
        if not text.strip():
            continue
        yield _record(number, text, lines, width)


def _record(number: int, text: str, lines: Lines, width: int | None) -> Record:
    if len(text) > LONGEST_LINE:
        return Record(number, [], text[:200], f"the line is longer than {LONGEST_LINE} characters")
    cells, problem = _cells(text)
    if problem != OPEN:
        return Record(number, cells, text, problem)
    taken: list[tuple[int, str]] = []
    joined = text
    while len(taken) < MOST_LINES and (more := lines.next()) is not None:
        taken.append(more)
        joined += more[1]
        cells, problem = _cells(joined)
        if problem != OPEN:
            break
    if problem or (width is not None and len(cells) != width):
        lines.give_back(taken)
        return Record(number, [], text, "a quotation mark is opened and not closed")
    return Record(number, cells, joined)


def unreadable(text: str) -> str:
    """Why a line is no text, or nothing."""
    if "\x00" in text:
        return "it holds a NUL character"
    if not text.isascii() and any("\udc80" <= character <= "\udcff" for character in text):
        return "it holds bytes that are not UTF-8 text"
    return ""


def _cells(text: str) -> tuple[list[str], str]:
    """The cells of one record and what is wrong with it; `OPEN` when it ends inside quotes."""
    problem = unreadable(text)
    if problem:
        return [], problem
    try:
        return next(csv.reader([text], strict=True)), ""
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return [], OPEN
        return [], "a quotation mark stands where none can be"
    except StopIteration:
        return [], "it is empty"
