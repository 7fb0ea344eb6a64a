"""The whole check: every part, what was counted, every finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ledger import limits
from ledger.findings import Finding
from ledger.note_keys import PublicKey
from ledger.verifying import chains, frozen, guards, leaves, rows, signed
from ledger.verifying.rows import Tell


@dataclass(slots=True)
class Report:
    """What was looked at; `findings` is how many were told."""

    rows: rows.Counted = field(default_factory=rows.Counted)
    cases: int = 0
    leaves: int = 0
    batches: int = 0
    frozen: int = 0
    checkpoints: signed.Counted = field(default_factory=signed.Counted)
    findings: int = 0

    @property
    def holds(self) -> bool:
        return not self.findings

    @property
    def checked(self) -> dict[str, int]:
        """The counts by name."""
        return {
            **asdict(self.rows),
            "cases": self.cases,
            "leaves": self.leaves,
            "batches": self.batches,
            "checkpoints": self.checkpoints.stored,
            "published_checkpoints": self.checkpoints.published,
            "frozen_months": self.frozen,
        }

    def as_data(self) -> dict[str, Any]:
        return {"holds": self.holds, "checked": self.checked, "cannot_be_detected": limits.all_sentences()}


def verify(keys: Sequence[PublicKey], origin: str, tell: Tell, folder: Path | None = None) -> Report:
    """Check the log in the database by the trusted `keys`; `tell` hears each finding as it is made."""
    report = Report()

    def counted(finding: Finding) -> None:
        report.findings += 1
        tell(finding)

    # The tree first: what is sealed while the rows are looked at is then not missed as unsealed.
    roots = signed.claims(keys, origin, folder, counted, report.checkpoints)
    report.leaves = leaves.check_leaves(roots, counted)
    report.batches = signed.check_batches(counted)
    report.rows = rows.check_rows(counted)
    report.cases = chains.check_chains(counted)
    report.frozen = frozen.check_frozen(counted)
    signed.check_keys(keys, counted)
    signed.check_cosignatures(keys, counted)
    guards.check_guards(counted)
    return report
