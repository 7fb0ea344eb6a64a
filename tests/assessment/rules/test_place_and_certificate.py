"""The place is asked for both outcomes; a protected place asks for the certificate of INA 239(e)."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.rules.place_and_certificate import place_and_certificate
from tests.assessment.drafts import COURT_RECORD, EDITION, asks, complete, evidence, only

pytestmark = pytest.mark.clause("III#19")

ARREST = {"decision_type": "arrest"}
COURTHOUSE: dict[str, Any] = ARREST | {"action_place": "courthouse", "protected_1367": True}


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_the_place_is_asked_whatever_the_outcome(outcome: str) -> None:
    unmet = only(place_and_certificate, complete(**ARREST, outcome=outcome, action_place=None))
    asks(unmet, step="outcome", field="action_place", clause="III#19", next_step="Pick the place")


def test_a_courthouse_needs_the_certificate() -> None:
    unmet = only(place_and_certificate, complete(**COURTHOUSE))
    assert "INA 239(e)" in unmet.what


@pytest.mark.parametrize(
    "changes",
    [
        {"supports": [COURT_RECORD, evidence(7, "certificate_239e")]},
        {"outcome": "decline"},
        {"protected_1367": False},
        {"action_place": "residence"},
        {"direction": "undo"},
    ],
)
def test_when_it_does_not(changes: dict[str, Any]) -> None:
    assert place_and_certificate(complete(**(COURTHOUSE | changes))) == []


@pytest.mark.parametrize("kind", [kind.key for kind in EDITION.decision_types if not kind.asks_place])
def test_other_decisions_do_not_ask(kind: str) -> None:
    assert place_and_certificate(complete(decision_type=kind, action_place=None)) == []
