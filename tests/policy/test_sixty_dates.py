"""Sixty dates read from section 2 of the policy facts by hand, and asked of `policy_in_force` as a reader would ask.

Each line: the day, what is known on (empty: now), the decision type (empty: all), and what is in force then. What a
line does not name is not in force. Where sources disagree, decision record 0011 says which reading stands.
"""

from __future__ import annotations

import datetime

import pytest

from policy import selectors

pytestmark = [pytest.mark.django_db, pytest.mark.clause("VI#27", "VI#28", "2021-05-27:S#8")]

JOHNSON = "DHS 2014-11-20 in_force"
KELLY = "DHS 2017-02-20 in_force"
PEKOSKE = "DHS 2021-01-20 in_force"
INTERIM = "ICE 2021-02-18 in_force"
INTERIM_PART = "ICE 2021-02-18 partly_enjoined"
GUIDELINES = "DHS 2021-09-30 in_force"
GUIDELINES_PART = "DHS 2021-09-30 partly_enjoined"
TRASVINA = "OPLA 2021-05-27 in_force"
DOYLE = "OPLA 2022-04-03 in_force"

SIXTY = [
    # Before, and the categories of 2014: signed in November, applied from January.
    ("1996-09-30", "", "", []),
    ("2012-06-15", "", "", []),
    ("2014-12-31", "", "", []),
    ("2015-01-05", "", "arrest", [JOHNSON]),
    ("2016-02-29", "", "", [JOHNSON]),
    # The order of January 2017 speaks to the department, whose memorandum of February changes the practice.
    ("2017-01-24", "", "", [JOHNSON]),
    ("2017-02-01", "", "detainer", [JOHNSON]),
    ("2017-02-20", "2017-02-19", "", [JOHNSON]),
    ("2017-02-21", "", "", [KELLY]),
    ("2018-06-15", "", "notice_to_appear", [KELLY]),
    ("2020-10-31", "", "", [KELLY]),
    ("2020-11-02", "", "custody", [KELLY]),
    # Twelve days without priorities: the old ones are withdrawn, the interim ones start in February.
    ("2021-01-20", "2021-01-19", "", [KELLY]),
    ("2021-01-22", "", "", []),
    ("2021-01-26", "", "removal_execution", []),
    ("2021-02-01", "2021-01-20", "", [PEKOSKE]),
    ("2021-02-10", "", "arrest", [PEKOSKE]),
    ("2021-02-18", "2021-02-17", "", [PEKOSKE]),
    # The agency's interim guidance starts at once; the attorneys have their own from May.
    ("2021-02-19", "", "", [INTERIM]),
    ("2021-05-27", "2021-05-26", "", [INTERIM]),
    ("2021-06-04", "", "", [INTERIM, TRASVINA]),
    ("2021-08-19", "2021-08-18", "custody", [INTERIM, TRASVINA]),
    ("2021-08-20", "", "custody", []),
    ("2021-08-25", "", "", []),
    ("2021-08-31", "", "parole", []),
    ("2021-10-15", "2021-08-30", "", []),
    # The panel keeps the injunction for mandatory custody alone.
    ("2021-09-15", "", "custody", [INTERIM_PART, TRASVINA]),
    ("2021-09-16", "", "detainer", [INTERIM, TRASVINA]),
    ("2021-09-30", "", "", [INTERIM_PART, TRASVINA]),
    ("2021-11-01", "", "removal_execution", [INTERIM, TRASVINA]),
    ("2021-11-28", "", "custody", [INTERIM_PART, TRASVINA]),
    # The guidelines, and the whole court's order of the next day, which reaches nothing any more.
    ("2021-11-29", "2021-09-30", "", [GUIDELINES, TRASVINA]),
    ("2021-11-29", "2021-09-29", "", [INTERIM_PART, TRASVINA]),
    ("2021-11-30", "", "custody", [GUIDELINES, TRASVINA]),
    ("2022-02-27", "", "", [GUIDELINES, TRASVINA]),
    ("2022-02-28", "", "arrest", [GUIDELINES, TRASVINA]),
    # Ohio: custody, release in the removal period and the delay of final orders; nothing else.
    ("2022-03-22", "2022-03-21", "custody", [GUIDELINES, TRASVINA]),
    ("2022-03-22", "", "custody", [GUIDELINES_PART, TRASVINA]),
    ("2022-03-23", "", "removal_execution", [GUIDELINES_PART, TRASVINA]),
    ("2022-03-31", "", "expedited_removal", [GUIDELINES, TRASVINA]),
    ("2022-04-01", "", "deferred_action", [GUIDELINES, TRASVINA]),
    ("2022-04-11", "", "", [GUIDELINES_PART, TRASVINA]),
    ("2022-04-12", "2022-04-11", "custody", [GUIDELINES_PART, TRASVINA]),
    ("2022-04-13", "", "removal_execution", [GUIDELINES, TRASVINA]),
    ("2022-04-24", "", "", [GUIDELINES, TRASVINA]),
    ("2022-04-26", "", "", [GUIDELINES, DOYLE]),
    ("2022-04-26", "2022-04-02", "arrest", [GUIDELINES, TRASVINA]),
    # Texas: judgment on June 10, without effect until its stay has run out.
    ("2022-06-17", "", "", [GUIDELINES, DOYLE]),
    ("2022-06-25", "2022-06-09", "", [GUIDELINES, DOYLE]),
    ("2022-06-26", "", "", []),
    ("2022-07-06", "", "custody", []),
    ("2022-07-21", "", "", []),
    ("2023-03-22", "", "arrest", []),
    # The Supreme Court's judgment does not bring the guidelines back by itself; the agency's announcement does.
    ("2023-06-24", "", "", []),
    ("2023-07-30", "2023-07-29", "", []),
    ("2023-07-31", "", "custody", [GUIDELINES, DOYLE]),
    ("2023-09-28", "", "", [GUIDELINES, DOYLE]),
    ("2025-01-19", "", "notice_to_appear", [GUIDELINES, DOYLE]),
    ("2025-01-21", "", "", []),
    ("2025-06-01", "2024-12-31", "", [GUIDELINES, DOYLE]),
]


def test_there_are_sixty() -> None:
    assert len(SIXTY) == len({line[:3] for line in SIXTY}) == 60


@pytest.mark.parametrize(("day", "known_at", "decision", "expected"), SIXTY)
def test_what_is_in_force(day: str, known_at: str, decision: str, expected: list[str]) -> None:
    known = datetime.date.fromisoformat(known_at) if known_at else None
    answer = selectors.in_force(datetime.date.fromisoformat(day), known, decision)
    said = [f"{one['component']} {one['edition']} {one['status']}" for one in answer["in_force"]]
    assert sorted(said) == sorted(expected)
