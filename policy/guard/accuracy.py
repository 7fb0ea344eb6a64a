"""How well the guard does on the labelled texts, and the figures that are published and may not fall.

`python -m policy.guard.accuracy` prints what is measured now; `--write` records it in `accuracy.yml` with the digest
of its lexicon. The rules are those of the labels' README: a label is found when a finding overlaps it with
an attribute that it allows and is not much longer; a finding beside every label is wrong.
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
# `dev` to `dev4` were at hand while the guard was built; of the batches `b1`, `b2` and so on only the last is unread.
SETS: Final = {
    "dev": "dev-*.jsonl",
    "dev2": "dev2-*.jsonl",
    "dev3": "dev3-*.jsonl",
    "dev4": "dev4-*.jsonl",
}
UNREAD: Final[tuple[str, ...]] = ()


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
    right = wrong = evasions = evaded = negatives = alarms = count = 0
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
        if item["kind"] == "evasion":
            evasions += 1
            evaded += good > 0
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
        "evasion_recall": _percent(evaded, evasions),
        "false_alarms": _percent(alarms, negatives),
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


def main(arguments: list[str]) -> int:
    found = measured()
    content = (
        "# Accuracy of the guard on labelled texts, in per cent. Made by `python -m policy.guard.accuracy --write`.\n"
        "# All but the sets that the page calls unread were at hand while the guard was built.\n"
        + yaml.safe_dump(found, sort_keys=False)
    )
    if "--write" in arguments:
        RECORD.write_text(content, encoding="utf-8")
    sys.stdout.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
