"""Not the bare fact of a conviction, nor a database hit, alone."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.fields import factor_name
from assessment.rules.conviction_or_database_hit_alone import conviction_or_database_hit_alone
from cases.selectors import EvidenceView, FactView
from tests.assessment.drafts import (
    BARE_CONVICTION,
    COURT_RECORD,
    DATABASE_HIT,
    GRAVITY,
    PRESENCE,
    asks,
    complete,
    fact,
    only,
    present,
)

pytestmark = pytest.mark.clause("II.B#13")


def resting_on(*facts: FactView, **changes: Any) -> Any:
    """A draft whose reasons, findings and aggravating factors are all pinned to `facts`."""
    refs = [one.ref for one in facts]
    given = {"public_safety_last_conduct": refs, "rationale_pins": refs} | present(GRAVITY, *facts) | changes
    return complete(facts=(*facts, PRESENCE), **given)


def conviction(*support: EvidenceView) -> FactView:
    return fact("conviction", 2, *support)


@pytest.mark.parametrize(
    "support", [(), (BARE_CONVICTION,), (DATABASE_HIT,), (BARE_CONVICTION, DATABASE_HIT)]
)
def test_nothing_of_substance_under_any_of_it(support: tuple[EvidenceView, ...]) -> None:
    unmet = only(conviction_or_database_hit_alone, resting_on(conviction(*support)))
    asks(
        unmet,
        step="outcome",
        field="rationale_pins",
        clause="II.B#13",
        next_step="Obtain and pin something of substance",
    )


def test_one_substantive_piece_is_enough() -> None:
    draft = resting_on(conviction(BARE_CONVICTION, COURT_RECORD))
    assert conviction_or_database_hit_alone(draft) == []


def test_it_may_stand_under_another_fact_that_carries() -> None:
    bare, shown = conviction(DATABASE_HIT), fact("conduct", 9, COURT_RECORD)
    assert conviction_or_database_hit_alone(resting_on(bare, shown)) == []


@pytest.mark.parametrize("field", ["opposite_pins", "consequences_pins"])
def test_what_speaks_on_the_other_side_carries_nothing(field: str) -> None:
    assert only(conviction_or_database_hit_alone, resting_on(conviction(), **{field: [PRESENCE.ref]}))


def test_a_mitigating_factor_carries_nothing() -> None:
    draft = resting_on(conviction(), **present("lengthy_presence", PRESENCE))
    assert only(conviction_or_database_hit_alone, draft)


def test_a_pin_under_an_aggravating_factor_that_is_not_present_carries_nothing() -> None:
    shown = fact("conduct", 9, COURT_RECORD)
    closed = {
        factor_name("firearm_or_dangerous_weapon", "presence"): "did_not_look",
        factor_name("firearm_or_dangerous_weapon", "pins"): [shown.ref],
    }
    bare = conviction()
    draft = complete(
        facts=(bare, shown),
        public_safety_last_conduct=[bare.ref],
        rationale_pins=[bare.ref],
        **(present(GRAVITY, bare) | closed),
        factor_lengthy_presence_presence="did_not_look",
    )
    assert only(conviction_or_database_hit_alone, draft)


def test_declining_and_undoing_are_not_asked() -> None:
    assert conviction_or_database_hit_alone(resting_on(conviction(), outcome="decline")) == []
    undo = complete(direction="undo", facts=(conviction(),), rationale_pins=[conviction().ref])
    assert conviction_or_database_hit_alone(undo) == []


def test_without_any_pin_another_rule_asks() -> None:
    assert conviction_or_database_hit_alone(complete(facts=[])) == []
