"""A finding on national security has a source, the date of the information, and conduct."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.rules.suspicion_is_sourced import suspicion_is_sourced
from tests.assessment.drafts import CONDUCT, COURT_RECORD, asks, complete, only

pytestmark = pytest.mark.clause("II.A#5")

SOURCED: dict[str, Any] = {
    "national_security_finding": "found",
    "national_security_ground": ["suspected"],
    "national_security_source": str(COURT_RECORD.id),
    "national_security_information_date": "2024-11-02",
    "national_security_conduct": [CONDUCT.ref],
}


def test_a_sourced_suspicion() -> None:
    assert suspicion_is_sourced(complete(**SOURCED)) == []


@pytest.mark.parametrize("finding", ["not_found", "cannot_tell", None])
def test_without_a_finding_nothing_is_asked(finding: str | None) -> None:
    assert suspicion_is_sourced(complete(national_security_finding=finding)) == []


@pytest.mark.parametrize(
    ("answers", "field", "next_step"),
    [
        ({"national_security_source": None}, "national_security_source", "Pick the evidence"),
        ({"national_security_source": "of another case"}, "national_security_source", "Pick the evidence"),
        ({"national_security_information_date": None}, "national_security_information_date", "Write the day"),
        (
            {"national_security_information_date": "2024-11"},
            "national_security_information_date",
            "Write the day",
        ),
        ({"national_security_conduct": None}, "national_security_conduct", "Pin what the person"),
        (
            {"national_security_conduct": ["conduct:gone:1"]},
            "national_security_conduct",
            "Pin what the person",
        ),
    ],
)
def test_each_part_is_needed(answers: dict[str, Any], field: str, next_step: str) -> None:
    unmet = only(suspicion_is_sourced, complete(**(SOURCED | answers)))
    asks(unmet, step="national-security", field=field, clause="II.A#5", next_step=next_step)


@pytest.mark.parametrize("day", ["2024-12-11", "2031-01-01"])
def test_information_is_not_younger_than_the_day_of_the_judgment(day: str) -> None:
    unmet = only(suspicion_is_sourced, complete(**(SOURCED | {"national_security_information_date": day})))
    assert unmet.field == "national_security_information_date"


def test_information_of_the_very_day() -> None:
    assert (
        suspicion_is_sourced(complete(**(SOURCED | {"national_security_information_date": "2024-12-10"})))
        == []
    )


@pytest.mark.parametrize("ground", ["engaged", "otherwise"])
def test_the_other_grounds_need_the_same(ground: str) -> None:
    draft = complete(**(SOURCED | {"national_security_ground": [ground], "national_security_conduct": None}))
    assert only(suspicion_is_sourced, draft).field == "national_security_conduct"


def test_on_a_day_without_priorities_nothing_is_asked() -> None:
    draft = complete(priorities_in_force=False, national_security_finding="found")
    assert suspicion_is_sourced(draft) == []
