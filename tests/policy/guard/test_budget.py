"""A text longer than any field: slips are looked for in its first words, all else everywhere, and that is said."""

from __future__ import annotations

import io
import json
import sys
from itertools import islice, product

import pytest

from assessment.fields import LONGEST_TEXT
from cases.views.words import LONGEST
from policy.guard import SLIPS_IN_FIRST, screen, screened
from policy.guard.budget import FITS, Budget
from policy.management.commands.screen_text import Command

# Words that no list has and that lie near to none.
UNKNOWN = ("zx" + "".join(letters) + "zzq" for letters in product("bcdfgjkvwx", repeat=5))
FILLING = ". ".join("Zq " + " ".join(islice(UNKNOWN, 8)) for _ in range(SLIPS_IN_FIRST // 8 + 1)) + ". "


def test_behind_the_first_words_terms_are_found_and_slips_are_not() -> None:
    told = screened(FILLING + "He is Guatemalan. She is a lesbain. He is a M u s l i m.")
    assert [found.text for found in told.findings] == ["Guatemalan", "M u s l i m"]
    assert not told.every_slip


def test_among_the_first_words_slips_are_found() -> None:
    told = screened("She is a lesbain. " + FILLING)
    assert [found.text for found in told.findings] == ["lesbain"]
    assert not told.every_slip


def test_a_word_that_comes_again_costs_nothing() -> None:
    told = screened("She is a lesbain and nobody quibbled about it. " * 2_000)
    assert told.every_slip
    assert len(told.findings) == 2_000


def test_no_field_holds_so_many_words() -> None:
    assert max(LONGEST_TEXT, LONGEST) < FITS
    assert screened("He paid the fine. " * 10).every_slip


def test_the_budget_counts_each_word_once() -> None:
    budget = Budget(most=2)
    assert [budget.allows(word) for word in ("one", "two", "one", "three", "two")] == [
        True,
        True,
        True,
        False,
        True,
    ]
    assert budget.spent


def test_the_command_says_so(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    lines = [json.dumps({"id": 1, "text": FILLING}), json.dumps({"id": 2, "text": "He paid."})]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode())))
    Command().handle()
    first, second = (json.loads(line) for line in capfdbinary.readouterr().out.splitlines())
    assert first == {"id": 1, "findings": [], "slips_in_first_words": SLIPS_IN_FIRST}
    assert second == {"id": 2, "findings": []}
    assert screen(FILLING) == ()
