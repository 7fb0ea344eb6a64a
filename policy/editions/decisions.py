"""Decision types with their undoing, and the regime under which decisions are reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .base import Certainty, ClauseId, Key, Parameter, Part, SourceKeys, Term, Words

DirectionKey = Literal["do", "undo"]
OutcomeKey = Literal["act", "decline"]


class Direction(Part):
    """One way of a decision type. ``adverse`` says whether acting this way bears on the person."""

    label: Words
    adverse: bool
    act: Words
    decline: Words


class DecisionType(Part):
    """A kind of decision. ``mandate_lane`` marks the kind for which a statute may leave no choice;
    ``asks_place`` the kinds that ask where the action is planned.
    """

    key: Key
    title: Words
    clauses: tuple[ClauseId, ...]
    do: Direction
    undo: Direction
    mandate_lane: bool = False
    asks_place: bool = False
    certainty: Certainty
    sources: SourceKeys = ()

    def direction(self, direction: str) -> Direction:
        """Return the direction ``do`` or ``undo``. Raises KeyError for anything else."""
        if direction == "do":
            return self.do
        if direction == "undo":
            return self.undo
        raise KeyError(f"a decision has the directions do and undo, not {direction!r}")

    def label(self, direction: str) -> str:
        """Words of the direction, as in "Lift a detainer". Raises KeyError for an unknown direction."""
        return self.direction(direction).label

    def adverse(self, direction: str) -> bool:
        """Whether acting in this direction is a step that a stop halts. Declining never is."""
        return self.direction(direction).adverse

    def outcome_label(self, direction: str, outcome: str) -> str:
        """Words of the outcome ``act`` or ``decline``. Raises KeyError for anything else."""
        chosen = self.direction(direction)
        if outcome == "act":
            return chosen.act
        if outcome == "decline":
            return chosen.decline
        raise KeyError(f"a decision has the outcomes act and decline, not {outcome!r}")


class ReviewRegime(Part):
    """How much is reviewed before action: everything for the first days, then a sample and triggers."""

    text: Words
    clauses: tuple[ClauseId, ...]
    starts: date
    rigorous_days: Parameter
    rigorous_per_thousand: Parameter
    later_per_thousand: Parameter
    # Shares of what is reviewed; an edition kept from an earlier release has none of them.
    decide_first_per_thousand: Parameter | None = None
    elsewhere_per_thousand: Parameter | None = None
    masked_per_thousand: Parameter | None = None
    # Working days; an edition kept from an earlier release names none.
    confirm_oral_days: Parameter | None = None
    triggers: tuple[Term, ...]
    restarts_with: tuple[Term, ...]
    certainty: Certainty
    sources: SourceKeys = ()

    def stage(self, on: date, restarted: date | None = None) -> ReviewStage:
        """How much is reviewed on a day. ``restarted`` is the day on which a new office or edition began anew.

        Before the regime starts nothing is drawn by it: the stage says so with zero of a thousand.
        """
        starts = max(self.starts, restarted) if restarted else self.starts
        until = starts + (self.rigorous_until - self.starts)
        if on < starts and restarted is None:
            return ReviewStage(rigorous=False, per_thousand=0, until=starts)
        if starts <= on < until:
            return ReviewStage(rigorous=True, per_thousand=_whole(self.rigorous_per_thousand), until=until)
        return ReviewStage(rigorous=False, per_thousand=_whole(self.later_per_thousand), until=None)

    def share(self, name: str) -> int:
        """How many of a thousand reviews are `decide_first`, `masked` or `elsewhere` (another office's)."""
        parameter: Parameter | None = getattr(self, f"{name}_per_thousand")
        return _whole(parameter) if parameter is not None else 0

    @property
    def confirm_oral_within(self) -> int:
        """Working days within which an oral approval is confirmed or returned; one where the edition names none."""
        return _whole(self.confirm_oral_days) if self.confirm_oral_days is not None else 1

    @property
    def full_per_thousand(self) -> int:
        """Decisions of a thousand that are reviewed before action while everything is reviewed."""
        return _whole(self.rigorous_per_thousand)

    @property
    def shares(self) -> tuple[Parameter, ...]:
        """The shares that the edition names."""
        named = (self.decide_first_per_thousand, self.masked_per_thousand, self.elsewhere_per_thousand)
        return tuple(one for one in named if one is not None)

    @property
    def rigorous_until(self) -> date:
        """First day after the rigorous period (exclusive end, as all ends here)."""
        return self.starts + timedelta(days=_whole(self.rigorous_days))


@dataclass(frozen=True, slots=True)
class ReviewStage:
    """What holds on a day: whether everything is reviewed, how many of a thousand, and until when (exclusive)."""

    rigorous: bool
    per_thousand: int
    until: date | None


def _whole(parameter: Parameter) -> int:
    if not isinstance(parameter.value, int):
        raise TypeError(f"{parameter.key} must be a whole number")
    return parameter.value
