"""A write-only XLSX: rows are written as they come, so memory does not grow. Every cell is text, a number or empty.

Text is an inline string, which no program runs as a formula. After a million rows a further, numbered sheet begins.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import IO
from xml.sax.saxutils import escape

ROWS_OF_A_SHEET = 1_000_000
LONGEST_CELL = 32_767
TOO_LONG = "(longer than a cell of this format can be; the whole text is in decisions.csv)"
# What XML 1.0 cannot hold; the format writes it by its number.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The same bytes for the same rows, whenever they are written.
TIME = (1980, 1, 1, 0, 0, 0)


class Workbook:
    """`add(rows)` as often as wanted within `with Workbook(stream, header) as book`."""

    def __init__(
        self,
        stream: IO[bytes],
        header: Sequence[str],
        *,
        title: str = "decisions",
        most: int = ROWS_OF_A_SHEET,
    ) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._header, self._title, self._most = list(header), title, most
        self._sheets: list[str] = []
        self._rows = 0
        self._open: IO[bytes] | None = None

    def __enter__(self) -> Workbook:
        self._new_sheet()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._open:
            self._end_sheet()
        if kind is None:
            self._write_parts()
        self._zip.close()

    def add(self, rows: Iterable[Sequence[str | int | None]]) -> None:
        for row in rows:
            if self._rows == self._most:
                self._end_sheet()
                self._new_sheet()
            self._rows += 1
            self._put(self._row(row))

    def _row(self, row: Sequence[str | int | None]) -> str:
        return f"<row>{''.join(map(_cell, row))}</row>"

    def _new_sheet(self) -> None:
        number = len(self._sheets) + 1
        self._sheets.append(self._title if number == 1 else f"{self._title} {number}")
        self._rows = 0
        self._open = self._zip.open(_info(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True)
        self._put(f'{HEAD}<worksheet xmlns="{NAMESPACE}"><sheetData>')
        self._put(self._row(self._header))

    def _end_sheet(self) -> None:
        self._put("</sheetData></worksheet>")
        if self._open:
            self._open.close()
            self._open = None

    def _put(self, text: str) -> None:
        if self._open:
            self._open.write(text.encode())

    def _write_parts(self) -> None:
        numbers = range(1, len(self._sheets) + 1)
        sheets = "".join(
            f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
            for number, name in zip(numbers, self._sheets, strict=True)
        )
        kinds = "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for number in numbers
        )
        relations = "".join(
            f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in numbers
        )
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override'
            ' PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            f'spreadsheetml.sheet.main+xml"/>{kinds}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATIONS}">'
            f"<sheets>{sheets}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        }
        for name, text in parts.items():
            self._zip.writestr(_info(name), HEAD + text)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _cell(value: str | int | None) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    if len(value) > LONGEST_CELL:
        value = TOO_LONG
    text = CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", escape(value))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
