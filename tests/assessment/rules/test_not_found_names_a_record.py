"""'Looked and not found' names a record that was obtained, read, and can answer the factor."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.fields import factor_name
from assessment.rules.not_found_names_a_record import not_found_names_a_record
from tests.assessment.drafts import EDITION, asks, complete, only

pytestmark = pytest.mark.clause("II.B#14")

FACTOR = "eligibility_for_protection_or_relief"
RECORD = factor_name(FACTOR, "record")


def looked(record: str | None, **more: Any) -> Any:
    return complete(**({factor_name(FACTOR, "presence"): "looked_not_found", RECORD: record} | more))


def test_a_record_that_was_read_and_can_answer() -> None:
    assert not_found_names_a_record(looked("administrative_file")) == []


@pytest.mark.parametrize("presence", ["did_not_look", "not_applicable", "present"])
def test_the_other_answers_name_none(presence: str) -> None:
    assert not_found_names_a_record(complete(**{factor_name(FACTOR, "presence"): presence})) == []


@pytest.mark.parametrize(
    ("record", "more", "what"),
    [
        (None, {}, "names no record"),
        ("a_hunch", {}, "names no record"),
        ("criminal_record", {}, "is not a record that can answer it"),
        ("administrative_file", {"record_administrative_file_state": "requested"}, "not obtained and read"),
        ("administrative_file", {"record_administrative_file_state": "unavailable"}, "not obtained and read"),
        ("administrative_file", {"record_administrative_file_state": "not_applicable"}, "not obtained and"),
        ("administrative_file", {"record_administrative_file_state": None}, "not obtained and read"),
    ],
)
def test_no_record_that_could_have_shown_it(record: str | None, more: dict[str, Any], what: str) -> None:
    unmet = only(not_found_names_a_record, looked(record, **more))
    asks(unmet, step="factors", field=RECORD, clause="II.B#14", next_step="answer 'did not look'")
    assert what in unmet.what
    assert EDITION.factor(FACTOR).label in unmet.what


def test_both_lists_are_held_to_it() -> None:
    for factor in EDITION.factors:
        draft = complete(**{factor_name(factor.key, "presence"): "looked_not_found"})
        assert only(not_found_names_a_record, draft).field == factor_name(factor.key, "record")
