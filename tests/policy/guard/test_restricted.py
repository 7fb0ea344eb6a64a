"""The second screen on its own labelled texts: every mention is found whole with its kind, and nothing else is marked.

`[[kind:words]]` labels a mention. The first file was used to make the rules; the second is only measured on.
"""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.guard.restricted import INSTEAD, KINDS, restricted, without

HERE = Path(__file__).parent
MARK = re.compile(r"\[\[(\w+):(.*?)\]\]")
Label = tuple[str, int, int]


def labelled(name: str) -> list[tuple[str, list[Label]]]:
    found = []
    for line in (HERE / name).read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        text, labels, last = "", [], 0
        for mark in MARK.finditer(line):
            text += line[last : mark.start()]
            labels.append((mark[1], len(text), len(text) + len(mark[2])))
            text, last = text + mark[2], mark.end()
        found.append((text + line[last:], labels))
    return found


MADE_WITH = labelled("restricted_texts.txt")
MEASURED = labelled("restricted_measure.txt")


def missed(text: str, labels: list[Label]) -> list[str]:
    found = restricted(text)
    return [
        text[start:end]
        for kind, start, end in labels
        if not any(one.kind == kind and one.start <= start and one.end >= end for one in found)
    ]


def false_alarms(text: str, labels: list[Label]) -> list[str]:
    return [
        one.text
        for one in restricted(text)
        if not any(one.kind == kind and one.start < end and one.end > start for kind, start, end in labels)
    ]


def test_the_set_is_large_and_has_both_sides() -> None:
    texts = MADE_WITH + MEASURED
    assert len(texts) >= 300
    assert len({text for text, _ in texts}) == len(texts)
    assert sum(not labels for _, labels in texts) >= 100
    for kind in KINDS:
        assert sum(one[0] == kind for _, labels in texts for one in labels) >= 10, kind


@pytest.mark.parametrize(("text", "labels"), MADE_WITH)
def test_what_the_rules_were_made_with(text: str, labels: list[Label]) -> None:
    assert (missed(text, labels), false_alarms(text, labels)) == ([], [])


def test_what_is_only_measured() -> None:
    wrong = [text for text, labels in MEASURED if missed(text, labels) or false_alarms(text, labels)]
    assert len(wrong) <= len(MEASURED) * 0.05, wrong


def test_offsets_count_characters_of_the_text_as_given() -> None:
    text = "Ańa\u200b said: a\u200bsy\u200blum, and a Ｕ visa."
    assert [(one.kind, text[one.start : one.end] == one.text) for one in restricted(text)] == [
        ("asylum", True),
        ("crime_victim", True),
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Her VAWA petition is pending.", f"{INSTEAD.capitalize()} is pending."),
        ("She filed a VAWA petition in May.", f"She filed {INSTEAD} in May."),
        ("I-589, I-918 seen in the bag.", f"{INSTEAD.capitalize()} seen in the bag."),
        ("Taxes are paid.", "Taxes are paid."),
    ],
)
def test_what_stays_in_the_text(text: str, left: str) -> None:
    assert without(text, restricted(text)) == left
    assert restricted(left) == ()


@given(st.text(alphabet=string.ascii_letters + " .-'éñ\u200b\u0301ＵıİŔ()158936470", max_size=200))
def test_any_text_has_sound_marks(text: str) -> None:
    last = 0
    for one in restricted(text):
        assert last <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert one.kind in KINDS
        last = one.end


@given(st.lists(st.sampled_from([text for text, labels in MADE_WITH if labels]), min_size=1, max_size=4))
def test_nothing_restricted_is_left_behind(texts: list[str]) -> None:
    whole = "\n".join(texts)
    assert restricted(without(whole, restricted(whole))) == ()
