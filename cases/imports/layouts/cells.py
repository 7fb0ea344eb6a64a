"""What layouts of arrests share about a cell: clean text, possible days, words that name a jail.

Invariant: a message names the heading and never repeats the cell.
"""

from __future__ import annotations

import datetime
import re
from typing import Final

from cases.imports.errors import RowRefused
from ledger import clock

OLDEST: Final = 120
EARLIEST: Final = datetime.date(1900, 1, 1)

# Words of a site or of a detainer's place that name a jail or prison; anything else says nothing of who
# referred.
JAIL: Final = re.compile(
    r"\b(jail|prison|penitentiary|correction(al|s)?|usp|fci|fdc|mdc|cdcr|sheriff|detention center"
    r"|rehabilitation center|reformatory)\b|met\.? ?det\.? ?ctr",
    re.IGNORECASE,
)
BREAKS: Final = re.compile(r"[\t\r\n\x0b\x0c\x85\u2028\u2029]+")


def one_line(heading: str, text: str) -> str:
    """The text without breaks and outer or double blanks. Raises `RowRefused` for a control character."""
    if not text.isprintable():
        text = " ".join(BREAKS.sub(" ", text).split())
        if any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in text):
            raise RowRefused(heading, "holds a control character")
    return " ".join(text.split()) if "  " in text else text.strip()


def at_most(heading: str, text: str, longest: int) -> str:
    if len(text) > longest:
        raise RowRefused(heading, f"is longer than {longest} characters")
    return text


def possible_day(heading: str, on: datetime.date) -> None:
    """Raises `RowRefused` for an arrest that nobody can have recorded; zones may put us a day behind."""
    if not EARLIEST <= on <= clock.now().date() + datetime.timedelta(days=1):
        raise RowRefused(heading, "lies before 1900 or is still to come")


def possible_birth_year(year: int, on: datetime.date) -> bool:
    return on.year - OLDEST <= year <= on.year


def names_jail(text: str) -> bool:
    return JAIL.search(text) is not None
