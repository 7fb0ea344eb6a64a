"""Answers given in one block: all records at once, or all factors that are still open.

A block answers only what is open, never what somebody answered. What the case holds of a record is taken over with its
own day; a record that the case still waits for is never called read; the day of reading is written, never supposed. And
a block never says "not found" wholesale: "looked and not found"
is given for the factors that the named record can answer, when that record was obtained and read, and never for one on
which the case holds a fact: that one stays open and is answered by itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from assessment.answers import Answers, read_day
from assessment.fields import factor_name
from assessment.held_records import HeldRecord, taken_over
from policy.editions import Edition


@dataclass(frozen=True, slots=True)
class Filled:
    """The answers after a block, whether they lead on to the next page, and what was wrong with the block itself."""

    answers: Answers
    leads_on: bool = True
    errors: Mapping[str, str] = field(default_factory=dict)


def apply(
    block: str,
    step: str,
    answers: Answers,
    posted: Mapping[str, str],
    *,
    edition: Edition,
    held: Sequence[HeldRecord],
    facts: frozenset[str],
    day: datetime.date,
) -> Filled:
    """The block that a button of the page names. `facts`: the kinds of facts that the case holds."""
    if step == "records" and block == "take_over":
        filled = taken_over(answers, held)
        return Filled(filled, leads_on=all(one.answered(filled) for one in held))
    if step == "records" and block == "read_all":
        return _read_all(answers, posted.get("block_read_on", "").strip(), edition, held, day)
    if step == "factors" and block == "looked_not_found":
        record = posted.get("block_record", "")
        return Filled(looked_not_found(answers, edition, record, facts), leads_on=False)
    if step == "factors" and block == "did_not_look":
        return Filled(did_not_look(answers, edition))
    return Filled(answers)


def _read_all(
    answers: Answers, written: str, edition: Edition, held: Sequence[HeldRecord], day: datetime.date
) -> Filled:
    try:
        on = read_day(written)
    except ValidationError as error:
        text = " ".join(error.messages) if written else "Write the day on which you read them, as 2021-11-29."
        return Filled(answers, leads_on=False, errors={"block_read_on": text})
    if on > day:
        text = f"This day lies after {day}. Write the day on which you read them."
        return Filled(answers, leads_on=False, errors={"block_read_on": text})
    apart = frozenset(one.key for one in held if one.known or one.pending)
    filled = read_all_records(answers, edition, on, apart)
    return Filled(filled, leads_on=all(one.answered(filled) for one in held))


def read_all_records(
    answers: Answers, edition: Edition, day: datetime.date, apart: frozenset[str] = frozenset()
) -> Answers:
    """Every record that is still open: obtained and read on `day`. Kinds in `apart` are left open."""
    filled = dict(answers)
    for kind in edition.record_kinds:
        prefix = f"record_{kind.key}"
        if kind.key not in apart and not filled.get(f"{prefix}_state"):
            filled[f"{prefix}_state"] = "obtained_reviewed"
            filled[f"{prefix}_on"] = day.isoformat()
    return filled


def looked_not_found(answers: Answers, edition: Edition, record: str, held: frozenset[str]) -> Answers:
    """Every open factor that `record` can answer: looked in it and not found. `held`: the kinds of the case's facts."""
    filled = dict(answers)
    for factor in edition.factors:
        presence = factor_name(factor.key, "presence")
        if not filled.get(presence) and record in factor.records and held.isdisjoint(factor.fact_kinds):
            filled[presence] = "looked_not_found"
            filled[factor_name(factor.key, "record")] = record
    return filled


def did_not_look(answers: Answers, edition: Edition) -> Answers:
    """Every open factor: did not look."""
    filled = dict(answers)
    for factor in edition.factors:
        presence = factor_name(factor.key, "presence")
        if not filled.get(presence):
            filled[presence] = "did_not_look"
    return filled
