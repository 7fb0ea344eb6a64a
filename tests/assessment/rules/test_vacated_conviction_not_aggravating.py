"""A vacated conviction cannot be pinned to an aggravating factor; its conduct can, from another source."""

from __future__ import annotations

import pytest

from assessment.fields import factor_name
from assessment.rules.vacated_conviction_not_aggravating import vacated_conviction_not_aggravating
from tests.assessment.drafts import (
    CONDUCT,
    CONVICTION,
    COURT_RECORD,
    EDITION,
    FACTS,
    GRAVITY,
    asks,
    complete,
    fact,
    only,
    present,
)

pytestmark = pytest.mark.clause("II.B#9")

VACATED = fact("conviction", 7, COURT_RECORD, vacated=True)
WITH = (*FACTS, VACATED)


def test_a_standing_conviction_and_conduct_can_be_pinned() -> None:
    draft = complete(facts=WITH, **present(GRAVITY, CONVICTION, CONDUCT))
    assert vacated_conviction_not_aggravating(draft) == []


@pytest.mark.parametrize("factor", [factor.key for factor in EDITION.factors_of("aggravating")])
def test_a_vacated_one_cannot(factor: str) -> None:
    unmet = only(
        vacated_conviction_not_aggravating, complete(facts=WITH, **present(factor, VACATED, CONVICTION))
    )
    asks(
        unmet,
        step="factors",
        field=factor_name(factor, "pins"),
        clause="II.B#9",
        next_step="The conduct itself can be pinned when another source shows it",
    )
    assert VACATED.summary in unmet.what


def test_a_pin_to_the_version_before_it_was_vacated_is_no_way_round() -> None:
    now = fact("conviction", 2, COURT_RECORD, version=2, vacated=True)
    draft = complete(facts=[now], **present(GRAVITY, CONVICTION))
    assert only(vacated_conviction_not_aggravating, draft).field == factor_name(GRAVITY, "pins")


@pytest.mark.parametrize("factor", [factor.key for factor in EDITION.factors_of("mitigating")])
def test_on_the_mitigating_side_it_may_stand(factor: str) -> None:
    assert vacated_conviction_not_aggravating(complete(facts=WITH, **present(factor, VACATED))) == []


def test_a_pin_left_under_a_factor_that_is_not_present_is_not_looked_at() -> None:
    left = present(GRAVITY, VACATED) | {factor_name(GRAVITY, "presence"): "did_not_look"}
    assert vacated_conviction_not_aggravating(complete(facts=WITH, **left)) == []


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_whatever_the_outcome(outcome: str) -> None:
    draft = complete(facts=WITH, outcome=outcome, **present(GRAVITY, VACATED))
    assert len(vacated_conviction_not_aggravating(draft)) == 1
