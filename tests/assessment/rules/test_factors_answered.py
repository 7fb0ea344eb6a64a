"""Every factor of both lists is answered; a present one has a weight in words and a pinned fact."""

from __future__ import annotations

import pytest

from assessment.fields import factor_name
from assessment.rules.factors_answered import factors_answered
from policy.editions.factors import Factor
from tests.assessment.drafts import EDITION, ENCOUNTER, FAMILY, asks, complete, empty, only, present

pytestmark = pytest.mark.clause("II.B#8", "II.B#9", "II.B#10")

CLAUSES = {"aggravating": "II.B#8", "mitigating": "II.B#9"}
EACH = pytest.mark.parametrize("factor", EDITION.factors, ids=lambda factor: factor.key)


def test_all_answered() -> None:
    assert factors_answered(complete()) == []


def test_two_lists_of_six_and_eleven() -> None:
    assert len(EDITION.factors_of("aggravating")) == 6  # five and "other"
    assert len(EDITION.factors_of("mitigating")) == 11  # ten and "other"


@EACH
def test_one_open_factor_is_named(factor: Factor) -> None:
    name = factor_name(factor.key, "presence")
    unmet = only(factors_answered, complete(**{name: None}))
    asks(unmet, step="factors", field=name, clause="II.B#10", next_step="'Did not look' is an honest answer")
    assert unmet.what.startswith("1 factor is not answered")
    assert factor.label in unmet.what


def test_many_open_factors_are_one_line_that_leads_to_the_first() -> None:
    unmet = only(factors_answered, empty())
    assert unmet.field == factor_name(EDITION.factors[0].key, "presence")
    assert unmet.what.startswith("17 factors are not answered")


@EACH
@pytest.mark.parametrize(
    ("part", "next_step"),
    [
        ("weight", "decisive, material, or considered with little weight"),
        ("pins", "Pin the fact that shows it"),
    ],
)
def test_a_present_factor_needs_weight_and_pin_on_both_sides(
    factor: Factor, part: str, next_step: str
) -> None:
    given = present(factor.key, FAMILY)
    if factor.subtypes:
        given[factor_name(factor.key, "subtype")] = [factor.subtypes[0].key]
    assert factors_answered(complete(**given)) == []
    field = factor_name(factor.key, part)
    unmet = only(factors_answered, complete(**(given | {field: None})))
    asks(unmet, step="factors", field=field, clause=CLAUSES[factor.side], next_step=next_step)
    assert unmet.what.startswith(factor.label)


@pytest.mark.parametrize(
    "factor", [one for one in EDITION.factors if one.subtypes], ids=lambda factor: factor.key
)
def test_a_factor_with_forms_says_in_which(factor: Factor) -> None:
    given = present(factor.key, FAMILY) | {factor_name(factor.key, "why"): "A coach."}
    unmet = only(factors_answered, complete(**given))
    asks(
        unmet,
        step="factors",
        field=factor_name(factor.key, "subtype"),
        clause=CLAUSES[factor.side],
        next_step="Pick the form",
    )


@pytest.mark.parametrize("key", ["other_aggravating", "other_mitigating"])
def test_the_open_entry_of_each_list_is_described_by_a_fact_and_needs_no_text(key: str) -> None:
    factor = EDITION.factor(key)
    given = present(key, FAMILY)
    if factor.subtypes:
        given[factor_name(key, "subtype")] = ["other"]
    assert factors_answered(complete(**given)) == []
    # That the person was met says nothing of what is outside the list.
    given[factor_name(key, "pins")] = [ENCOUNTER.ref]
    unmet = only(factors_answered, complete(**given))
    asks(
        unmet,
        step="factors",
        field=factor_name(key, "pins"),
        clause=CLAUSES[factor.side],
        next_step="Pin the fact that it is",
    )
    given[factor_name(key, "pins")] = [ENCOUNTER.ref, FAMILY.ref]
    assert factors_answered(complete(**given)) == []


def test_a_pin_to_a_fact_that_is_gone_is_no_pin() -> None:
    draft = complete(**{factor_name("lengthy_presence", "pins"): ["presence:gone:1"]})
    assert only(factors_answered, draft).field == factor_name("lengthy_presence", "pins")


def test_why_a_factor_matters_is_never_required() -> None:
    assert "factor_lengthy_presence_why" not in complete().answers
