"""A threat to public safety is explained as current, beside the last relevant conduct."""

from __future__ import annotations

import pytest

from assessment.rules.current_threat_explained import current_threat_explained
from cases.selectors import FactView
from tests.assessment.drafts import (
    CONDUCT,
    CONVICTION,
    ENCOUNTER,
    FAMILY,
    PRESENCE,
    asks,
    complete,
    only,
)

pytestmark = pytest.mark.clause("II.B#6", "II.B#12")


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_explained(outcome: str) -> None:
    assert current_threat_explained(complete(outcome=outcome)) == []


@pytest.mark.parametrize("outcome", ["act", "decline"])
@pytest.mark.parametrize("why", [None, "", " \n "])
def test_not_explained(why: str | None, outcome: str) -> None:
    unmet = only(current_threat_explained, complete(public_safety_why_current=why, outcome=outcome))
    asks(
        unmet,
        step="public-safety",
        field="public_safety_why_current",
        clause="II.B#12",
        next_step="Write why it is a threat now",
    )


def test_the_last_conduct_is_pinned() -> None:
    unmet = only(current_threat_explained, complete(public_safety_last_conduct=None))
    asks(
        unmet,
        step="public-safety",
        field="public_safety_last_conduct",
        clause="II.B#6",
        next_step="Pin the last conduct",
    )


@pytest.mark.parametrize("fact", [PRESENCE, FAMILY, ENCOUNTER])
def test_the_last_conduct_is_conduct(fact: FactView) -> None:
    pins = [CONDUCT.ref, fact.ref]
    unmet = only(current_threat_explained, complete(public_safety_last_conduct=pins))
    asks(
        unmet,
        step="public-safety",
        field="public_safety_last_conduct",
        clause="II.B#6",
        next_step="Pin what the person did",
    )
    assert current_threat_explained(complete(public_safety_last_conduct=[CONVICTION.ref])) == []


@pytest.mark.parametrize("finding", ["not_found", "cannot_tell", None])
def test_without_a_finding_nothing_is_asked(finding: str | None) -> None:
    draft = complete(
        public_safety_finding=finding, public_safety_why_current=None, public_safety_last_conduct=None
    )
    assert current_threat_explained(draft) == []


def test_on_a_day_without_priorities_nothing_is_asked() -> None:
    assert current_threat_explained(complete(priorities_in_force=False, public_safety_why_current=None)) == []
