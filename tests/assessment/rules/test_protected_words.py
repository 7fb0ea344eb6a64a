"""No free text of the decision holds protected words that nobody resolved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.draft import Draft
from assessment.rules.protected_words import protected_words
from cases.screening.words import Standing, find, with_contests
from tests.assessment.drafts import GRAVITY, complete

pytestmark = pytest.mark.clause("III#18")

WORDS = "He is Guatemalan and goes to that church."


def with_words(field: str, **changes: object) -> Draft:
    """The complete draft with `WORDS` in one field, screened as a saved text is."""
    draft = complete(**{field: WORDS}, **changes)
    return replace(draft, words={field: find(draft.text(field))})


@pytest.mark.parametrize(
    ("field", "step"),
    [
        ("consequences", "consequences"),
        ("opposite_case", "outcome"),
        ("rationale", "outcome"),
        ("public_safety_why_current", "public-safety"),
        (f"factor_{GRAVITY}_why", "factors"),
    ],
)
@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_every_text_of_the_decision_is_looked_at(field: str, step: str, outcome: str) -> None:
    unmet = protected_words(with_words(field, outcome=outcome))
    assert unmet
    for one in unmet:
        assert (one.rule, one.step, one.field, one.clause) == ("protected_words", step, field, "III#18")
    assert any("Guatemalan" in one.what and "national origin" in one.what for one in unmet)


def test_the_ground_outside_the_priorities_is_looked_at_where_it_is_part_of_the_decision() -> None:
    ground = {"no_priority_ground": WORDS, "public_safety_finding": "not_found"}
    draft = complete(**ground)
    found = {"no_priority_ground": find(WORDS)}
    assert {one.field for one in protected_words(replace(draft, words=found))} == {"no_priority_ground"}
    declined = complete(**ground, outcome="decline")
    assert protected_words(replace(declined, words=found)) == []


def test_a_text_that_its_answer_does_not_ask_for_is_no_part_of_the_decision() -> None:
    draft = with_words(f"factor_{GRAVITY}_why", **{f"factor_{GRAVITY}_presence": "did_not_look"})
    assert protected_words(draft) == []


@pytest.mark.parametrize(("state", "stands"), [("open", True), ("upheld", True), ("refused", False)])
def test_contested_words_stand_until_they_are_refused(state: str, stands: bool) -> None:
    draft = with_words("rationale")
    contests = {word.key: Standing(state, "name") for word in draft.words["rationale"]}
    contested = replace(draft, words={"rationale": with_contests(draft.words["rationale"], contests)})
    assert (protected_words(contested) == []) is stands


def test_a_draft_without_protected_words_meets_it() -> None:
    assert protected_words(complete()) == []
