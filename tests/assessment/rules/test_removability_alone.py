"""Being removable is not, alone, a reason to act."""

from __future__ import annotations

import pytest

from assessment.rules.removability_alone import removability_alone
from cases.selectors import FactView
from tests.assessment.drafts import CONDUCT, ENCOUNTER, ENTRY, FAMILY, PRESENCE, asks, complete, only

pytestmark = pytest.mark.clause("I#2")


@pytest.mark.parametrize(
    "pins", [[PRESENCE], [ENTRY], [PRESENCE, ENTRY], [ENCOUNTER], [PRESENCE, ENTRY, ENCOUNTER]]
)
def test_presence_and_entry_alone_carry_no_action(pins: list[FactView]) -> None:
    unmet = only(removability_alone, complete(rationale_pins=[pin.ref for pin in pins]))
    asks(
        unmet,
        step="outcome",
        field="rationale_pins",
        clause="I#2",
        next_step="Removability is a precondition and never a ground",
    )


@pytest.mark.parametrize("other", [CONDUCT, FAMILY])
def test_something_besides_them_does(other: FactView) -> None:
    assert removability_alone(complete(rationale_pins=[PRESENCE.ref, ENTRY.ref, other.ref])) == []


@pytest.mark.parametrize("ground", [ENTRY, ENCOUNTER])
def test_the_ground_of_border_security_counts_where_it_is_found(ground: FactView) -> None:
    border = {"border_security_ground": ["entry_after_date"], "border_security_facts": [ground.ref]}
    pins = {"rationale_pins": [ground.ref]}
    assert removability_alone(complete(**border, **pins, border_security_finding="found")) == []
    assert removability_alone(complete(**border, **pins, border_security_finding="not_found"))
    assert removability_alone(complete(**pins, border_security_finding="found"))


def test_declining_may_rest_on_presence() -> None:
    assert removability_alone(complete(outcome="decline", rationale_pins=[PRESENCE.ref])) == []


def test_a_step_that_undoes_may_rest_on_presence() -> None:
    assert removability_alone(complete(direction="undo", rationale_pins=[PRESENCE.ref])) == []


def test_an_older_version_of_a_presence_fact_is_still_presence() -> None:
    older = PRESENCE.ref.removesuffix(":1") + ":0"
    assert only(removability_alone, complete(rationale_pins=[older])).field == "rationale_pins"


def test_without_pins_another_rule_asks_for_them() -> None:
    assert removability_alone(complete(rationale_pins=[])) == []
    assert removability_alone(complete(rationale_pins=["presence:gone:1"])) == []
