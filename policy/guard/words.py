"""A text as words: what each is, where it stands, and what lies before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from .shadow import GONE

_WORD: Final = re.compile(r"[^\W_]+(?:['\x7f]+[^\W_\x7f]+)*|[^\W_](?:\x7f+[^\W_])+")
# What lies before a word: nothing that parts (a space, a hyphen, a quote), a comma or the like, the end of a sentence.
JOINED, PARTED, ENDED = 0, 1, 2
_ABBREVIATED: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "ste",
        "no",
        "vs",
        "jr",
        "sr",
        "ave",
        "sgt",
        "lt",
        "det",
        "co",
        "inc",
        "approx",
        "natl",
        "nat",
        "ntl",
        "u",
        "s",
        "i",
        "e",
        "g",
        "etc",
        "dept",
        "ofc",
        "rev",
        "prof",
        "gen",
        "sen",
        "rep",
        "gov",
        "capt",
        "cpl",
        "blvd",
        "rd",
        "apt",
        "dob",
        "pob",
        "cit",
        "orig",
        "resp",
        "subj",
        "cd",
        "sra",
    ]
)
EMPTY: Final[frozenset[str]] = frozenset()


@dataclass(slots=True)
class Words:
    """Parallel lists, one place a word; `gap[i]` is what lies before word i, `kinds[i]` its classes in the lexicon."""

    shadow: str
    key: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    gap: list[int] = field(default_factory=list)
    big: list[bool] = field(default_factory=list)
    owner: list[bool] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    kinds: list[frozenset[str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.key)

    def between(self, index: int) -> str:
        """The characters before word `index`, back to the word before it."""
        return self.shadow[self.end[index - 1] if index else 0 : self.start[index]]


def plain(word: str) -> str:
    """The form under which a word is looked up."""
    word = word.lower()
    if GONE in word:
        word = word.replace(GONE, "")
    if "'" in word:
        if word.endswith("'s"):
            word = word[:-2]
        word = word.replace("'", "")
    return word


def _gap(between: str, before: str) -> int:
    """How much the characters between two words part them."""
    if between in (" ", "-"):
        return JOINED
    for sign in "!?;\n\r":
        if sign in between:
            return JOINED if between in ("-\n", "-\r\n", "!", "?") else ENDED
    if "." in between:
        if between in (".", "..."):
            return JOINED
        return JOINED if before in _ABBREVIATED or len(before) == 1 else ENDED
    for sign in ",:/()[]{}–|=<>&":
        if sign in between:
            return PARTED
    return JOINED


def words(shadow: str) -> Words:
    """Split a shadow into words."""
    found = Words(shadow)
    key, start, end, gap, big, owner = found.key, found.start, found.end, found.gap, found.big, found.owner
    last = 0
    before = ""
    for match in _WORD.finditer(shadow):
        word = match[0]
        begin = match.start()
        between = shadow[last:begin]
        gap.append((JOINED if between == " " else _gap(between, before)) if key else ENDED)
        last = match.end()
        start.append(begin)
        end.append(last)
        big.append(word[0].isupper())
        before = plain(word)
        owner.append(
            ("'" in word and word[-1] in "sS" and word[-2] == "'")
            or (shadow[last : last + 1] == "'" and word[-1] == "s")
        )
        key.append(before)
    found.hidden = [False] * len(key)
    found.kinds = [EMPTY] * len(key)
    letters = sum(map(str.isupper, shadow[:400]))
    if letters > 12 and letters > 2 * sum(map(str.islower, shadow[:400])):
        # All in capitals: a capital letter says nothing.
        found.big = [False] * len(key)
    return found
