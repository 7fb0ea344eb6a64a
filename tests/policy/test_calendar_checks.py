"""What cannot stand in the calendar is refused with the field to correct and the row that it collides with."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from policy.calendar import Calendar
from policy.calendar_changes.checks import Mistake, mistake_in
from policy.calendar_changes.rows import ProposedRow
from policy.calendar_file import seed
from tests.policy.orders import an_order

pytestmark = pytest.mark.clause("VI#27")
OWNERS: dict[str, str] = {one.key: one.component for one in seed().editions}
TODAY = datetime.date(2024, 12, 10)


def mistake(*rows: ProposedRow, calendar: Calendar | None = None) -> Mistake | None:
    return mistake_in(calendar or seed().calendar, [row.recorded_on(TODAY) for row in rows], OWNERS)


def own(**others: Any) -> ProposedRow:
    """What becomes of the guidelines themselves."""
    plain = {"track": "memorandum", "scope": "", "decision_types": [], "statutes": []}
    return an_order(**plain | others)


def test_an_order_fits() -> None:
    assert mistake(an_order()) is None


def test_an_order_and_its_end_fit() -> None:
    assert mistake(an_order(), an_order(key="end", event="lifted", since="2024-12-15")) is None


def test_the_rows_that_the_product_begins_with_would_be_taken() -> None:
    rows: list[Any] = []
    for row in seed().calendar.rows:
        assert mistake_in(Calendar(rows), [row], OWNERS) is None, row.key
        rows.append(row)


REFUSED = [
    # What is put forward, the field that is named, and what is said of it.
    (an_order(edition="2030-01-01"), "edition", "files of a release"),
    (an_order(component="OPLA"), "edition", "guidance of DHS"),
    (an_order(bodies=["ERO"]), "bodies", "Only guidance of ICE"),
    (an_order(track="memorandum"), "track", "Name the proceeding"),
    (own(event="rescinded", track="Somewhere"), "track", "Leave the proceeding empty"),
    (an_order(authority=""), "authority", "Name the order"),
    (an_order(decision_types=[]), "decision_types", "Choose which"),
    (an_order(scope=""), "scope", "what an order in part takes out"),
    (an_order(sources=[]), "sources", "at least one source"),
    (an_order(event="retracted"), "event", "row that was recorded in error"),
    (an_order(replaces="nowhere"), "", "“nowhere” does not stand"),
    (an_order(key="2021-09-30-signed"), "", "“2021-09-30-signed” already"),
    (an_order(replaces="2021-02-18-enjoined"), "edition", "stays with its edition, 2021-02-18"),
    # Overlaps: the same day of the same track, and the same event twice in a row.
    (
        own(event="superseded", since="2025-01-20"),
        "since",
        "“2021-09-30-rescinded” says something for the same day",
    ),
    (
        own(event="rescinded", since="2025-02-01"),
        "event",
        "“2021-09-30-rescinded” of 2025-01-20 says this already",
    ),
    (
        own(event="rescinded", since="2024-12-31"),
        "event",
        "“2021-09-30-rescinded” of 2025-01-20 says this already",
    ),
    # Gaps: before the edition begins, and an end without an order.
    (
        an_order(since="2021-09-29"),
        "since",
        "“2021-09-30-signed” of 2021-09-30, with which the edition begins",
    ),
    (own(event="rescinded", since="2021-09-29"), "since", "before that there is a gap"),
    (
        own(event="signed", since="2022-01-10"),
        "event",
        "“2021-09-30-signed” of 2021-09-30 begins the edition",
    ),
    (an_order(event="lifted"), "track", "none of “District of Nowhere, 2024” holds"),
    (
        an_order(event="retracted", track="memorandum", replaces="2021-09-30-signed", since="2021-09-30"),
        "",
        "",
    ),
    (
        an_order(
            event="retracted",
            replaces="2021-09-30-vacated",
            track="Southern District of Texas, 2022",
            since="2022-06-25",
        ),
        "track",
        "“2021-09-30-reinstated” of 2023-07-30 ends an order",
    ),
]


@pytest.mark.parametrize(("row", "field", "words"), REFUSED)
def test_what_cannot_stand(row: ProposedRow, field: str, words: str) -> None:
    found = mistake(row)
    if not words:
        # Without its signature the guidelines still begin, on the day on which they take effect.
        assert found is None
        return
    assert found is not None
    assert found.field == field
    assert words in found.what


def test_a_correction_that_says_the_same_is_none() -> None:
    calendar = Calendar([*seed().calendar.rows, an_order().recorded_on(TODAY)])
    again = an_order(key="again", replaces=an_order().key)
    found = mistake(again, calendar=calendar)
    assert found is not None
    assert "says the same" in found.what
    assert mistake(again.model_copy(update={"scope": "All of part II."}), calendar=calendar) is None


def test_taking_the_only_row_under_an_order_away_is_a_gap() -> None:
    rows = [
        row
        for row in seed().calendar.rows
        if row.edition == "2022-04-03" and row.key.endswith(("-signed", "-vacated"))
    ]
    gone = an_order(
        edition="2022-04-03",
        component="OPLA",
        event="retracted",
        track="memorandum",
        replaces="2022-04-03-signed",
        since="2022-04-03",
    )
    found = mistake(gone, calendar=Calendar(rows))
    assert found is not None
    assert "“2022-04-03-vacated” would stand on nothing" in found.what


def test_nothing_is_no_change() -> None:
    assert mistake() == Mistake("", "Nothing is put forward. Fill in a row.")
