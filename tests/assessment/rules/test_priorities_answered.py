"""Each priority is answered; a found one names its ground and the fact that shows it."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.rules.priorities_answered import priorities_answered
from tests.assessment.drafts import EDITION, ENTRY, asks, complete, only

pytestmark = pytest.mark.clause("I#4", "II.A#5", "II.B#6", "II.C#16")


@pytest.mark.parametrize("finding", ["not_found", "cannot_tell"])
def test_an_answer_is_enough_when_nothing_is_found(finding: str) -> None:
    draft = complete(
        national_security_finding=finding, public_safety_finding=finding, border_security_finding=finding
    )
    assert priorities_answered(draft) == []


@pytest.mark.parametrize(
    ("key", "step", "clause"),
    [
        ("national_security", "national-security", "II.A#5"),
        ("public_safety", "public-safety", "II.B#6"),
        ("border_security", "border-security", "II.C#16"),
    ],
)
def test_a_missing_answer(key: str, step: str, clause: str) -> None:
    unmet = only(priorities_answered, complete(**{f"{key}_finding": None}))
    asks(unmet, step=step, field=f"{key}_finding", clause=clause, next_step="found, not found or cannot tell")
    assert EDITION.priority(key).label in unmet.what


BORDER: dict[str, Any] = {
    "border_security_finding": "found",
    "border_security_ground": ["entry_after_date"],
    "border_security_facts": [ENTRY.ref],
}


def test_a_found_border_priority_with_ground_and_fact() -> None:
    assert priorities_answered(complete(**BORDER)) == []


@pytest.mark.parametrize(
    ("missing", "next_step"),
    [("border_security_ground", "Name at least one ground"), ("border_security_facts", "Pin the fact")],
)
def test_a_found_border_priority_without_one(missing: str, next_step: str) -> None:
    unmet = only(priorities_answered, complete(**(BORDER | {missing: None})))
    asks(unmet, step="border-security", field=missing, clause="II.C#16", next_step=next_step)


def test_a_pin_to_a_fact_that_is_gone_is_no_pin() -> None:
    draft = complete(facts=[], **BORDER)
    assert "border_security_facts" in [unmet.field for unmet in priorities_answered(draft)]


def test_a_found_national_security_priority_names_its_ground() -> None:
    unmet = only(priorities_answered, complete(national_security_finding="found"))
    assert unmet.field == "national_security_ground"


def test_on_a_day_without_priorities_nothing_is_asked() -> None:
    draft = complete(
        priorities_in_force=False,
        national_security_finding=None,
        public_safety_finding=None,
        border_security_finding=None,
    )
    assert priorities_answered(draft) == []
