"""The entire record is obtained and read, or excused with a coded reason."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.rules.records_complete_or_excused import records_complete_or_excused
from tests.assessment.drafts import EDITION, asks, complete, empty, only

pytestmark = pytest.mark.clause("II.B#14")

CLAUSE = "II.B#14"


def test_every_record_obtained_and_read() -> None:
    assert records_complete_or_excused(complete()) == []


@pytest.mark.parametrize(
    "answers",
    [
        {"record_dispositions_state": "not_applicable", "record_dispositions_on": None},
        {
            "record_dispositions_state": "unavailable",
            "record_dispositions_on": None,
            "record_dispositions_reason": "held_abroad",
        },
        {"record_dispositions_state": "requested", "record_dispositions_on": "2024-12-01"},
        {"record_dispositions_on": "2024-12-10"},  # the very day on which it is judged
    ],
)
def test_an_excuse_is_enough(answers: dict[str, Any]) -> None:
    assert records_complete_or_excused(complete(**answers)) == []


@pytest.mark.parametrize(
    ("answers", "field", "next_step"),
    [
        ({"record_dispositions_state": None}, "record_dispositions_state", "Say whether it was obtained"),
        ({"record_dispositions_state": "burnt"}, "record_dispositions_state", "Say whether it was obtained"),
        ({"record_dispositions_on": None}, "record_dispositions_on", "Write the day"),
        ({"record_dispositions_on": "soon"}, "record_dispositions_on", "Write the day"),
        ({"record_dispositions_on": "2024-11"}, "record_dispositions_on", "Write the day"),
        ({"record_dispositions_on": "about 2024-11-02"}, "record_dispositions_on", "Write the day"),
        ({"record_dispositions_on": "2024-12-11"}, "record_dispositions_on", "really read or asked for"),
        (
            {"record_dispositions_state": "requested", "record_dispositions_on": "2025-01-02"},
            "record_dispositions_on",
            "really read or asked for",
        ),
        ({"record_dispositions_state": "unavailable"}, "record_dispositions_reason", "Pick the reason"),
        (
            {
                "record_dispositions_state": "unavailable",
                "record_dispositions_reason": "did not feel like it",
            },
            "record_dispositions_reason",
            "Pick the reason",
        ),
    ],
)
def test_what_is_missing_is_named(answers: dict[str, Any], field: str, next_step: str) -> None:
    unmet = only(records_complete_or_excused, complete(**answers))
    asks(unmet, step="records", field=field, clause=CLAUSE, next_step=next_step)
    assert EDITION.record_kind("dispositions").label in unmet.what


def test_nothing_answered_asks_for_each_record_once() -> None:
    asked = [unmet.field for unmet in records_complete_or_excused(empty())]
    assert asked == [f"record_{kind.key}_state" for kind in EDITION.record_kinds]


def test_the_future_is_told_with_the_day_that_counts() -> None:
    unmet = only(records_complete_or_excused, complete(record_dispositions_on="2024-12-11"))
    assert "2024-12-10" in unmet.what
