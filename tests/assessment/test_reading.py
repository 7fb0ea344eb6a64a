"""A rationale that is only the name of an offense is shown as such; one that says anything more is not."""

from __future__ import annotations

import pytest

from assessment.reading import is_label_only

pytestmark = pytest.mark.clause("II.B#11")
OFFENSES = ["Driving under the influence", "Cal. Veh. Code 23152(a)"]


@pytest.mark.parametrize(
    ("rationale", "only"),
    [
        ("Driving under the influence", True),
        ("driving under the influence.", True),
        ("He drove drunk past a school and hit a parked car.", False),
        ("Driving under the influence, with a child in the car, a week after a warning.", False),
    ],
)
def test_only_the_name_of_an_offense(rationale: str, only: bool) -> None:
    assert is_label_only(rationale, OFFENSES) is only
