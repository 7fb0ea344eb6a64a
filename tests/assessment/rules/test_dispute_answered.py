"""The labour or housing question is answered, and a yes brings its factor into the weighing."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.fields import factor_name
from assessment.rules.dispute_answered import FACTOR, dispute_answered
from tests.assessment.drafts import FAMILY, asks, complete, only, present

pytestmark = pytest.mark.clause("IV#20")

PRESENCE = factor_name(FACTOR, "presence")
YES: dict[str, Any] = {"dispute": "yes", "dispute_kind": ["labor"]} | present(FACTOR, FAMILY)


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_an_answer_is_enough(answer: str) -> None:
    assert dispute_answered(complete(dispute=answer)) == []


@pytest.mark.parametrize("source", [True, False])
def test_no_answer(source: bool) -> None:
    unmet = only(dispute_answered, complete(dispute=None, dispute_source=source))
    asks(unmet, step="dispute", field="dispute", clause="IV#20", next_step="Answer yes, no or unknown")


def test_an_employer_or_landlord_as_source_cannot_be_answered_with_no() -> None:
    unmet = only(dispute_answered, complete(dispute="no", dispute_source=True))
    asks(
        unmet, step="dispute", field="dispute", clause="IV#20", next_step="Answer yes or unknown, or correct"
    )
    assert dispute_answered(complete(dispute="unknown", dispute_source=True)) == []
    assert dispute_answered(complete(dispute_source=True, **YES)) == []


def test_yes_with_its_kind_and_the_factor_present() -> None:
    assert dispute_answered(complete(**YES)) == []


@pytest.mark.parametrize("presence", ["did_not_look", "looked_not_found", "not_applicable", None])
def test_yes_forces_the_factor(presence: str | None) -> None:
    unmet = only(dispute_answered, complete(**(YES | {PRESENCE: presence})))
    asks(unmet, step="factors", field=PRESENCE, clause="IV#20", next_step="with its weight and a pinned fact")


def test_yes_names_its_kind() -> None:
    unmet = only(dispute_answered, complete(**(YES | {"dispute_kind": None})))
    asks(unmet, step="dispute", field="dispute_kind", clause="IV#20", next_step="about work or about housing")
