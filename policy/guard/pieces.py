"""Cuts a long text into pieces that are screened one by one, so that the time grows with the text and no faster.

A piece ends with a sentence, or, where none ends for long, at a blank; only a word longer than a piece is cut itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

# A text up to this length is one piece: an answer, a note, a rationale.
SHORT: Final = 2_000
_PIECE: Final = 600
_LONGEST: Final = 4_000
_BOUNDARY: Final = re.compile(r"[a-z0-9)\"'][.!?]\s+(?=[A-Z0-9\"'(])|\n")


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each piece; together they are the text."""
    if len(text) <= SHORT:
        yield 0, text
        return
    begin = 0
    for match in _BOUNDARY.finditer(text):
        end = match.end()
        yield from _cut(text, begin, end)
        begin = end
    yield from _cut(text, begin, len(text))


def _cut(text: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    while end - begin > _PIECE:
        at = text.rfind(" ", begin + 1, begin + _PIECE) + 1
        if not at:
            at = text.find(" ", begin + _PIECE, begin + _LONGEST) + 1 or min(begin + _LONGEST, end)
        at = min(at, end)
        yield begin, text[begin:at]
        begin = at
    if begin < end:
        yield begin, text[begin:end]
