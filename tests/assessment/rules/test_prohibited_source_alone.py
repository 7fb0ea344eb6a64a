"""No adverse step rests solely on a source that 8 U.S.C. 1367(a)(1) bars."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from assessment.rules.prohibited_source_alone import prohibited_source_alone
from tests.assessment.drafts import CONVICTION, COURT_RECORD, PRESENCE, asks, complete, fact, only

pytestmark = pytest.mark.clause("III#19")

BARRED = dataclasses.replace(COURT_RECORD, prohibited_1367=True)
TIP = fact("conduct", 1, BARRED)


def barred(**changes: Any) -> Any:
    facts = [TIP, *(dataclasses.replace(one, evidence=(BARRED,)) for one in (CONVICTION, PRESENCE))]
    return complete(**({"facts": facts, "protected_1367": True} | changes))


def test_everything_from_the_barred_source() -> None:
    unmet = only(prohibited_source_alone, barred())
    asks(unmet, step="outcome", field="rationale_pins", clause="III#19", next_step="an independent source")
    assert "8 U.S.C. 1367(a)(1)" in unmet.what


def test_independent_evidence_for_the_other_outcome_does_not_help() -> None:
    family = fact("family", 6, COURT_RECORD)
    facts = [TIP, dataclasses.replace(CONVICTION, evidence=(BARRED,)), PRESENCE, family]
    draft = barred(facts=facts, opposite_pins=[family.ref], consequences_pins=[family.ref])
    assert only(prohibited_source_alone, draft).field == "rationale_pins"


def test_one_independent_piece_is_enough() -> None:
    assert prohibited_source_alone(barred(facts=[TIP, CONVICTION, PRESENCE])) == []


@pytest.mark.parametrize(
    "changes", [{"protected_1367": False}, {"outcome": "decline"}, {"direction": "undo"}]
)
def test_it_is_about_adverse_steps_against_the_protected(changes: dict[str, Any]) -> None:
    assert prohibited_source_alone(barred(**changes)) == []
