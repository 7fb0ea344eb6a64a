"""The labelled set is sound: offsets, ids, counts, and splits that share no text.

Figures measured on a set with a wrong offset, a text counted twice or a leak between the splits would be worth
nothing, and nobody would see it in the figures themselves.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "policy" / "guard" / "labelled"
# The split of a file, and how the ids in it begin.
SPLITS = {
    "dev": "d-",
    "dev2": "d2-",
    "dev3": "d3-",
    "dev4": "d4-",
    "b1": "b1-",
    "b2": "b2-",
    "b3": "b3-",
    "b4": "b4-",
    "c1": "c1-",
    "c2": "c2-",
    "c3": "c3-",
    "d1": "bd1-",  # "d2-" is how the ids of dev2 begin
    "d2": "bd2-",
    "e1": "be1-",
    "f1": "bf1-",
}
ATTRIBUTES = {
    "race",
    "religion",
    "gender",
    "sexual_orientation",
    "gender_identity",
    "national_origin",
    "political_association",
    "first_amendment",
}
KINDS = {"positive", "evasion", "negative"}
LEAST_TEXTS = 1000
LEAST_PER_ATTRIBUTE = 75
LEAST_PER_ATTRIBUTE_RARE = 50
LONG_ENOUGH_TO_BE_A_COPY = 25
RARE = {"sexual_orientation", "gender_identity"}

Item = dict[str, Any]


@cache
def _items(split: str) -> tuple[Item, ...]:
    return tuple(
        json.loads(line)
        for path in sorted(FOLDER.glob(f"{split}-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )


def _everything() -> list[Item]:
    return [item for split in SPLITS for item in _items(split)]


def _bare(text: str) -> str:
    """The text without case, spacing, marks and invisible characters, so that a copy cannot hide behind them."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def _needed(item: Item) -> list[dict[str, Any]]:
    return [label for label in item["labels"] if not label.get("optional")]


def test_every_file_belongs_to_a_split() -> None:
    assert {path.name.split("-")[0] for path in FOLDER.glob("*.jsonl")} <= SPLITS.keys()


def test_every_label_points_at_its_words() -> None:
    for item in _everything():
        for label in item["labels"]:
            assert item["text"][label["start"] : label["end"]] == label["text"], item["id"]
            assert label["text"] == label["text"].strip() != "", item["id"]
            assert {label["attribute"], *label.get("alt", [])} <= ATTRIBUTES, item["id"]
            assert label["attribute"] not in label.get("alt", []), item["id"]


def test_no_two_needed_labels_of_a_text_overlap() -> None:
    for item in _everything():
        spans = sorted((label["start"], label["end"]) for label in _needed(item))
        assert all(end <= start for (_, end), (start, _) in pairwise(spans)), item["id"]


def test_kind_and_labels_agree() -> None:
    for item in _everything():
        assert item["kind"] in KINDS, item["id"]
        assert bool(_needed(item)) == (item["kind"] != "negative"), item["id"]
        assert item["note"] or item["kind"] == "positive", item["id"]


def test_ids_are_unique_and_tell_the_split() -> None:
    assert max(Counter(item["id"] for item in _everything()).values()) == 1
    for split, begin in SPLITS.items():
        assert all(item["id"].startswith(begin) for item in _items(split))


def test_no_text_stands_twice_in_a_split_or_in_both() -> None:
    twice = [
        text for text, times in Counter(_bare(item["text"]) for item in _everything()).items() if times > 1
    ]
    assert twice == []


def test_no_text_of_one_split_is_part_of_a_text_of_another() -> None:
    bare = {split: [_bare(item["text"]) for item in _items(split)] for split in SPLITS}
    for split, other in permutations(SPLITS, 2):
        whole = "|".join(bare[other])
        copied = [x for x in bare[split] if len(x) >= LONG_ENOUGH_TO_BE_A_COPY and x in whole]
        assert copied == []


def test_a_pair_is_one_use_and_one_harmless_twin() -> None:
    pairs: dict[str, list[str]] = {}
    for item in _everything():
        if "pair" in item:
            pairs.setdefault(item["pair"], []).append(item["kind"])
    assert pairs
    assert {tuple(sorted(kinds)) for kinds in pairs.values()} == {("negative", "positive")}


@pytest.mark.parametrize("split", ["dev", "dev2"])
def test_a_split_is_as_large_and_as_mixed_as_the_figures_need(split: str) -> None:
    items = _items(split)
    kinds = Counter(item["kind"] for item in items)
    assert len(items) >= LEAST_TEXTS
    assert kinds["positive"] / len(items) >= 0.5
    assert kinds["evasion"] / len(items) >= 0.1
    assert kinds["negative"] / len(items) >= 0.3
    texts = Counter(attribute for item in items for attribute in {x["attribute"] for x in _needed(item)})
    for attribute in ATTRIBUTES:
        least = LEAST_PER_ATTRIBUTE_RARE if attribute in RARE else LEAST_PER_ATTRIBUTE
        assert texts[attribute] >= least, attribute


# What a later split must hold: texts, texts of each attribute (usual, rare), pairs, long texts.
LATER = {
    "dev3": (900, 55, 40, 60, 40),
    "dev4": (600, 45, 45, 40, 24),
    "b1": (275, 18, 18, 20, 15),
    "b2": (275, 18, 18, 20, 15),
    "b3": (275, 18, 18, 20, 15),
    "b4": (275, 18, 18, 20, 15),
    "c1": (290, 18, 18, 20, 15),
    "c2": (290, 18, 18, 20, 15),
    "c3": (290, 18, 18, 20, 15),
    "d1": (290, 18, 18, 20, 15),
    "d2": (290, 18, 18, 20, 15),
    "e1": (290, 18, 18, 20, 15),
    "f1": (290, 18, 18, 40, 15),
}


@pytest.mark.parametrize("split", sorted(LATER))
def test_a_later_split_is_mixed_as_its_figures_claim(split: str) -> None:
    least, usual, rare, pairs, long = LATER[split]
    items = _items(split)
    kinds = Counter(item["kind"] for item in items)
    assert len(items) >= least
    assert kinds["positive"] / len(items) >= 0.48
    assert kinds["evasion"] / len(items) >= 0.13
    assert kinds["negative"] / len(items) >= 0.33
    texts = Counter(attribute for item in items for attribute in {x["attribute"] for x in _needed(item)})
    for attribute in ATTRIBUTES:
        assert texts[attribute] >= (rare if attribute in RARE else usual), attribute
    assert len({item["pair"] for item in items if "pair" in item}) >= pairs
    assert sum(90 <= len(item["text"].split()) <= 170 for item in items) >= long
