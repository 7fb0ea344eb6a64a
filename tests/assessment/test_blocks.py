"""Answers in one block: only what is open, never against what the case holds."""

from __future__ import annotations

import datetime

from assessment import blocks
from assessment.fields import factor_name
from cases.facts import KINDS
from tests.assessment.drafts import EDITION

NOTHING: frozenset[str] = frozenset()
FAMILY = factor_name("impact_on_family", "presence")


def test_not_found_is_given_for_what_the_record_can_answer() -> None:
    given = blocks.looked_not_found({}, EDITION, "criminal_record", NOTHING)
    for factor in EDITION.factors:
        answered = given.get(factor_name(factor.key, "presence")) == "looked_not_found"
        assert answered == ("criminal_record" in factor.records), factor.key


def test_not_found_is_never_given_against_a_fact_of_the_case() -> None:
    for kind in KINDS:
        for record in ("criminal_record", "administrative_file", "other_investigative"):
            given = blocks.looked_not_found({}, EDITION, record, frozenset({kind}))
            for factor in EDITION.factors:
                if kind in factor.fact_kinds:
                    assert factor_name(factor.key, "presence") not in given, (factor.key, record)


def test_what_somebody_answered_stays() -> None:
    for block in (
        blocks.looked_not_found({FAMILY: "present"}, EDITION, "administrative_file", NOTHING),
        blocks.did_not_look({FAMILY: "present"}, EDITION),
    ):
        assert block[FAMILY] == "present"


def test_the_kinds_that_bear_on_factors_are_kinds_of_facts() -> None:
    named = {kind for factor in EDITION.factors for kind in factor.fact_kinds}
    assert named <= set(KINDS)
    assert {"family", "health", "service", "relief", "rehabilitation", "contribution"} <= named


def test_records_are_read_on_the_day_and_only_the_open_ones() -> None:
    day = datetime.date(2024, 12, 10)
    given = blocks.read_all_records({"record_dispositions_state": "unavailable"}, EDITION, day)
    assert given["record_dispositions_state"] == "unavailable"
    assert given["record_criminal_record_on"] == "2024-12-10"
