"""Why a training cannot be recorded."""

from __future__ import annotations


class TrainingRefused(Exception):
    """The text is for the person; `field` names the field it is about, or is empty."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field
