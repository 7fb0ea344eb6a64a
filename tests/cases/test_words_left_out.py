"""Words of two attributes may overlap; leaving them out leaves no rest of them."""

from __future__ import annotations

from cases.screening.words import find, masked, rewritten

TEXT = "The two women in unit 9 are married. He paid."


def test_overlapping_words_are_left_out_whole() -> None:
    words = find(TEXT)
    assert len({word.attribute for word in words}) == 2
    assert masked(TEXT, words) == "The two [left out]. He paid."
    assert masked(TEXT, tuple(reversed(words))) == masked(TEXT, words)
    assert masked("He paid.", ()) == "He paid."


def test_what_is_rewritten_is_rewritten_once() -> None:
    after = rewritten(TEXT, find(TEXT))
    assert after.startswith("The two ")
    assert after.endswith(" He paid.")
    assert "married" not in after
