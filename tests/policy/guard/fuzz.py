"""Fuzzes both screens of texts with atheris, for as long as it is let:

    make fuzz FUZZ_SECONDS=600

It is no part of the test run, for what it finds depends on how long it searches; `test_any_text` holds the same with
hypothesis. What it finds is written to a file, and becomes a case of that test.
"""

from __future__ import annotations

import sys
import time

import atheris

with atheris.instrument_imports(include=["policy.guard"]):
    from policy.guard import screen
    from policy.guard.beyond import beyond
    from policy.guard.restricted import restricted

# A text of some thousand characters that takes so many seconds shows an expression that runs away.
_SLOW = 2.0


def one(data: bytes) -> None:
    """One text: offsets are true, and it ends soon."""
    text = atheris.FuzzedDataProvider(data).ConsumeUnicode(6_000)
    began = time.monotonic()
    for found in screen(text):
        assert found.text == text[found.start : found.end] != ""
    for found in beyond(text, 0, lambda piece: list(screen(piece))):
        assert found.text == text[found.start : found.end] != ""
    for mention in restricted(text):
        assert mention.text == text[mention.start : mention.end] != ""
    assert time.monotonic() - began < _SLOW, len(text)


if __name__ == "__main__":
    screen("read the word lists before the clock runs")
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
