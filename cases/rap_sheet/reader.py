"""Rows from pasted text: one a line, or one a block of labelled lines; what cannot be read is given back as it was.

A row needs a day and a charge. Columns are told by their heading where there is one, else by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cases.rap_sheet.words import (
    date_in,
    end_of,
    is_disposition,
    is_place,
    is_sentence,
    readable,
    statute_in,
)

MOST_ROWS = 100
MOST_CHARACTERS = 200_000
# No line of a sheet is that long; a longer one is given back without looking at it.
LONGEST_LINE = 2_000
LONGEST = 200

LABELS = {
    "on": (
        r"(?:date(?: of (?:arrest|offen[sc]e|conviction))?|arrest(?:ed)?(?: date)?|arr/det/cite|when"
        r"|convicted on|dispo(?:sition)? date)"
    ),
    "place": r"(?:agency|arresting agency|court|ori|where|place|county)",
    "statute": r"(?:statute|code|section|citation)",
    "charge": r"(?:charges?|offen[sc]es?|crime|description|cnt(?: ?\d+)?|count(?: ?\d+)?)",
    "disposition": r"(?:\*?dispo(?:sition)?|result|outcome|status|finding|plea)",
    "sentence": r"(?:sen(?:tence)?|sent|punishment)",
}
LABELLED = re.compile(
    r"^\s*[*#-]?\s*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in LABELS.items())
    + r")\s*[:=]\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
HEADING = {name: re.compile(rf"^{words}(?: .*|/.*)?$", re.IGNORECASE) for name, words in LABELS.items()}
NOISE = re.compile(
    r"^[\s\-=_*#.]*$|^\s*(?:page \d+.*|end of (?:record|report).*|rap sheet.*|criminal history.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a sheet tells, as it was read. Texts are cut to what the record takes; `source` is the line."""

    on: str = ""
    place: str = ""
    statute: str = ""
    charge: str = ""
    disposition: str = ""
    sentence: str = ""
    source: str = ""

    @property
    def kind(self) -> str:
        return end_of(self.disposition).kind

    def values(self) -> dict[str, str]:
        """The start of the form of this row."""
        end = end_of(self.disposition)
        return {
            "kind": end.kind,
            "on": self.on,
            "place": self.place[:LONGEST],
            "statute": self.statute[:LONGEST],
            "description": self.charge[:LONGEST],
            "disposition": end.disposition,
            "known_end": end.known_end,
            "sentence": self.sentence[:LONGEST],
        }

    @property
    def note(self) -> str:
        return end_of(self.disposition).note


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read, and the lines that could not be, as they were."""

    rows: list[Row] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read(text: str) -> Sheet:
    """Read a sheet. Never raises; a line that is neither a row nor decoration comes back in `unread`."""
    sheet = Sheet()
    lines = text[:MOST_CHARACTERS].replace("\x00", " ").splitlines()
    if rest := text[MOST_CHARACTERS:]:
        lines.append(rest)
    columns: list[str] = []
    sheet.unread.extend(line for line in lines if len(line) > LONGEST_LINE)
    for block in _blocks([line for line in lines if len(line) <= LONGEST_LINE]):
        labelled = sum(1 for line in block if LABELLED.match(line))
        found, unread = (
            _read_block(block)
            if labelled >= 2 or (labelled and len(block) > 1)
            else _read_lines(block, columns)
        )
        for row in found:
            if len(sheet.rows) < MOST_ROWS:
                sheet.rows.append(row)
            else:
                sheet.unread.append(row.source)
        sheet.unread.extend(unread)
    return sheet


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _read_lines(lines: list[str], columns: list[str]) -> tuple[list[Row], list[str]]:
    """`columns` is filled by a heading and holds for the lines and blocks after it."""
    rows, unread = [], []
    for line in lines:
        if NOISE.match(line):
            continue
        cells = _cells(line)
        if heading := _heading(cells):
            columns[:] = heading
            continue
        row = _by_heading(cells, columns) if len(columns) == len(cells) else None
        row = row or _by_words(cells, line)
        if row.on and row.charge:
            rows.append(replace(row, source=line.strip()))
        else:
            unread.append(line)
    return rows, unread


def _cells(line: str) -> list[str]:
    for separator in (r"\t+", r"\s*\|\s*", r"\s*;\s*", r"\s{2,}"):
        cells = [cell.strip().strip('"') for cell in re.split(separator, line.strip().strip("|"))]
        if len(cells) >= 3:
            return cells
    quoted = re.findall(r'(?:^|,)\s*(?:"([^"]*)"|([^,]*))', line.strip())
    cells = [(one or other).strip() for one, other in quoted]
    return cells if len(cells) >= 3 else [line.strip()]


def _heading(cells: list[str]) -> list[str]:
    names = [next((name for name, words in HEADING.items() if words.match(cell)), "") for cell in cells]
    return names if len(cells) >= 3 and "on" in names and sum(map(bool, names)) >= len(cells) - 1 else []


def _by_heading(cells: list[str], columns: list[str]) -> Row | None:
    values: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=True):
        if name and cell:
            values[name] = f"{values[name]}, {cell}" if name in values else cell
    on, _ = date_in(values.get("on", ""))
    return _completed(Row(**{**values, "on": on})) if on else None


def _by_words(cells: list[str], line: str) -> Row:
    """Tell the columns by what they say; what is left over is the charge."""
    on, rest = date_in(cells[0])
    if not on:
        return Row(source=line)
    row, left = Row(on=on), []
    for cell in [rest, *cells[1:]]:
        if not cell or readable(cell):
            continue
        if not row.statute and not row.charge and statute_in(cell):
            row = replace(row, statute=statute_in(cell), charge=cell)
        elif is_disposition(cell) and not row.disposition:
            row = replace(row, disposition=cell)
        elif is_place(cell) and not row.place:
            row = replace(row, place=cell)
        elif is_sentence(cell) and not row.sentence:
            row = replace(row, sentence=cell)
        else:
            left.append(cell)
    if not row.charge and left:
        row = replace(row, charge=left.pop(0))
    if not row.place and left:
        row = replace(row, place=left.pop(0))
    return _completed(row)


def _read_block(lines: list[str]) -> tuple[list[Row], list[str]]:
    """A block of labelled lines; each charge begins a row that shares day and court with the one before."""
    rows: list[Row] = []
    shared, row, unread = Row(), Row(), []

    def close() -> None:
        nonlocal row
        full = _completed(replace(row, on=row.on or shared.on, place=row.place or shared.place))
        if full.on and full.charge:
            rows.append(full)
        row = Row()

    for line in lines:
        match = LABELLED.match(line)
        name, value = (str(match.lastgroup), match["rest"].strip()) if match else ("", line.strip())
        if match:
            name = next(label for label in LABELS if match[label] is not None)
        # The number of the name that the arrest was made under is no place and no day.
        value = re.sub(r"^NAM:? ?\d*.*$", "", value)
        read_on, after = date_in(value)
        if name == "on" or (not name and read_on):
            close()
            shared = Row(on=read_on or shared.on, place=after or shared.place)
            if name == "on" and not read_on and value:
                unread.append(line)
        elif name in {"charge", "statute"} or (not name and statute_in(value)):
            if name == "charge" and not re.search(r"[A-Za-z]{3}", value):
                close()
                continue
            if (name == "statute" and row.statute) or (name != "statute" and row.charge):
                close()
            row = _charged(row, name, value, line)
        elif name == "place":
            shared = replace(shared, place=after or value or shared.place, on=read_on or shared.on)
        elif name in {"disposition", "sentence"}:
            row = replace(row, **{name: "; ".join(filter(None, (getattr(row, name), value)))})
            row = replace(row, source=f"{row.source} / {line.strip()}".strip(" /"))
        elif not NOISE.match(line):
            unread.append(line)
    close()
    return (rows, unread) if rows else ([], lines)


def _charged(row: Row, name: str, value: str, line: str) -> Row:
    source = f"{row.source} / {line.strip()}".strip(" /")
    if name == "statute":
        return replace(row, statute=value, source=source)
    return replace(row, charge=value, source=source)


def _completed(row: Row) -> Row:
    """Citation and charge apart, where one text holds both."""
    statute = row.statute or statute_in(row.charge)
    charge = row.charge
    if statute and statute in charge and charge != statute:
        charge = charge.replace(statute, " ")
    charge = " ".join(charge.split()).strip(" ,;:-–/()")
    return replace(row, statute=statute, charge=charge or row.charge or statute)
