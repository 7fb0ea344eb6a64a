"""Layouts of extracts, one a module: its headings, and how the cells of a row become an `ArrivingRow`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from cases.imports.layouts.ice_arrests import IceArrests
from cases.imports.layouts.ice_arrests_foia import IceArrestsFoia
from cases.imports.rows import ArrivingRow


class Layout(Protocol):
    """What an import needs to know of a layout."""

    @property
    def key(self) -> str: ...

    @property
    def needed(self) -> tuple[str, ...]:
        """Headings that the file must have."""

    @property
    def optional(self) -> tuple[str, ...]:
        """Headings that it may have. Any other column is not read."""

    @property
    def lines_before(self) -> int:
        """How many records, a title for example, may stand before the heading."""

    @property
    def loose_columns(self) -> bool:
        """Whether a spreadsheet may have added empty columns at the end and empty rows."""

    def name(self, heading: str) -> str:
        """A heading in the spelling of `needed` and `optional`, where it is one of them."""

    def fits(self, names: Collection[str]) -> str:
        """Why headings with all that are needed do not do all the same, or nothing."""

    def understand(self, line: int, cells: dict[str, str]) -> ArrivingRow:
        """Raises `RowRefused` naming the field."""


LAYOUTS: dict[str, Layout] = {layout.key: layout for layout in (IceArrests(), IceArrestsFoia())}
