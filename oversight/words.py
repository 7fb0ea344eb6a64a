"""Words for the codes that reports show, from the editions."""

from __future__ import annotations

from typing import Final

from policy.editions import available, load

OUTCOMES: Final = {"act": "Act", "decline": "Decline"}
DIRECTIONS: Final = {"do": "Take a step", "undo": "Undo a step"}


def type_labels() -> dict[str, str]:
    """Decision types of all editions, as the newest edition that has one names it."""
    return {kind.key: kind.label("do") for key in available() for kind in load(key).decision_types}


def step_labels() -> dict[tuple[str, str], str]:
    """Decision types by direction, as in "Lift a detainer", in the words of the newest edition that has one."""
    return {
        (kind.key, direction): kind.label(direction)
        for key in available()
        for kind in load(key).decision_types
        for direction in DIRECTIONS
    }


def source_labels() -> dict[str, str]:
    """Sources that refer people, as the newest edition that has one names it."""
    return {source.key: source.label for key in available() for source in load(key).referral_sources}
