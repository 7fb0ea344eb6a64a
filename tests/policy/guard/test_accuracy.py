"""A change that loses accuracy on the labelled texts fails here, and so does a figure that is no longer true."""

from __future__ import annotations

from typing import Any

import pytest

from policy.guard import lexicon_digest
from policy.guard.accuracy import SETS, first_measured, keep_first, measured, recorded

REFRESH = "run: python -m policy.guard.accuracy --write, and say in the commit why a figure changed"
# What may never be given up, in per cent, whatever is recorded.
FLOORS = {"dev": {"precision": 97.0, "evasion_recall": 96.0, "recall": 92.0, "false_alarms": 2.0},
          "dev2": {"precision": 95.0, "evasion_recall": 91.0, "recall": 88.0, "false_alarms": 4.0},
          "dev3": {"precision": 96.0, "evasion_recall": 94.0, "recall": 92.0, "false_alarms": 3.0},
          "dev4": {"precision": 95.0, "evasion_recall": 95.0, "recall": 92.0, "false_alarms": 3.5},
          "b1": {"precision": 95.0, "evasion_recall": 90.0, "recall": 90.0, "false_alarms": 3.0},
          "b2": {"precision": 92.0, "evasion_recall": 90.0, "recall": 88.0, "false_alarms": 3.0},
          "b3": {"precision": 95.0, "evasion_recall": 80.0, "recall": 88.0, "false_alarms": 5.0},
          "b4": {"precision": 90.0, "evasion_recall": 64.0, "recall": 78.0, "false_alarms": 8.0},
          "c1": {"precision": 93.0, "evasion_recall": 92.0, "recall": 91.0, "false_alarms": 6.0},
          "c2": {"precision": 94.0, "evasion_recall": 88.0, "recall": 92.0, "false_alarms": 6.0},
          "c3": {"precision": 94.0, "evasion_recall": 92.0, "recall": 92.0, "false_alarms": 6.0},
          "d1": {"precision": 95.0, "evasion_recall": 90.0, "recall": 92.0, "false_alarms": 3.0},
          "d2": {"precision": 95.0, "evasion_recall": 90.0, "recall": 90.0, "false_alarms": 3.0},
          "f1": {"precision": 95.0, "evasion_recall": 95.0, "recall": 92.0, "false_alarms": 3.0}}  # fmt: skip


@pytest.fixture(scope="module")
def now() -> dict[str, Any]:
    return measured()


def test_the_published_figures_are_those_of_this_lexicon() -> None:
    assert recorded()["lexicon_digest"] == lexicon_digest(), f"accuracy.yml is of another lexicon; {REFRESH}"


def test_the_published_figures_are_measured_again(now: dict[str, Any]) -> None:
    assert now == recorded(), REFRESH


def test_a_batch_is_measured_as_new_only_once() -> None:
    for name in first_measured():
        with pytest.raises(SystemExit, match="measured when it was new"):
            keep_first(name)


@pytest.mark.parametrize("name", sorted(recorded().keys() & SETS))
def test_accuracy_does_not_fall_below_its_floor(now: dict[str, Any], name: str) -> None:
    found, floor = now[name], FLOORS[name]
    assert found["texts"] >= 250
    assert found["precision"] >= floor["precision"]
    assert found["evasion_recall"] >= floor["evasion_recall"]
    assert found["false_alarms"] <= floor["false_alarms"]
    assert min(found["recall"].values()) >= floor["recall"], found["recall"]
