"""When two sources, or two cells of one, tell of one birth. Neither is believed against the other."""

from __future__ import annotations

from cases.dates import Certainty, Precision, UncertainDate


def both(one: UncertainDate, other: UncertainDate) -> UncertainDate:
    """The interval that holds both, in the words of both."""
    return UncertainDate(
        min(one.earliest, other.earliest),
        max(one.latest, other.latest),
        Precision.RANGE,
        one.certainty,
        f"{one.words}; {other.words}"[:80],
    )


def known_then(recorded: UncertainDate | None, told: UncertainDate) -> UncertainDate | None:
    """What is known after `told`; None when the record already says as much.

    A day within a recorded year is the same birth told better. Outside the recorded interval the sources
    disagree, and the interval widens.
    """
    if recorded is None:
        return told
    if recorded.latest < told.earliest or told.latest < recorded.earliest:
        return both(recorded, told)
    within = recorded.earliest <= told.earliest and told.latest <= recorded.latest
    if (
        within
        and told.precision == Precision.DAY
        and recorded.precision == Precision.YEAR
        and recorded.certainty == Certainty.STATED
    ):
        return told
    return None
