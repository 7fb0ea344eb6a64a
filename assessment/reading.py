"""What can be said of a text without judging it: a reason that names an offense and says nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
# Words that add nothing to an offense's name when a person is said to be a threat because of it.
EMPTY = frozenset(
    WORD.findall(
        "a an the this that it is was be are of for in on at to and or by with as has have had his her their he she "
        "they person subject individual noncitizen convicted conviction criminal crime offense charge charged arrest "
        "arrested prior record history threat threats danger dangerous public safety current serious violent felony "
        "misdemeanor aggravated priority because due based therefore thus so equals means"
    )
)
# Short names of offenses that records write out.
OFFENSES = frozenset(
    ("dui", "dwi", "theft", "burglary", "assault", "battery", "robbery", "fraud", "drugs", "trafficking")
)


def is_label_only(text: str, labels: Iterable[str]) -> bool:
    """Whether `text` holds nothing beyond words of `labels` (offenses of the record) and words that add nothing.

    An empty text is not one. It says what a text holds, never what a decision should be.
    """
    words = [word.lower() for word in WORD.findall(text)]
    named = {word.lower() for label in labels for word in WORD.findall(label)}
    return bool(words) and all(word in named or word in EMPTY or word in OFFENSES for word in words)
