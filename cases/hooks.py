"""What rooms above may forbid. They register here, because this room may not import them.

A veto looks at one case and answers in words why it may not be merged or separated now, or with an empty text.
It reads, never writes, and is asked within the transaction of the step.
"""

from __future__ import annotations

from collections.abc import Callable

from cases.models import Case

MergeVeto = Callable[[Case], str]
# Filled by `AppConfig.ready()` of the rooms above.
MERGE_VETOES: list[MergeVeto] = []


def veto_merge(veto: MergeVeto) -> None:
    """Register a veto once."""
    if veto not in MERGE_VETOES:
        MERGE_VETOES.append(veto)
