"""Layouts of extracts, one a module: its headings, and how the cells of a row become an `ArrivingRow`."""

from __future__ import annotations

from typing import Protocol

from cases.imports.layouts.ice_arrests import IceArrests
from cases.imports.rows import ArrivingRow


class Layout(Protocol):
    """What an import needs to know of a layout."""

    @property
    def key(self) -> str: ...

    @property
    def needed(self) -> tuple[str, ...]:
        """Headings that the file must have."""

    def understand(self, line: int, cells: dict[str, str]) -> ArrivingRow:
        """Raises `RowRefused` naming the field."""


LAYOUTS: dict[str, Layout] = {layout.key: layout for layout in (IceArrests(),)}
