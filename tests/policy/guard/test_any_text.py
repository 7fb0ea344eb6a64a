"""Whatever the text: offsets are true, nothing is raised, and hard texts are as quick as their length allows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.guard import ATTRIBUTES, screen
from policy.guard.pieces import pieces
from policy.guard.restricted import restricted

# Pieces from which texts are made that look like what the guard reads.
PIECES = st.sampled_from(
    ["Mexican", " ", "m e x i c a n", "born in", "\u200b", "\u0301", "@", "$", "*", "-", "/", ".", "\n", "he is",
     "white", "union", "ﬁ", "🇲🇽", "İ", "ß", "\ud800", "\x00", "'s", "’", "H/M", "34 yo F", "petition", "his husband",
     "1", "ẞ"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_findings_lie_in_the_text_by_position_without_overlap(text: str) -> None:
    findings = screen(text)
    ends: dict[str, int] = {}
    assert list(findings) == sorted(findings, key=lambda found: (found.start, found.end, found.attribute))
    for found in findings:
        assert found.attribute in ATTRIBUTES
        assert 0 <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        assert found.start >= ends.get(found.attribute, 0)
        ends[found.attribute] = found.end


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_same_text_has_the_same_answer(text: str) -> None:
    assert screen(text) == screen(text)


@pytest.mark.parametrize(
    "text",
    [
        "a " * 200_000,
        "e" + "\u0301" * 400_000,
        "Mexican " * 60_000,
        "@$!|" * 100_000,
        "he is a " * 60_000,
        "x" * 400_000,
    ],
)
def test_a_long_text_is_screened_to_its_end(text: str) -> None:
    findings = screen(text + " She is Peruvian.")
    assert findings[-1].text == "Peruvian"


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.one_of(PIECES, st.sampled_from(["asylum ", "I-589", "T visa ", ". ", "He ", "\n"])), max_size=900
    ).map("".join)
)
def test_pieces_are_the_text_and_the_second_screen_tells_true_offsets(text: str) -> None:
    cut = list(pieces(text))
    assert "".join(piece for _, piece in cut) == text
    assert all(text[offset : offset + len(piece)] == piece for offset, piece in cut)
    for mention in restricted(text):
        assert mention.text == text[mention.start : mention.end] != ""


def test_the_second_screen_reads_a_long_text_to_its_end() -> None:
    long = "The subject works nights at a bakery. " * 40_000
    assert [one.kind for one in restricted(long + "His I-589 is pending.")] == ["asylum"]
