"""The lines of a CSV of trainings. Plain reading: who is an officer of the office is not known here.

Every line is read by itself, so that a quote left open, or a value of any size, spoils its own line only.
"""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from typing import Final

from accounts.training.errors import TrainingRefused

COLUMNS: Final = ("username", "course", "edition", "completed_on", "expires_on")
LARGEST_FILE: Final = 1024 * 1024
MOST_LINES: Final = 5000
LONGEST_COURSE: Final = 120


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One line of a CSV: what it says, why it cannot be used (`error`), or that it says nothing new (`known`)."""

    line: int
    username: str = ""
    course: str = ""
    edition_key: str = ""
    completed_on: datetime.date | None = None
    expires_on: datetime.date | None = None
    error: str = ""
    known: bool = False


def parse(data: bytes) -> list[CsvRow]:
    """The lines in order, empty ones left out. Raises `TrainingRefused` where there is nothing to read line by line."""
    lines = _text(data).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        header = [name.strip().lower() for name in _cells(lines[0])]
    except csv.Error:
        header = []
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise TrainingRefused(
            f"The first line must name the columns {', '.join(COLUMNS)}; missing: {', '.join(missing)}.",
            "file",
        )
    rows = [_row(number, line, header) for number, line in enumerate(lines[1:], 2) if line.strip(" \t,")]
    if not rows:
        raise TrainingRefused(
            "The file names the columns and holds no line. Add one line a training.", "file"
        )
    if len(rows) > MOST_LINES:
        raise TrainingRefused(
            f"The file has {len(rows)} lines; at most {MOST_LINES} go in one. Split it.", "file"
        )
    return rows


def _text(data: bytes) -> str:
    if not data.strip():
        raise TrainingRefused("No file was chosen, or it is empty. Choose the CSV.", "file")
    if len(data) > LARGEST_FILE:
        raise TrainingRefused("The file is larger than 1 MB. Split it.", "file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TrainingRefused("The file is not UTF-8 text. Save it as CSV (UTF-8).", "file") from error


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], strict=True), [])]


def _row(number: int, line: str, header: list[str]) -> CsvRow:
    try:
        cells = _cells(line)
    except csv.Error:
        return CsvRow(number, error="A double quote is left open, or a value is too long. Correct the line.")
    if any(cells[len(header) :]):
        return CsvRow(
            number,
            error=f"The line has {len(cells)} values for {len(header)} columns. "
            "Put a value that holds a comma in double quotes.",
        )
    values = dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False))
    completed, expires = day(values["completed_on"]), day(values["expires_on"])
    course = " ".join(values["course"].split())
    error = ""
    for name, read in (("completed_on", completed), ("expires_on", expires)):
        if read is None and not error:
            error = f"{name} is '{values[name][:20]}'; write it as 2024-05-31."
    if not error and completed and expires:
        found = problem(course, values["edition"], completed, expires)
        error = found[1] if found else ""
    return CsvRow(
        number,
        values["username"][:60],
        course[:LONGEST_COURSE],
        values["edition"][:20],
        completed,
        expires,
        error,
    )


def day(text: str) -> datetime.date | None:
    """The day written as 2024-05-31, else nothing: the other ISO forms are read differently by other programs."""
    try:
        read = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return read if read.isoformat() == text else None


def problem(
    course: str, edition_key: str, completed_on: datetime.date, expires_on: datetime.date
) -> tuple[str, str] | None:
    """The field and the reason why these values are no training, by hand and from a file alike."""
    if not course:
        return "course", "Write the name of the course."
    if len(course) > LONGEST_COURSE:
        return "course", f"The name of the course is longer than {LONGEST_COURSE} characters. Shorten it."
    if day(edition_key) is None:
        return "edition", "An edition is named by the day it was signed, as 2021-09-30."
    if expires_on <= completed_on:
        return "expires_on", "The training expires before it was completed. Correct one of the two days."
    return None
