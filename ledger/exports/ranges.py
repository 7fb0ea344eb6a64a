"""Sending a file, or the rest of one whose download broke off (RFC 9110, 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1 << 18
ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `begin` up to, not including, `end` of a file."""

    begin: int
    end: int
    partial: bool

    def header(self, size: int) -> str:
        return f"bytes {self.begin}-{self.end - 1}/{size}"


def span_of(wanted: str, if_range: str, etag: str, size: int) -> Span | None:
    """What a request's Range asks for; the whole where it asks for none that we serve; None where it cannot be met."""
    found = ONE_RANGE.fullmatch(wanted.strip())
    # A file that is another one since is sent from its beginning.
    if not found or found.groups() == ("", "") or (if_range and if_range != etag):
        return Span(0, size, partial=False)
    first, last = found.groups()
    if not first:
        begin, end = max(size - int(last), 0), size
    else:
        begin, end = int(first), min(int(last) + 1, size) if last else size
    return Span(begin, end, partial=True) if begin < end else None


def chunks(path: Path, span: Span) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(span.begin)
        left = span.end - span.begin
        while left > 0 and (data := stream.read(min(CHUNK, left))):
            left -= len(data)
            yield data
