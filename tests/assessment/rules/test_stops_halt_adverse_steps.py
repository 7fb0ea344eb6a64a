"""A sign of a stop halts every adverse step, and never a decline or a release."""

from __future__ import annotations

import pytest

from assessment.rules.stops_halt_adverse_steps import stops_halt_adverse_steps
from assessment.stops.halt import Halt
from tests.assessment.drafts import EDITION, asks, complete, only

pytestmark = pytest.mark.clause("V#21")

CITIZEN = Halt(
    key="citizenship",
    words="There is a sign of United States citizenship.",
    clause="V#21",
    way_out="Counsel gives an opinion.",
)
MINOR = Halt(key="minor", words="The person is under 18.", clause="", way_out="The coordinator confirms.")
EACH = pytest.mark.parametrize("kind", [kind.key for kind in EDITION.decision_types])


def test_without_a_sign_nothing_is_halted() -> None:
    assert stops_halt_adverse_steps(complete()) == []


@EACH
def test_acting_is_halted_exactly_where_it_is_adverse(kind: str) -> None:
    for direction in ("do", "undo"):
        draft = complete(decision_type=kind, direction=direction, stop_signs=[CITIZEN])
        halted = bool(stops_halt_adverse_steps(draft))
        assert halted == EDITION.decision_type(kind).adverse(direction)


@EACH
@pytest.mark.parametrize("outcome", ["decline", None])
def test_declining_never_is(kind: str, outcome: str | None) -> None:
    for direction in ("do", "undo"):
        draft = complete(
            decision_type=kind, direction=direction, outcome=outcome, stop_signs=[CITIZEN, MINOR]
        )
        assert stops_halt_adverse_steps(draft) == []


def test_a_release_never_is() -> None:
    draft = complete(decision_type="arrest", direction="undo", stop_signs=[CITIZEN, MINOR])
    assert stops_halt_adverse_steps(draft) == []


def test_each_sign_is_told_in_words() -> None:
    first, second = stops_halt_adverse_steps(complete(stop_signs=[CITIZEN, MINOR]))
    assert CITIZEN.words in first.what
    assert MINOR.words in second.what


def test_a_sign_without_a_clause_falls_back_on_the_one_of_decisions() -> None:
    unmet = only(stops_halt_adverse_steps, complete(stop_signs=[MINOR]))
    asks(
        unmet,
        step="outcome",
        field="outcome",
        clause="V#21",
        next_step="The coordinator confirms. The draft is kept; declining or a release stays possible",
    )
