"""What is held back: a fact or a source whose text has words that nobody resolved is not pinned, shown or reviewed.

It stays in the record as it is. The pages of an assessment and of a review say that it is there, and about which kind
of words it must be cleaned or contested; the words themselves stand on the case's own pages alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cases.screening.fields import SHOWN_OF_AN_ENCOUNTER
from cases.screening.store import Contests, Screened, Stored
from cases.screening.words import Word, abouts, unresolved, with_contests

if TYPE_CHECKING:
    from cases.selectors.views import EvidenceView, FactView

WHY = "Its text has words about {about}. It is kept, and cannot be pinned until they are taken out or contested."
INSTEAD = "held back until words about {about} are resolved"


@dataclass(frozen=True, slots=True)
class Held:
    """The stored findings of one case, applied to its facts and evidence."""

    screened: Screened
    contests: Contests

    def words_of(self, row_id: object, names: tuple[str, ...] | None = None) -> dict[str, tuple[Word, ...]]:
        """Every word of a row by field; `names` leaves the other fields out."""
        found = {}
        contests = self.contests.get(str(row_id), {})
        for name, one in self._of(row_id).items():
            if one.findings and (names is None or name in names):
                found[name] = with_contests(one.findings, contests.get(name, {}))
        return found

    def fact(self, fact: FactView, *, hide: bool = True) -> FactView:
        """The fact with its words; held back, and without its text unless `hide` is false, while one is unresolved."""
        words = self.words_of(fact.id, SHOWN_OF_AN_ENCOUNTER if fact.kind == "encounter" else None)
        until = max((one.words_until for one in self._of(fact.id).values()), default=0)
        if not words and not until:
            return fact
        open_words = [word for one in words.values() for word in unresolved(one)]
        if not open_words:
            return replace(fact, words=words, words_until=until)
        about = abouts(open_words)
        return replace(
            fact,
            words=words,
            words_until=until,
            pinnable=False,
            why_not=WHY.format(about=about),
            summary=f"{fact.label}: {INSTEAD.format(about=about)}" if hide else fact.summary,
        )

    def evidence(self, piece: EvidenceView, *, hide: bool = True) -> EvidenceView:
        """The evidence with its words; its source or caption is not shown while they have an unresolved one."""
        words = self.words_of(piece.id)
        if not words:
            return piece
        if not hide:
            return replace(piece, words=words)

        def shown(name: str, text: str) -> str:
            open_words = unresolved(words.get(name, ()))
            return f"{name} {INSTEAD.format(about=abouts(open_words))}" if open_words else text

        return replace(
            piece,
            words=words,
            source=shown("source", piece.source),
            caption=shown("caption", piece.caption),
        )

    def any_open(self) -> bool:
        """Whether any text of the case has unresolved words."""
        return any(unresolved(words) for row_id in self.screened for words in self.words_of(row_id).values())

    def _of(self, row_id: object) -> Mapping[str, Stored]:
        return self.screened.get(str(row_id), {})
