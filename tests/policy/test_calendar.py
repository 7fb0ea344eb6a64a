"""What was in force on the days around each change, for whom, and as known when: the seeded calendar, read as data.

Each line is one reading of section 2 of the policy facts; why contested days read as they do stands in the record of
decision. Ends are exclusive.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from policy.calendar import Calendar, Row
from policy.calendar_file import seed
from policy.standing import Standing, standing_in

pytestmark = pytest.mark.clause("VI#27", "VI#28", "2021-05-27:S#8")

CALENDAR = seed().calendar


def said(on: str, known_at: str = "", decision: str = "") -> tuple[str, str]:
    """The answer in two short texts: what is in force, and what is not."""
    found = CALENDAR.on(date.fromisoformat(on), date.fromisoformat(known_at) if known_at else None, decision)
    words = [(one.in_force, f"{one.component} {one.edition} {one.status}") for one in found]
    return (
        "; ".join(text for valid, text in words if valid),
        "; ".join(text for valid, text in words if not valid),
    )


GONE_2014 = "DHS 2014-11-20 rescinded"
GONE_2017 = f"{GONE_2014}; DHS 2017-02-20 rescinded"
OLD = f"{GONE_2017}; DHS 2021-01-20 superseded"
OLDER = f"{GONE_2017}; DHS 2021-01-20 rescinded"
INTERIM = "ICE 2021-02-18"
OPLA_1 = "OPLA 2021-05-27"
OPLA_2 = "OPLA 2022-04-03"
MEMO = "DHS 2021-09-30"

DAYS = [
    ("2011-06-17", "", ""),
    ("2014-11-19", "", ""),
    ("2014-11-20", "", "DHS 2014-11-20 issued"),
    ("2015-01-04", "", "DHS 2014-11-20 issued"),
    ("2015-01-05", "DHS 2014-11-20 in_force", ""),
    ("2017-01-25", "DHS 2014-11-20 in_force", ""),
    ("2017-02-19", "DHS 2014-11-20 in_force", ""),
    ("2017-02-20", "DHS 2017-02-20 in_force", GONE_2014),
    ("2021-01-19", "DHS 2017-02-20 in_force", GONE_2014),
    # From the first day of the new term to the start of its priorities, nothing binds.
    ("2021-01-20", "", f"{GONE_2017}; DHS 2021-01-20 issued"),
    ("2021-01-31", "", f"{GONE_2017}; DHS 2021-01-20 issued"),
    ("2021-02-01", "DHS 2021-01-20 in_force", GONE_2017),
    ("2021-02-17", "DHS 2021-01-20 in_force", GONE_2017),
    ("2021-02-18", f"{INTERIM} in_force", OLD),
    ("2021-05-26", f"{INTERIM} in_force", OLD),
    ("2021-05-27", f"{INTERIM} in_force; {OPLA_1} in_force", OLD),
    ("2021-08-18", f"{INTERIM} in_force; {OPLA_1} in_force", OLD),
    ("2021-08-19", "", f"{OLD}; {INTERIM} enjoined; {OPLA_1} enjoined"),
    ("2021-08-23", "", f"{OLD}; {INTERIM} enjoined; {OPLA_1} enjoined"),
    ("2021-09-14", "", f"{OLD}; {INTERIM} enjoined; {OPLA_1} enjoined"),
    ("2021-09-15", f"{INTERIM} partly_enjoined; {OPLA_1} in_force", OLD),
    ("2021-09-29", f"{INTERIM} partly_enjoined; {OPLA_1} in_force", OLD),
    ("2021-09-30", f"{INTERIM} partly_enjoined; {OPLA_1} in_force", f"{OLD}; {MEMO} issued"),
    ("2021-11-28", f"{INTERIM} partly_enjoined; {OPLA_1} in_force", f"{OLD}; {MEMO} issued"),
    ("2021-11-29", f"{MEMO} in_force; {OPLA_1} in_force", f"{OLDER}; {INTERIM} rescinded"),
    # The whole court's order of this day reaches what was rescinded the day before: nothing changes.
    ("2021-11-30", f"{MEMO} in_force; {OPLA_1} in_force", f"{OLDER}; {INTERIM} rescinded"),
    ("2022-03-21", f"{MEMO} in_force; {OPLA_1} in_force", f"{OLDER}; {INTERIM} rescinded"),
    ("2022-03-22", f"{MEMO} partly_enjoined; {OPLA_1} in_force", f"{OLDER}; {INTERIM} rescinded"),
    ("2022-04-02", f"{MEMO} partly_enjoined; {OPLA_1} in_force", f"{OLDER}; {INTERIM} rescinded"),
    (
        "2022-04-03",
        f"{MEMO} partly_enjoined; {OPLA_1} in_force",
        f"{OLDER}; {INTERIM} rescinded; {OPLA_2} issued",
    ),
    (
        "2022-04-11",
        f"{MEMO} partly_enjoined; {OPLA_1} in_force",
        f"{OLDER}; {INTERIM} rescinded; {OPLA_2} issued",
    ),
    ("2022-04-12", f"{MEMO} in_force; {OPLA_1} in_force", f"{OLDER}; {INTERIM} rescinded; {OPLA_2} issued"),
    ("2022-04-24", f"{MEMO} in_force; {OPLA_1} in_force", f"{OLDER}; {INTERIM} rescinded; {OPLA_2} issued"),
    (
        "2022-04-25",
        f"{MEMO} in_force; {OPLA_2} in_force",
        f"{OLDER}; {INTERIM} rescinded; {OPLA_1} superseded",
    ),
    # Judgment was given and stayed: the guidelines are in force until the stay has run out.
    (
        "2022-06-10",
        f"{MEMO} in_force; {OPLA_2} in_force",
        f"{OLDER}; {INTERIM} rescinded; {OPLA_1} superseded",
    ),
    (
        "2022-06-24",
        f"{MEMO} in_force; {OPLA_2} in_force",
        f"{OLDER}; {INTERIM} rescinded; {OPLA_1} superseded",
    ),
    (
        "2022-06-25",
        "",
        f"{OLDER}; {MEMO} vacated; {INTERIM} rescinded; {OPLA_1} superseded; {OPLA_2} vacated",
    ),
    (
        "2023-06-23",
        "",
        f"{OLDER}; {MEMO} vacated; {INTERIM} rescinded; {OPLA_1} superseded; {OPLA_2} vacated",
    ),
    (
        "2023-07-29",
        "",
        f"{OLDER}; {MEMO} vacated; {INTERIM} rescinded; {OPLA_1} superseded; {OPLA_2} vacated",
    ),
    (
        "2023-07-30",
        f"{MEMO} in_force; {OPLA_2} in_force",
        f"{OLDER}; {INTERIM} rescinded; {OPLA_1} superseded",
    ),
    (
        "2025-01-19",
        f"{MEMO} in_force; {OPLA_2} in_force",
        f"{OLDER}; {INTERIM} rescinded; {OPLA_1} superseded",
    ),
    (
        "2025-01-20",
        "",
        f"{OLDER}; {MEMO} rescinded; {INTERIM} rescinded; {OPLA_1} superseded; {OPLA_2} rescinded",
    ),
    (
        "2030-01-01",
        "",
        f"{OLDER}; {MEMO} rescinded; {INTERIM} rescinded; {OPLA_1} superseded; {OPLA_2} rescinded",
    ),
]


@pytest.mark.parametrize(("day", "valid", "other"), DAYS)
def test_what_is_said_of_a_day(day: str, valid: str, other: str) -> None:
    assert said(day) == (valid, other)


KNOWN = [
    # On, known at, in force. Before an order or memorandum was issued, nobody knows it.
    ("2021-12-01", "2021-09-29", f"{INTERIM} partly_enjoined; {OPLA_1} in_force"),
    ("2021-12-01", "2021-09-30", f"{MEMO} in_force; {OPLA_1} in_force"),
    ("2021-08-19", "2021-08-18", f"{INTERIM} in_force; {OPLA_1} in_force"),
    ("2021-08-19", "2021-08-19", ""),
    ("2021-09-20", "2021-09-14", ""),
    ("2022-03-22", "2022-03-21", f"{MEMO} in_force; {OPLA_1} in_force"),
    ("2022-03-22", "2022-03-22", f"{MEMO} partly_enjoined; {OPLA_1} in_force"),
    ("2022-04-20", "2022-04-11", f"{MEMO} partly_enjoined; {OPLA_1} in_force"),
    ("2022-04-20", "2022-04-12", f"{MEMO} in_force; {OPLA_1} in_force"),
    ("2022-04-25", "2022-04-02", f"{MEMO} partly_enjoined; {OPLA_1} in_force"),
    ("2022-04-25", "2022-04-12", f"{MEMO} in_force; {OPLA_2} in_force"),
    ("2022-07-01", "2022-06-09", f"{MEMO} in_force; {OPLA_2} in_force"),
    ("2022-07-01", "2022-06-10", ""),
    ("2023-08-01", "2023-07-29", ""),
    ("2023-08-01", "2023-07-30", f"{MEMO} in_force; {OPLA_2} in_force"),
    ("2025-01-20", "2025-01-19", f"{MEMO} in_force; {OPLA_2} in_force"),
    ("2021-01-25", "2021-01-19", "DHS 2017-02-20 in_force"),
    ("2015-01-05", "2014-11-19", ""),
    ("2015-01-05", "2014-11-20", "DHS 2014-11-20 in_force"),
]


@pytest.mark.parametrize(("day", "known_at", "valid"), KNOWN)
def test_what_was_known_on_another_day(day: str, known_at: str, valid: str) -> None:
    assert said(day, known_at)[0] == valid


DECISIONS = [
    # An order that reaches custody leaves the other decision types as they were, with the same first day.
    ("2022-03-28", "custody", "partly_enjoined", "2022-03-22", "2022-04-12"),
    ("2022-03-28", "removal_execution", "partly_enjoined", "2022-03-22", "2022-04-12"),
    ("2022-03-28", "arrest", "in_force", "2021-11-29", "2022-06-25"),
    ("2022-04-12", "custody", "in_force", "2022-04-12", "2022-06-25"),
    ("2022-04-12", "notice_to_appear", "in_force", "2021-11-29", "2022-06-25"),
    ("2021-09-15", "custody", "partly_enjoined", "2021-09-15", "2021-11-29"),
    # The partial stay gave the rest back: for other types it ends the injunction.
    ("2021-09-15", "detainer", "in_force", "2021-09-15", "2021-11-29"),
    ("2021-08-20", "detainer", "enjoined", "2021-08-19", "2021-09-15"),
    ("2022-07-01", "arrest", "vacated", "2022-06-25", "2023-07-30"),
    ("2023-07-30", "custody", "in_force", "2023-07-30", "2025-01-20"),
]


@pytest.mark.parametrize(("day", "decision", "status", "since", "until"), DECISIONS)
def test_an_order_reaches_the_decision_types_of_its_scope(
    day: str, decision: str, status: str, since: str, until: str
) -> None:
    edition = "2021-02-18" if day < "2021-11-29" else "2021-09-30"
    (found,) = [one for one in CALENDAR.on(date.fromisoformat(day), None, decision) if one.edition == edition]
    assert (found.status, str(found.since), str(found.until)) == (status, since, until)
    assert bool(found.overlays) == (status not in ("in_force", "rescinded"))


def _standing(day: date, decision: str = "") -> Standing:
    return standing_in(CALENDAR, seed(), day, decision)


def test_words_of_a_day_in_force_and_of_a_day_without() -> None:
    assert _standing(date(2024, 12, 10)).words == "2021-09-30 guidelines, in force since 2023-07-30"
    assert _standing(date(2022, 7, 1)).words == (
        "no department priorities in force (2021-09-30 guidelines: vacated since 2022-06-25)"
    )
    assert _standing(date(2021, 9, 1)).words == (
        "no department priorities in force (2021-02-18 interim guidance: enjoined since 2021-08-19)"
    )
    assert _standing(date(2011, 1, 1)).words == "no department priorities in force in this calendar"


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        ("2016-01-01", "2014-11-20"),
        ("2018-01-01", "2017-02-20"),
        ("2021-02-10", "2021-01-20"),
        ("2021-03-01", "2021-02-18"),
        ("2021-09-01", None),
        ("2021-10-01", "2021-02-18"),
        ("2022-05-01", "2021-09-30"),
        ("2022-07-01", None),
    ],
)
def test_the_guidance_of_attorneys_never_leads_an_officers_form(day: str, edition: str | None) -> None:
    assert _standing(date.fromisoformat(day)).edition_key == edition


def test_an_order_in_part_has_its_scope() -> None:
    found = _standing(date(2022, 4, 1))
    assert "Part II only" in found.scope
    assert "Southern District of Ohio" in found.authority
    assert _standing(date(2022, 4, 12)).scope == ""
    assert _standing(date(2022, 4, 1), "arrest").overlays == ()


@pytest.mark.parametrize("decision", ["", "custody", "arrest"])
def test_an_answer_holds_within_its_bounds(decision: str) -> None:
    day = date(2014, 10, 1)
    while day < date(2025, 3, 1):
        for one in CALENDAR.on(day, None, decision):
            assert one.since <= day
            if one.until is not None:
                assert day < one.until
                assert one not in CALENDAR.on(one.until, None, decision)
                assert one in CALENDAR.on(one.until - timedelta(days=1), None, decision)
        day += timedelta(days=1)


def _row(key: str, event: str, since: str, recorded: str, **others: str) -> Row:
    return Row(
        key=key,
        edition="2030-01-01",
        component="DHS",
        event=event,  # type: ignore[arg-type]
        since=date.fromisoformat(since),
        recorded=date.fromisoformat(recorded),
        authority=key,
        **others,  # type: ignore[arg-type]
    )


def test_two_orders_over_one_edition_do_not_end_each_other() -> None:
    calendar = Calendar(
        [
            _row("memo", "in_force", "2030-01-01", "2030-01-01"),
            _row("ohio", "enjoined", "2030-02-01", "2030-02-01", track="Ohio"),
            _row("texas", "vacated", "2030-03-01", "2030-03-01", track="Texas"),
            _row("ohio-ends", "lifted", "2030-04-01", "2030-04-01", track="Ohio"),
            _row("texas-ends", "reinstated", "2030-05-01", "2030-05-01", track="Texas"),
        ]
    )
    assert [(str(one.since), one.status, one.row.key) for one in calendar.intervals()] == [
        ("2030-01-01", "in_force", "memo"),
        ("2030-02-01", "enjoined", "ohio"),
        ("2030-03-01", "vacated", "texas"),
        ("2030-05-01", "in_force", "texas-ends"),
    ]


def test_a_correction_counts_from_the_day_on_which_it_was_recorded() -> None:
    calendar = Calendar(
        [
            _row("memo", "in_force", "2030-01-01", "2030-01-01"),
            _row("wrong", "vacated", "2030-02-02", "2030-02-01", track="Texas"),
            _row("right", "vacated", "2030-02-01", "2030-03-01", track="Texas", replaces="wrong"),
        ]
    )
    day = date(2030, 2, 1)
    assert [one.status for one in calendar.on(day, date(2030, 2, 20))] == ["in_force"]
    assert [one.status for one in calendar.on(day, date(2030, 3, 1))] == ["vacated"]
    taken_back = Calendar(
        [*calendar.rows, _row("no", "retracted", "2030-02-01", "2030-04-01", track="Texas", replaces="right")]
    )
    assert [one.status for one in taken_back.on(day, date(2030, 3, 31))] == ["vacated"]
    assert [one.status for one in taken_back.on(day)] == ["in_force"]


def test_an_edition_that_has_not_begun_stays_so_under_an_order() -> None:
    calendar = Calendar(
        [
            _row("memo", "signed", "2030-01-01", "2030-01-01"),
            _row("start", "in_force", "2030-03-01", "2030-01-01"),
            _row("order", "enjoined", "2030-02-01", "2030-02-01", track="Ohio"),
        ]
    )
    assert [(str(one.since), one.status) for one in calendar.intervals()] == [
        ("2030-01-01", "issued"),
        ("2030-03-01", "enjoined"),
    ]
