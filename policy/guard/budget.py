"""How many words of one text are looked up for slips. A count of words and no clock: the same text, the same answer.

Terms, patterns and hidden letters are looked for in the whole text, however long it is. A slip costs more to look for
than all of that together where a text is made of words that nobody has ever written. No field of a form holds so many.
"""

from __future__ import annotations

from typing import Final

# Words of four letters and more that the lists do not have, each counted once a text.
SLIPS_IN_FIRST: Final = 5_000
# A text of so many characters cannot hold more of them.
FITS: Final = 5 * SLIPS_IN_FIRST
# Characters, equal pieces counted once, that are read in full: more than any door of the product lets in.
READ_IN_FULL: Final = 70_000


class Budget:
    """The words of one text that were looked up, and whether all were."""

    __slots__ = ("most", "spent", "words")

    def __init__(self, most: int = SLIPS_IN_FIRST) -> None:
        self.most = most
        self.words: set[str] = set()
        self.spent = False

    def allows(self, word: str) -> bool:
        """Whether a word may be looked up: one that was before, or one of the first."""
        if word in self.words:
            return True
        if len(self.words) >= self.most:
            self.spent = True
            return False
        self.words.add(word)
        return True
