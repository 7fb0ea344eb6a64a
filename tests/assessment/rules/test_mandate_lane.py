"""The mandate lane: statute as it stood, predicate, release, counsel; nothing is weighed for show."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest

from assessment.draft import Draft
from assessment.rules import unmet_rules
from assessment.rules.mandate_lane import mandate_lane
from tests.assessment.drafts import CONVICTION, EDITION, asks, complete, evidence, fact, only

pytestmark = pytest.mark.clause("V#21")

COUNSEL = evidence(8, "counsel_opinion")
ARREST = fact("arrest", 9)
LANE: dict[str, Any] = {
    "decision_type": "custody",
    "lane": "mandated",
    "mandate_statute": "ina_236c",
    "mandate_predicate": [CONVICTION.ref],
    "mandate_release_date": "2024-12-09",
    "mandate_counsel": str(COUNSEL.id),
    "supports": [COUNSEL],
}


def lane(day: str = "2024-12-10", **changes: Any) -> Draft:
    return dataclasses.replace(complete(**(LANE | changes)), day=datetime.date.fromisoformat(day))


def test_complete() -> None:
    assert mandate_lane(lane()) == []


def test_nothing_is_weighed_for_show() -> None:
    nothing = {name: None for name in complete().answers if name != "outcome"}
    assert unmet_rules(lane(**(nothing | LANE))) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mandate_statute", None),
        ("mandate_statute", "ina_999"),
        ("mandate_predicate", None),
        ("mandate_release_date", None),
        ("mandate_release_date", "about 2024"),
        ("mandate_counsel", None),
        ("mandate_counsel", "gone"),
    ],
)
def test_what_is_missing_is_asked(field: str, value: str | None) -> None:
    changes: dict[str, Any] = {field: value}
    unmet = only(mandate_lane, lane(**changes))
    asks(unmet, step="outcome", field=field, clause="V#21", next_step="")


def test_another_paper_is_no_opinion_of_counsel() -> None:
    other = evidence(8, "court_record")
    assert only(mandate_lane, lane(supports=[other])).field == "mandate_counsel"


def test_a_charge_is_refused_where_the_statute_then_asked_for_a_conviction() -> None:
    charge: dict[str, Any] = {"facts": [ARREST], "mandate_predicate": [ARREST.ref]}
    assert "cannot rest on this" in only(mandate_lane, lane("2025-01-28", **charge)).what
    assert mandate_lane(lane("2025-01-29", **charge)) == []


def test_a_vacated_conviction_is_no_predicate() -> None:
    gone = dataclasses.replace(CONVICTION, vacated=True)
    assert "vacated" in only(mandate_lane, lane(facts=[gone])).what


def test_the_removal_period_asks_for_no_release() -> None:
    relief = fact("relief", 10)
    draft = lane(
        mandate_statute="ina_241a2", mandate_release_date=None, facts=[relief], mandate_predicate=[relief.ref]
    )
    assert mandate_lane(draft) == []


@pytest.mark.parametrize("kind", [kind.key for kind in EDITION.decision_types if kind.key != "custody"])
def test_no_other_decision_has_the_lane(kind: str) -> None:
    draft = lane(decision_type=kind, mandate_statute=None)
    assert not draft.mandated
    assert mandate_lane(draft) == []


def test_easing_custody_has_none() -> None:
    assert not lane(direction="undo").mandated
