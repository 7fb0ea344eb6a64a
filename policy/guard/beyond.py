"""What stands behind the part of a very long text that is read in full: terms that count by themselves, as plainly
written, at the speed of splitting and set operations.

No door of the product lets so long a text in, only `screen_text` does. A sentence with such a term is read in full
while `SENTENCES` lasts; after that the term alone is told. Patterns, weak words and hidden letters are not looked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from .findings import Finding
from .names import LOWER
from .phrases import CAPITALS, TITLED
from .pieces import pieces
from .reasons import told
from .shadow import GONE, shadow
from .terms import lexicon

# Characters of sentences around terms that are read in full.
SENTENCES: Final = 20_000
_BLOCK: Final = 4_000
# Where a block may end, the best place first; the last part of it is searched for one.
_ENDS: Final = ("\n", ". ", " ")
_TAIL: Final = 600
# Words of the lists by letters alone; every other sign of ASCII parts words.
_LETTERS: Final = {
    code: chr(code).lower() if chr(code).isalpha() else " " for code in range(128) if chr(code) != GONE
} | {ord(GONE): None}

Read = Callable[[str], list[Finding]]
_GONE: Final = re.compile(GONE)


@lru_cache(maxsize=1)
def alone() -> dict[str, tuple[tuple[str, str], ...]]:
    """Attribute and rule of each single word that counts by itself, however it is written."""
    classes = lexicon().classes
    strong = frozenset(name for name, told_by in classes.items() if told_by.strong)
    shy = CAPITALS | TITLED
    return {
        key: tuple(sorted({(classes[kind].attribute, f"word.{kind}") for kind in kinds & strong}))
        for key, kinds in lexicon().kinds.items()
        if not kinds.isdisjoint(strong)
        and kinds.isdisjoint(shy)
        and len(key) > 2
        and key.isascii()
        and key.isalpha()
    }


def beyond(text: str, begin: int, read: Read) -> Iterator[Finding]:
    """Findings from `begin` to the end. `read` answers for one piece."""
    known = alone()
    names = known.keys()
    left = SENTENCES
    for start, block in _blocks(text, begin):
        flat = _ascii(shadow(block))
        small = flat.translate(_LETTERS)
        listed = small.split()
        hits = names & set(listed)
        if not hits:
            continue
        if left > 0:
            for offset, piece in pieces(block):
                if not hits.isdisjoint(_ascii(shadow(piece)).translate(_LETTERS).split()):
                    left -= len(piece)
                    for found in read(piece):
                        at = start + offset
                        yield found._replace(start=found.start + at, end=found.end + at)
            continue
        for first, last, word in _places(flat, small, listed, hits):
            if word in LOWER and block[first].islower():
                continue
            for attribute, rule in known[word]:
                yield told(attribute, start + first, start + last, block[first:last], rule)


def _ascii(flat: str) -> str:
    """With a question mark for every sign that a shadow keeps beyond ASCII: no word that is looked for here has one."""
    return flat if flat.isascii() else flat.encode("ascii", "replace").decode("ascii")


def _blocks(text: str, begin: int) -> Iterator[tuple[int, str]]:
    """The rest of a text in parts that end with a line, a sentence or a word where one ends near."""
    size = len(text)
    while begin < size:
        end = min(begin + _BLOCK, size)
        if end < size:
            for sign in _ENDS:
                at = text.rfind(sign, end - _TAIL, end)
                if at >= 0:
                    end = at + len(sign)
                    break
        yield begin, text[begin:end]
        begin = end


def _places(flat: str, small: str, listed: list[str], hits: set[str]) -> Iterator[tuple[int, int, str]]:
    """Where the words stand, in order: begin, end (exclusive) and word. `listed` are all words of `small`."""
    # How many characters that are not seen stand before each place of `small`.
    gone = [match.start() - count for count, match in enumerate(_GONE.finditer(flat))]
    end = 0
    for word in [one for one in listed if one in hits]:
        at = small.find(word, end)
        while small[at - 1 : at].isalpha() or small[at + len(word) : at + len(word) + 1].isalpha():
            at = small.find(word, at + 1)
        end = at + len(word)
        yield at + bisect_right(gone, at), end + bisect_right(gone, end - 1), word
