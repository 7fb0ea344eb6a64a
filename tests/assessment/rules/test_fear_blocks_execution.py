"""No execution of a removal order while a fear of return is on record; a stay and a decline stay possible."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.rules.fear_blocks_execution import fear_blocks_execution
from tests.assessment.drafts import asks, complete, only

pytestmark = pytest.mark.clause("V#21")


def test_an_execution_is_blocked_even_without_an_open_stop() -> None:
    unmet = only(fear_blocks_execution, complete(decision_type="removal_execution", fear_voiced=True))
    asks(
        unmet, step="outcome", field="outcome", clause="V#21", next_step="A stay or a decline stays possible"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"fear_voiced": False},
        {"outcome": "decline"},
        {"direction": "undo"},
        {"decision_type": "detainer"},
    ],
)
def test_nothing_else_is(changes: dict[str, Any]) -> None:
    draft = complete(**({"decision_type": "removal_execution", "fear_voiced": True} | changes))
    assert fear_blocks_execution(draft) == []
