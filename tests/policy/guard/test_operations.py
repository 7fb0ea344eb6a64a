"""Whatever a writer does to a word, it is read: every operation at places in terms of every kind."""

from __future__ import annotations

import pytest

from policy.guard import screen

from .operations import CHANGED, LETTERS, PARTED, UNSEEN, Operation

TERMS = ("Guatemalan", "Venezuelan", "Mongolian", "Hispanic", "indigenous", "Buddhist", "Pentecostal", "transgender",
         "bisexual", "communist", "protester")  # fmt: skip
# Ordinary words that a pattern needs: they are put back, but tell nothing of themselves.
CARRIED = ("She was born in {}.", "Honduras"), ("He lives with his {} Martin.", "husband")


@pytest.mark.parametrize("name", sorted({**UNSEEN, **LETTERS, **PARTED, **CHANGED}))
def test_a_term_is_read_through_it(name: str) -> None:
    operation: Operation = {**UNSEEN, **LETTERS, **PARTED, **CHANGED}[name]
    missed = []
    tried = 0
    for term in TERMS:
        for place in range(2, len(term) - 1, 2):
            written = operation(term, place)
            if written == term:
                continue
            tried += 1
            text = f"The subject is {written} and works nights."
            if not any(found.start < 15 + len(written) and found.end > 15 for found in screen(text)):
                missed.append(written)
    assert len(missed) <= tried * 0.02, missed


@pytest.mark.parametrize("name", sorted({**UNSEEN, **PARTED}))
def test_a_word_of_a_pattern_is_read_through_it(name: str) -> None:
    if name == "a figure at the end":
        return
    for carrier, word in CARRIED:
        assert screen(carrier.format(word)), word
        written = {**UNSEEN, **PARTED}[name](word, 3)
        assert screen(carrier.format(written)), written


@pytest.mark.parametrize(
    "text",
    [
        "See AT&amp;T bill; 50%40 of it was paid.",
        "The form says F->M in a column of the garage: front to middle.",
        "Call 8-9 a.m. or 4-5 p.m., suite 2-B; unit x_2, bay 7/A.",
        "The court reporter's speech-to-text failed.",
        "Names of files: exhibit_2_final.pdf, photo_gate_4.jpg, re-filed.",
        "The line broke here: the well-\nknown clerk read the spare-\nparts list\nand left.",
        "<p>The clerk</p><p>signed</p> the form at C:\\users\\front.",
    ],
)
def test_signs_of_ordinary_writing_are_left_alone(text: str) -> None:
    assert screen(text) == ()
