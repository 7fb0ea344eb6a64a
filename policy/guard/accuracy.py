"""How well the guard does on the labelled texts, and the figures that are published and may not fall.

`python -m policy.guard.accuracy` prints what is measured now; `--write` records it in `accuracy.yml` with the digest
of its lexicon. `--first b2` measures a batch of new texts before anybody who works on the guard has read it, and keeps
that figure in `unread.yml` for good. The rules are those of the labels' README: a label is found when a finding
overlaps it with an attribute that it allows and is not much longer; a finding beside every label is wrong. A pair is
told apart where the one half is found whole and nothing is found in the other.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from .engine import screen
from .findings import ATTRIBUTES, Finding
from .terms import lexicon_digest

LABELLED: Final = Path(__file__).with_name("labelled")
RECORD: Final = Path(__file__).with_name("accuracy.yml")
UNREAD: Final = Path(__file__).with_name("unread.yml")
# An evasion hides the letters of a word, or says it in other words; newer texts tell which, as their note begins.
SORTS: Final = ("obfuscation", "coded")
# These were at hand while the guard was built, or have been read since they were measured the first time.
SETS: Final = {
    "dev": "dev-*.jsonl",
    "dev2": "dev2-*.jsonl",
    "dev3": "dev3-*.jsonl",
    "dev4": "dev4-*.jsonl",
    "b1": "b1-*.jsonl",
    "b2": "b2-*.jsonl",
    "b3": "b3-*.jsonl",
    "b4": "b4-*.jsonl",
    "c1": "c1-*.jsonl",
    "c2": "c2-*.jsonl",
    "c3": "c3-*.jsonl",
    "d1": "d1-*.jsonl",
    "d2": "d2-*.jsonl",
    "f1": "f1-*.jsonl",
}


def texts(pattern: str) -> list[dict[str, Any]]:
    """The labelled texts of one set."""
    return [
        json.loads(line)
        for path in sorted(LABELLED.glob(pattern))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _touches(finding: Finding, label: dict[str, Any]) -> bool:
    begin, end = int(label["start"]), int(label["end"])
    size = end - begin
    return (
        finding.start < end
        and begin < finding.end
        and finding.end - finding.start <= max(4 * size, size + 40)
    )


def _allows(label: dict[str, Any], attribute: str) -> bool:
    return bool(attribute == label["attribute"] or attribute in label.get("alt", ()))


def measure(items: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Precision, recall by attribute, evasions found and false alarms, in per cent."""
    labels: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    told: dict[str, bool] = {}
    evasions: Counter[str] = Counter()
    evaded: Counter[str] = Counter()
    right = wrong = negatives = alarms = count = 0
    for item in items:
        count += 1
        found = screen(item["text"])
        marks = item.get("labels", [])
        needed = [label for label in marks if not label.get("optional")]
        good = 0
        for label in needed:
            labels[label["attribute"]] += 1
            if any(_touches(finding, label) and _allows(label, finding.attribute) for finding in found):
                hit[label["attribute"]] += 1
                good += 1
        if "pair" in item:
            right_half = good == len(needed) and bool(needed or not found)
            told[item["pair"]] = right_half and told.get(item["pair"], True)
        if item["kind"] == "evasion":
            for sort in ("", item.get("note", "").partition(":")[0]):
                evasions[sort] += 1
                evaded[sort] += good > 0
        if item["kind"] == "negative" and item.get("note", "").startswith("gray"):
            continue
        for finding in found:
            near = [label for label in marks if _touches(finding, label)]
            if any(_allows(label, finding.attribute) for label in near):
                right += 1
            elif not any(label.get("optional") for label in near):
                wrong += 1
        if item["kind"] == "negative":
            negatives += 1
            alarms += bool(found)
    return {
        "texts": count,
        "precision": _percent(right, right + wrong),
        "evasion_recall": _percent(evaded[""], evasions[""]),
        **{f"{sort}_recall": _percent(evaded[sort], evasions[sort]) for sort in SORTS if evasions[sort]},
        "false_alarms": _percent(alarms, negatives),
        **({"pairs": _percent(sum(told.values()), len(told))} if told else {}),
        "recall": {name: _percent(hit[name], labels[name]) for name in ATTRIBUTES},
        "labels": {name: labels[name] for name in ATTRIBUTES},
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def measured() -> dict[str, Any]:
    """The figures of the guard as it is now."""
    return {
        "lexicon_digest": lexicon_digest(),
        **{name: measure(found) for name, pattern in SETS.items() if (found := texts(pattern))},
    }


@lru_cache(maxsize=1)
def recorded() -> dict[str, Any]:
    """The figures that are published."""
    found: dict[str, Any] = yaml.safe_load(RECORD.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def first_measured() -> dict[str, Any]:
    """The figures of every batch when it was new, the oldest first."""
    found: dict[str, Any] = yaml.safe_load(UNREAD.read_text(encoding="utf-8"))
    return found


def keep_first(name: str) -> None:
    """Measure a batch of new texts once; the figure is never measured again."""
    found = first_measured()
    if name in found:
        raise SystemExit(f"{name} was measured when it was new; what is measured now would flatter")
    kept = {**found, name: {"lexicon_digest": lexicon_digest(), **measure(texts(f"{name}-*.jsonl"))}}
    UNREAD.write_text(
        "# Batches of labelled texts as measured before anybody had read them, in per cent. Never measured again.\n"
        + yaml.safe_dump(kept, sort_keys=False),
        encoding="utf-8",
    )


def main(arguments: list[str]) -> int:
    if "--first" in arguments:
        keep_first(arguments[arguments.index("--first") + 1])
        return 0
    found = measured()
    content = (
        "# Accuracy of the guard on labelled texts, in per cent. Made by `python -m policy.guard.accuracy --write`.\n"
        "# All were at hand while the guard was built, or have been read since: see `unread.yml` for new texts.\n"
        + yaml.safe_dump(found, sort_keys=False)
    )
    if "--write" in arguments:
        RECORD.write_text(content, encoding="utf-8")
    sys.stdout.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
