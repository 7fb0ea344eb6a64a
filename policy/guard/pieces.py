"""Cuts a long text into pieces that are screened one by one, so that the time grows with the text and no faster.

A piece ends with a sentence, or, where none ends for long, at a blank; only a word longer than a piece is cut itself.
Equal pieces are cut from equal text, so that whoever remembers them reads a text that repeats itself only once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

# A text up to this length is one piece: an answer, a note, a rationale.
SHORT: Final = 2_000
_PIECE: Final = 600
_LONGEST: Final = 4_000
_SENTENCE: Final = ". "


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each piece; together they are the text."""
    if len(text) <= SHORT:
        yield 0, text
        return
    begin = 0
    for line in text.splitlines(keepends=True):
        if len(line) <= _PIECE:
            yield begin, line
            begin += len(line)
            continue
        for sentence in _sentences(line):
            size = len(sentence)
            if size <= _PIECE:
                yield begin, sentence
            else:
                for offset, part in _cut(sentence):
                    yield begin + offset, part
            begin += size


def _sentences(line: str) -> Iterator[str]:
    """A line cut where a full stop is followed by a capital or a figure."""
    parts = line.split(_SENTENCE)
    kept = ""
    last = len(parts) - 1
    for place, part in enumerate(parts):
        whole = part + _SENTENCE if place < last else part
        if kept:
            whole = kept + whole
        ends = place < last and part[-2:-1] not in ("", " ", ".") and _begins(parts[place + 1])
        if ends or len(whole) > _LONGEST:
            yield whole
            kept = ""
        else:
            kept = whole
    if kept:
        yield kept


def _begins(part: str) -> bool:
    """Whether a sentence may begin so."""
    first = part[:1]
    return first.isupper() or first.isdigit() or first in ('"', "'", "(")


def _cut(text: str) -> Iterator[tuple[int, str]]:
    begin, end = 0, len(text)
    while end - begin > _PIECE:
        at = text.rfind(" ", begin + 1, begin + _PIECE) + 1
        if not at:
            at = text.find(" ", begin + _PIECE, begin + _LONGEST) + 1 or min(begin + _LONGEST, end)
        at = min(at, end)
        yield begin, text[begin:at]
        begin = at
    if begin < end:
        yield begin, text[begin:end]
