"""Every pin names a fact of the record, in its present version, that may be pinned."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.fields import factor_name
from assessment.rules.pins_hold import pins_hold
from tests.assessment.drafts import (
    CONDUCT,
    CONVICTION,
    COURT_RECORD,
    EDITION,
    FACTS,
    asks,
    complete,
    fact,
    only,
)

pytestmark = pytest.mark.clause("II.B#13", "II.B#14")

CHANGED = fact("conduct", 1, COURT_RECORD, version=2)
LATER = fact("conduct", 8, COURT_RECORD, pinnable=False, why_not="Dated after 2024-12-10.")
GONE = "conduct:00000000-0000-0000-0000-0000000000ff:1"

FIELDS: list[tuple[str, str, dict[str, Any]]] = [
    ("consequences_pins", "consequences", {}),
    ("opposite_pins", "outcome", {}),
    ("rationale_pins", "outcome", {}),
    ("public_safety_last_conduct", "public-safety", {}),
    ("national_security_conduct", "national-security", {"national_security_finding": "found"}),
    ("border_security_facts", "border-security", {"border_security_finding": "found"}),
    ("dispute_pins", "dispute", {"dispute": "yes"}),
    (factor_name("lengthy_presence", "pins"), "factors", {}),
    (factor_name("gravity_of_offense_and_sentence", "pins"), "factors", {}),
]


def test_present_versions_hold() -> None:
    assert pins_hold(complete()) == []


@pytest.mark.parametrize(("field", "step", "opens"), FIELDS)
def test_a_fact_that_is_gone(field: str, step: str, opens: dict[str, Any]) -> None:
    unmet = only(pins_hold, complete(**(opens | {field: [CONVICTION.ref, GONE]})))
    asks(unmet, step=step, field=field, clause="II.B#14", next_step="look at the pins and save it again")
    assert unmet.what.startswith(EDITION.step(step).title)


def test_a_fact_that_was_changed_after_it_was_pinned() -> None:
    facts = [one for one in FACTS if one != CONDUCT] + [CHANGED]
    draft = complete(facts=facts, public_safety_last_conduct=[CHANGED.ref], rationale_pins=[CONDUCT.ref])
    unmet = only(pins_hold, draft)
    asks(
        unmet,
        step="outcome",
        field="rationale_pins",
        clause="II.B#14",
        next_step="Read the fact as it is now",
    )
    assert CHANGED.summary in unmet.what


def test_a_version_that_does_not_exist_yet_is_not_the_present_one() -> None:
    ahead = CONDUCT.ref.removesuffix(":1") + ":7"
    assert "changed after it was pinned" in only(pins_hold, complete(rationale_pins=[ahead])).what


def test_a_fact_that_may_not_be_pinned() -> None:
    unmet = only(pins_hold, complete(facts=(*FACTS, LATER), opposite_pins=[LATER.ref]))
    asks(unmet, step="outcome", field="opposite_pins", clause="II.B#14", next_step="Take the pin away")
    assert LATER.why_not in unmet.what


@pytest.mark.parametrize("text", ["", "conduct", "nonsense:::", ":1", "a:b:c:d"])
def test_what_is_no_reference_is_a_fact_that_is_gone(text: str) -> None:
    draft = complete(rationale_pins=[CONDUCT.ref, text])
    assert "no longer in the record" in only(pins_hold, draft).what


@pytest.mark.parametrize(
    ("field", "closed"),
    [
        ("national_security_conduct", {"national_security_finding": "not_found"}),
        ("border_security_facts", {"border_security_finding": "cannot_tell"}),
        ("public_safety_last_conduct", {"public_safety_finding": "not_found"}),
        ("dispute_pins", {"dispute": "no"}),
        (
            factor_name("lengthy_presence", "pins"),
            {factor_name("lengthy_presence", "presence"): "did_not_look"},
        ),
    ],
)
def test_a_pin_that_the_answers_closed_is_not_looked_at(field: str, closed: dict[str, Any]) -> None:
    assert pins_hold(complete(**(closed | {field: [GONE]}))) == []


def test_on_a_day_without_priorities_their_pins_fall_away() -> None:
    draft = complete(priorities_in_force=False, public_safety_last_conduct=[GONE])
    assert pins_hold(draft) == []
