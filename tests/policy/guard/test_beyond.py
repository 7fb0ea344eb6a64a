"""Behind the part of a very long text that is read in full: terms that count by themselves, with true offsets."""

from __future__ import annotations

import io
import json
import sys
from itertools import islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.fields import LONGEST_TEXT
from cases.imports.reading import LONGEST_LINE
from policy.guard import screen, screened
from policy.guard.accuracy import SETS, texts
from policy.guard.beyond import SENTENCES, alone, beyond
from policy.guard.budget import READ_IN_FULL
from policy.management.commands.screen_text import Command

# Words that no list has and that lie near to none; no two sentences are equal.
UNKNOWN = ("zx" + "".join(letters) + "zzq" for letters in product("bcdfgjkvwx", repeat=6))
FILLING = " ".join(
    "Zq " + " ".join(islice(UNKNOWN, 8)) + "." for _ in range((READ_IN_FULL + SENTENCES) // 80 + 1)
)
LABELLED = [item["text"] for pattern in SETS.values() for item in texts(pattern)]


def test_every_door_is_read_in_full() -> None:
    assert max(LONGEST_TEXT, LONGEST_LINE) < READ_IN_FULL


def test_behind_it_a_sentence_with_a_term_is_read_in_its_context() -> None:
    told = screened(FILLING + " She eats at a Thai restaurant. He is Guate\u200bmalan.")
    assert [found.text for found in told.findings] == ["Guate\u200bmalan"]
    assert told.in_full < len(FILLING)


def test_after_many_such_sentences_the_term_alone_is_told() -> None:
    thai = " ".join(f"He ate at Thai restaurant {number}." for number in range(SENTENCES // 20))
    told = screened(f"{FILLING} {thai} Stop. Her friend is Guate\u200bmalan.")
    assert told.findings[0].text == "Thai"
    assert told.findings[-1].text == "Guate\u200bmalan"


def test_a_text_that_repeats_itself_is_read_in_full_however_long() -> None:
    told = screened("She belongs to the opposition at home. " * 5_000)
    assert told.in_full == 5_000 * 39
    assert len(told.findings) == 5_000


def test_whole_reads_what_else_is_left_out() -> None:
    text = FILLING + " She lives with her wife."
    assert screened(text).findings == ()
    told = screened(text, whole=True)
    assert [found.text for found in told.findings] == ["her wife"]
    assert told.in_full == len(text)


def test_every_word_that_counts_alone_is_found_behind_it() -> None:
    words = sorted(alone())
    text = "\n".join(f"{word.capitalize()}." for word in words)
    found = {one.text.lower() for one in beyond(text, 0, lambda piece: list(screen(piece)))}
    assert len(found.intersection(words)) > 0.98 * len(words)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LABELLED), min_size=1, max_size=80))
def test_offsets_are_true_whatever_stands_there(parts: list[str]) -> None:
    text = "\n".join(parts)
    for found in beyond(text, 0, lambda piece: list(screen(piece))):
        assert found.text == text[found.start : found.end] != ""


def test_the_command_says_so(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = FILLING + " He lives with his husband. He is Guatemalan."
    for whole, wanted in ((False, ["Guatemalan"]), (True, ["his husband", "Guatemalan"])):
        line = json.dumps({"id": 1, "text": text})
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line.encode())))
        Command().handle(whole=whole)
        answer = json.loads(capfdbinary.readouterr().out)
        assert [one["text"] for one in answer["findings"]] == wanted
        assert ("read_in_full_to" in answer) is not whole
