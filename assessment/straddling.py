"""A draft that was begun under one footing and stands on another: what became of its answers. No queries of its own.

Every answer is kept. What is told is which of them the changed guidance does not ask any more, does not offer any more,
asks in other words, or asks anew; and which of them rest on a part that an order takes away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from assessment.answers import list_of
from assessment.draft import steps_asked
from assessment.fields import DECISION_STEP, Field, all_fields, factor_name
from policy import contents
from policy.footing import Footing, Overlay

POLICY_STEP: Final = "guidance"
TITLE: Final = "Changed guidance"
RESTS_ON_PRIORITIES: Final = ("national-security", "public-safety", "border-security")
LANE: Final = "lane"

NOT_ASKED_TODAY = "Kept, and not asked while no priorities are in force."
NOT_ASKED = "Kept, and not asked under the changed guidance."
NOT_OFFERED = "Kept, and not offered any more: {labels}. Answer it again."
OTHER_WORDS = "Kept; it is asked in other words now: “{label}”"
ASKED_ANEW = "Not answered; it is asked now."
UNDER_ORDER = "Kept; an order takes a part of the guidance that it may rest on."
FREE_AGAIN = "Kept; the order that reached it does not hold any more."


@dataclass(frozen=True, slots=True)
class Affected:
    """One question of the draft that the change reaches. `step` is its page."""

    step: str
    field: str
    label: str
    what: str


@dataclass(frozen=True, slots=True)
class Change:
    """What the guidance was and what it is now, and the questions that this reaches."""

    before: Footing
    after: Footing
    ended: tuple[Overlay, ...]
    came: tuple[Overlay, ...]
    affected: tuple[Affected, ...]

    @property
    def other_edition(self) -> bool:
        return self.before.edition != self.after.edition


def change_between(before: Footing, after: Footing, answers: Mapping[str, Any]) -> Change:
    """The change for a draft with these answers."""
    was = {order.key: order for order in before.overlays}
    now = {order.key: order for order in after.overlays}
    ended = tuple(order for key, order in was.items() if now.get(key) != order)
    came = tuple(order for key, order in now.items() if was.get(key) != order)
    affected = {one.field: one for one in _by_orders(before, answers, bool(came), bool(ended))}
    affected |= {one.field: one for one in _by_questions(before, after, answers)}
    return Change(before, after, ended, came, tuple(affected.values()))


def _by_questions(before: Footing, after: Footing, answers: Mapping[str, Any]) -> Iterator[Affected]:
    steps_before, steps_after = steps_asked(before.in_force), steps_asked(after.in_force)
    for step in (*dict.fromkeys([*steps_before, *steps_after]), DECISION_STEP):
        old = all_fields(before.edition, step)
        new = all_fields(after.edition, step)
        for name in dict.fromkeys([*old, *new]):
            asked, asks = old.get(name), new.get(name)
            given = list_of(answers, name)
            if step not in steps_after and step != DECISION_STEP:
                what = NOT_ASKED_TODAY if given else ""
            elif asks is None:
                what = NOT_ASKED if given else ""
            elif not given:
                first = step in steps_before or step == DECISION_STEP
                what = (
                    ASKED_ANEW if (asked is None or not first) and not _opened_by_another(asks, new) else ""
                )
            else:
                what = _answered(asked, asks, given)
            if what:
                yield Affected(step, name, _label(after if asks else before, step, name), what)


def _answered(asked: Field | None, asks: Field, given: list[str]) -> str:
    """What became of an answer that is asked for before and after."""
    offered = {option.value for option in asks.options}
    gone = [value for value in given if offered and value not in offered]
    if gone:
        words = {option.value: option.label for option in asked.options} if asked else {}
        return NOT_OFFERED.format(labels=", ".join(words.get(value, value) for value in gone))
    if asked is not None and asked.label != asks.label:
        return OTHER_WORDS.format(label=asks.label)
    return ""


def _label(footing: Footing, step: str, name: str) -> str:
    """The question in words; of a factor's questions, the factor's."""
    if step == "factors":
        for factor in contents.shown(footing.edition).factors:
            if name.startswith(factor_name(factor.key, "")):
                return factor.label
    return all_fields(footing.edition, step)[name].label


def _opened_by_another(field: Field, fields: Mapping[str, Field]) -> bool:
    """A question that only another answer opens is told with that one."""
    return any(field in one.dependants for one in fields.values())


def _by_orders(before: Footing, answers: Mapping[str, Any], came: bool, ended: bool) -> Iterator[Affected]:
    """An order reaches what a decision draws from the priorities, and the lane where a statute leaves no choice."""
    if not came and not ended:
        return
    what = UNDER_ORDER if came else FREE_AGAIN
    for step in (*RESTS_ON_PRIORITIES, DECISION_STEP):
        for name, field in all_fields(before.edition, step).items():
            if list_of(answers, name) and (name == LANE or name.endswith("_finding")):
                yield Affected(step, name, field.label, what)
