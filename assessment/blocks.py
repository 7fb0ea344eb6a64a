"""Answers given in one block: all records at once, or all factors that are still open.

A block answers only what is open, never what somebody answered, and never "not found" wholesale: "looked and not found"
is given for the factors that the named record can answer, when that record was obtained and read, and never for one on
which the case holds a fact: that one stays open and is answered by itself.
"""

from __future__ import annotations

import datetime

from assessment.answers import Answers
from assessment.fields import factor_name
from policy.editions import Edition


def read_all_records(answers: Answers, edition: Edition, day: datetime.date) -> Answers:
    """Every record that is still open: obtained and read on `day`."""
    filled = dict(answers)
    for kind in edition.record_kinds:
        prefix = f"record_{kind.key}"
        if not filled.get(f"{prefix}_state"):
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
