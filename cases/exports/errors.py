"""Why an export cannot be made."""

from __future__ import annotations


class CannotExport(Exception):
    """Nothing was written. The text is one line for the person at the terminal."""
