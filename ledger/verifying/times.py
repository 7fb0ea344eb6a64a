"""The times that entries say, held against the order in which they were sealed.

Nobody can write an entry more than five seconds off the database's clock, and no transaction of the application stays
open for more than 30 seconds; so an entry cannot be minutes older than one that was sealed before it, nor younger than
its own seal. One that is was written past the trigger, or a clock was set back. The first of each seal is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ledger.findings import Finding, FindingKind
from ledger.models import Batch
from ledger.verifying.rows import Tell

# Far more than an honest entry can be off, so that no ordinary delay is ever called a finding.
APART: Final = timedelta(minutes=5)


@dataclass(slots=True)
class Times:
    """Entries in the order of the tree, one seal after the other."""

    tell: Tell
    seal: int = 0
    newest: datetime | None = None
    newest_here: datetime | None = None
    told: bool = False

    def look_at(self, index: int, at: datetime, seal: Batch) -> None:
        if seal.number != self.seal:
            self.seal, self.told = seal.number, False
            self.newest = max((one for one in (self.newest, self.newest_here) if one), default=None)
            self.newest_here = None
        if at > seal.at + APART:
            # It is not held against what follows: one time that runs ahead would accuse all the others.
            self._say(
                index,
                f"its entry says {at:%Y-%m-%d %H:%M}, which is after its seal of {seal.at:%Y-%m-%d %H:%M}",
            )
            return
        if self.newest is not None and at < self.newest - APART:
            self._say(
                index,
                f"its entry says {at:%Y-%m-%d %H:%M}, though entries up to {self.newest:%Y-%m-%d %H:%M} were"
                " sealed before it: it was written later than it says, or a clock was set back",
            )
        self.newest_here = max(at, self.newest_here or at)

    def _say(self, index: int, words: str) -> None:
        if not self.told:
            self.tell(Finding(FindingKind.REORDERED, f"index {index}", words))
        self.told = True
