"""The entries of the newest rows: five to a case, chained in it, telling what was done and by whom: copied, by us.

They say nothing that nobody did: no entry claims that an invented officer signed something.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from config.demo.events import DemoRecordCopied
from config.demo.scale_rows import Newest
from ledger.actors import SYSTEM
from ledger.services import NewEntry, append

# An entry's time is at most seconds old when it arrives, so they are laid out and sent in small groups.
CASES_AT_ONCE: Final = 50


def tell_of(rows: Sequence[Newest]) -> None:
    """Append what the log holds of these rows, inside the transaction that copied them in."""
    for first in range(0, len(rows), CASES_AT_ONCE):
        append(*(entry for one in rows[first : first + CASES_AT_ONCE] for entry in _entries(one)))


def _entries(row: Newest) -> list[NewEntry]:
    """What stands in one table, in the order of the record: case, assessment, answers, decision, version."""
    ids = {"case": row.case, "assessment": row.assessment, "decision": row.decision}
    known = {"case": ("case",), "assessment": ("case", "assessment"), "answers": ("case", "assessment")}
    return [
        NewEntry(
            payload=DemoRecordCopied(
                part=part,
                lines=len(lines),
                digest=hashlib.sha256("".join(lines).encode()).hexdigest(),
            ),
            actor=SYSTEM,
            subject={name: ids[name] for name in known.get(part, tuple(ids))},
        )
        for part, lines in row.lines.items()
    ]
