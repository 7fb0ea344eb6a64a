"""The answer of a criterion: met, not met or cannot tell, with the trace that led to it. Never an outcome."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from policy.criteria.facts import Fact, Span
from policy.editions.priorities import Criterion


class Result(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


WORDS: Final[dict[Result, str]] = {
    Result.MET: "Met",
    Result.NOT_MET: "Not met",
    Result.CANNOT_TELL: "Cannot tell",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trace: a fact (or its absence), what was read from it, and where that alone leads."""

    says: str
    result: Result
    fact: Fact | None = None
    settles: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The fact as the record has it; empty where the line is about what is not there."""
        return self.fact.words if self.fact else ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The evidence under the fact."""
        return self.fact.sources if self.fact else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The answer to one criterion. `settles` says what would turn a "cannot tell" into an answer."""

    criterion: Criterion
    result: Result
    steps: tuple[Step, ...]
    settles: tuple[str, ...]

    @property
    def words(self) -> str:
        return WORDS[self.result]


def any_of(criterion: Criterion, steps: Iterable[Step]) -> Answer:
    """The answer where one fact is enough: met by any, else open while any is open, else not met."""
    listed = tuple(steps)
    results = {step.result for step in listed}
    for result in (Result.MET, Result.CANNOT_TELL):
        if result in results:
            break
    else:
        result = Result.NOT_MET
    return answer(criterion, result, listed)


def answer(criterion: Criterion, result: Result, steps: Iterable[Step]) -> Answer:
    """An answer; what would settle it is asked for only while it is open."""
    listed = tuple(steps)
    open_points = [one for step in listed for one in step.settles]
    return Answer(
        criterion=criterion,
        result=result,
        steps=listed,
        settles=tuple(dict.fromkeys(open_points)) if result == Result.CANNOT_TELL else (),
    )


def first_day(criterion: Criterion) -> date:
    """The first day that counts, from the parameters `date` and `comparison` (`after` or `on_or_after`)."""
    day = criterion.parameter("date").value
    comparison = criterion.parameter("comparison").value
    if not isinstance(day, date) or comparison not in ("after", "on_or_after"):
        raise TypeError(f"criterion {criterion.key}: 'date' must be a day, 'comparison' after or on_or_after")
    return day + timedelta(days=1) if comparison == "after" else day


def date_words(criterion: Criterion) -> str:
    """The comparison in words, as in "later than 2020-11-01"."""
    day = criterion.parameter("date").value
    return f"later than {day}" if criterion.parameter("comparison").value == "after" else f"{day} or later"


def span_words(span: Span) -> str:
    """The days that a date leaves open, in words."""
    earliest, latest = span.widest
    if earliest == latest:
        return f"It is {earliest}"
    about = ", and the source says about" if span.about else ""
    return f"It may be any day from {earliest} to {latest}{about}"
