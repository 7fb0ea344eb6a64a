"""What changed in a decision since the version that was returned, marked in the document itself.

Both documents are the plain ones that pages render. A document of an earlier release may lack a member; what it never
said is not called a change.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# The sections that a point of a return can speak of, and what of the document belongs to each.
SECTIONS: dict[str, tuple[str, ...]] = {
    "records": ("records",),
    "findings": ("findings",),
    "factors": ("factors",),
    "dispute": ("dispute",),
    "consequences": ("consequences",),
    "opposite": ("opposite_case",),
    "outcome": ("outcome", "place", "mandate"),
    "rationale": ("rationale", "no_priority_ground", "would_change"),
}
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text: `same`, `added` or `removed`."""

    kind: str
    text: str


def changed_sections(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str]:
    """The keys of `SECTIONS` in which something is different."""
    return frozenset(
        key
        for key, members in SECTIONS.items()
        if any(not _same(old.get(member), new.get(member)) for member in members if member in old)
    )


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return all(_same(old[name], new[name]) for name in old if name in new and name != "case_says")
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_same(a, b) for a, b in zip(old, new, strict=True))
    return bool(old == new)


def segments(old: str, new: str) -> list[Segment]:
    """`new` with what was added and removed, word by word; empty when both are the same."""
    if old == new:
        return []
    before, after = WORDS.findall(old), WORDS.findall(new)
    found: list[Segment] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Segment("same", "".join(after[k:m])))
            continue
        if j > i:
            found.append(Segment("removed", "".join(before[i:j])))
        if m > k:
            found.append(Segment("added", "".join(after[k:m])))
    return found


def marked(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """`new` with marks: `segments` beside a text, `was` beside a line, `new` at a new pin, `pins_gone` beside pins."""
    document = dict(new)
    for name in ("consequences", "opposite_case", "rationale"):
        document[name] = _pins(old[name], new[name]) | {
            "segments": segments(old[name]["text"], new[name]["text"])
        }
    document["ground_segments"] = segments(old["no_priority_ground"], new["no_priority_ground"])
    document["outcome_was"] = _was(old["outcome_label"], new["outcome_label"])
    document["place_was"] = _was(old["place"], new["place"])
    document["records"] = _lines(old["records"], new["records"], "kind", _record)
    document["findings"] = _lines(old["findings"], new["findings"], "priority", _finding)
    document["factors"] = _lines(old["factors"], new["factors"], "key", _factor)
    document["dispute"] = _pins(old["dispute"], new["dispute"]) | {
        "was": _was(_dispute(old["dispute"]), _dispute(new["dispute"]))
    }
    return document


def _was(old: str, new: str) -> str:
    """What a line said before, empty when it says the same."""
    return "" if old == new else (old or "nothing")


def _lines(old: Sequence[Any], new: Sequence[Any], key: str, words: Any) -> list[dict[str, Any]]:
    before = {line[key]: line for line in old}
    found = []
    for line in new:
        was = before.get(line[key])
        if was is None:
            found.append(dict(line))
            continue
        one = dict(line) | {"was": _was(words(was), words(line))}
        if "detail" in line:
            why = "why_current" if "why_current" in line["detail"] else "why"
            one["detail"] = _pins(was["detail"], line["detail"]) | {
                "segments": segments(was["detail"][why], line["detail"][why])
            }
        found.append(one)
    return found


def _pins(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    before = {pin["ref"]: pin for pin in old["pins"]}
    after = {pin["ref"] for pin in new["pins"]}
    return dict(new) | {
        "pins": [dict(pin) | {"new": pin["ref"] not in before} for pin in new["pins"]],
        "pins_gone": [pin["summary"] for ref, pin in before.items() if ref not in after],
    }


def _record(line: Mapping[str, Any]) -> str:
    return ", ".join(part for part in (line["state_label"], line["on"], line["reason"]) if part)


def _finding(line: Mapping[str, Any]) -> str:
    detail = line["detail"]
    parts = (
        line["finding_label"],
        "; ".join(line["grounds"]),
        detail["source"],
        detail["information_date"],
    )
    return ", ".join(part for part in parts if part)


def _factor(line: Mapping[str, Any]) -> str:
    detail = line["detail"]
    parts = (
        detail["presence_label"],
        detail["record"],
        "; ".join(detail["subtypes"]),
        detail["weight_label"],
    )
    return ", ".join(part for part in parts if part)


def _dispute(part: Mapping[str, Any]) -> str:
    return ", ".join(one for one in (part["answer_label"], *part["kinds"]) if one)
