"""Sending a file, or the rest of one whose download broke off (RFC 9110, 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 18
# Eighteen digits are more than any file has bytes; what is longer asks for nothing that we serve.
ONE_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


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


class Part:
    """A span of an open file as a response's content. It stays whole when the file is removed meanwhile."""

    def __init__(self, stream: BinaryIO, span: Span) -> None:
        self._stream, self._span = stream, span

    def __iter__(self) -> Iterator[bytes]:
        self._stream.seek(self._span.begin)
        left = self._span.end - self._span.begin
        while left > 0 and (data := self._stream.read(min(CHUNK, left))):
            left -= len(data)
            yield data

    def close(self) -> None:
        """Called by Django when the response has ended, however it ended."""
        self._stream.close()
