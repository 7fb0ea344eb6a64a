"""Why an import cannot run at all, or cannot use one row."""

from __future__ import annotations


class CannotRun(Exception):
    """The import cannot start or go on. The text is one line for the person at the terminal."""


class RowRefused(Exception):
    """One row cannot be used: `field` is its heading, or empty where the whole row is meant.

    `reason` must not repeat a value of a protected column, since it is printed.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.field = field
        self.reason = reason
