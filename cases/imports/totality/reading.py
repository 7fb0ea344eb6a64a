"""From a file to lines of known types. A line that does not fit costs itself alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pydantic

from cases.exports.lines import FORMAT, LINES, VERSION, Header
from cases.imports.errors import CannotRun
from cases.imports.reading import Lines, unreadable
from cases.imports.rows import Rejected
from cases.imports.source import Opened

LONGEST: Final = 1024 * 1024
# What the library says of a line that is no such object at all.
WHOLE: Final = {
    "json_invalid": "it is not JSON",
    "model_attributes_type": "it is not a JSON object",
    "dict_type": "it is not a JSON object",
    "model_type": "it is not a JSON object",
    "union_tag_not_found": "it does not say which part of the record it is",
    "union_tag_invalid": "there is no such part of the record",
}


@dataclass(frozen=True, slots=True)
class Arrived:
    """One line that fits its type. `content` is any of `cases.exports.lines.Line`."""

    line: int
    content: Any
    raw: str = field(repr=False)


class RecordFile(Opened):
    """A file of layout `totality`, whose header was read."""

    def lines(self) -> Iterator[Arrived | Rejected]:
        """Every line after the header that is not blank."""
        for number, text in self._numbered():
            yield understood(number, text)

    def count(self) -> int:
        return sum(1 for _ in self._numbered())

    def _begin(self, path: Path) -> None:
        with self._text() as file:
            first = file.readline(LONGEST)
        try:
            header = Header.model_validate_json(first.encode(errors="surrogateescape"))
        except pydantic.ValidationError:
            raise CannotRun(
                f'{path} does not have the layout {FORMAT}: its first line must be {{"format":"{FORMAT}",'
                f'"version":{VERSION}}}.'
            ) from None
        if header.version != VERSION:
            raise CannotRun(
                f"{path} has version {header.version} of the layout {FORMAT}; this release reads version {VERSION}."
            )

    def _numbered(self) -> Iterator[tuple[int, str]]:
        with self._text() as file:
            lines = Lines(file, LONGEST)
            lines.next()
            while (found := lines.next()) is not None:
                if found[1].strip():
                    yield found


def understood(number: int, text: str) -> Arrived | Rejected:
    if len(text) > LONGEST:
        return Rejected(number, "", f"the line is longer than {LONGEST} characters", text[:200])
    problem = unreadable(text)
    if problem:
        return Rejected(number, "", problem, text)
    try:
        return Arrived(number, LINES.validate_json(text), text)
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
    field_ = _field(first["loc"])
    reason = WHOLE.get(first["type"]) if not field_ else None
    return Rejected(number, field_, reason or _reason(first["msg"]), text)


def _field(where: tuple[int | str, ...]) -> str:
    """`birth.latest` for the place in a line; the first step is the part, which the line itself tells."""
    return ".".join(map(str, where[1:]))


def _reason(message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"{message[0].lower()}{message[1:]}"
