"""Words that the screen found, in the sentence that they stand in. Plain values, no database.

The key of words is a hash of attribute, words and sentence under the product's own key: a contest follows the words
while the rest of the text changes, and dies when the sentence is another.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.conf import settings

from cases.models.screened import ContestCategory
from policy.guard import Finding, screen

SENTENCE_END: Final = re.compile(r"[.!?](?=\s)|\n")
# As much of a sentence as a list shows on each side of the words.
CONTEXT: Final = 160

ATTRIBUTES: Final[Mapping[str, str]] = {
    "race": "race",
    "religion": "religion",
    "gender": "gender",
    "sexual_orientation": "sexual orientation",
    "gender_identity": "gender identity",
    "national_origin": "national origin",
    "political_association": "political association",
    "first_amendment": "First Amendment activity",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """Words of one text. `before` and `after` are the rest of their sentence; `contest` is the state of a contest."""

    attribute: str
    rule: str
    start: int
    end: int
    text: str
    before: str
    after: str
    reason: str
    rewrite: str
    key: str
    contest: str = ""
    category: str = ""
    contest_id: str = ""
    statute: str = ""

    @property
    def about(self) -> str:
        """The attribute in words."""
        return ATTRIBUTES.get(self.attribute, self.attribute.replace("_", " "))

    @property
    def ground(self) -> str:
        """The ground of the contest in words."""
        return ContestCategory(self.category).label if self.category else ""

    @property
    def resolved(self) -> bool:
        """Contested words stand until a supervisor refuses them."""
        return self.contest in ("open", "upheld")


class Standing(NamedTuple):
    """A contest that stands about some words: its state, ground, id, and the statute where one is named."""

    state: str
    category: str
    id: str = ""
    statute: str = ""


def find(text: str) -> tuple[Word, ...]:
    """Every protected word of a text, in order."""
    return tuple(_word(text, one) for one in screen(text)) if text.strip() else ()


@lru_cache(maxsize=65_536)
def find_again(text: str) -> tuple[Word, ...]:
    """The same for short texts that come many times over, as places and charges of an extract do."""
    return find(text)


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def keyed(*parts: str) -> str:
    """A hash that nobody can guess words from without the product's key."""
    message = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hmac.new(settings.REFUSED_WORDS_KEY.encode(), message, hashlib.sha256).hexdigest()


def words_hash(word: Word) -> str:
    """Tells equal words apart from others in the log, and tells nothing else."""
    return keyed("words", word.text.casefold())


OF_A_CONTEST: Final = frozenset({"contest", "category", "contest_id", "statute"})


def as_plain(words: Iterable[Word]) -> list[dict[str, Any]]:
    """For the column `findings`."""
    return [
        {name: value for name, value in asdict(word).items() if name not in OF_A_CONTEST} for word in words
    ]


def from_plain(rows: Iterable[Mapping[str, Any]]) -> tuple[Word, ...]:
    return tuple(Word(**row) for row in rows)


def with_contests(words: Iterable[Word], contests: Mapping[str, Standing]) -> tuple[Word, ...]:
    """The words with the contest of each; `contests` is by key."""
    return tuple(_with(word, contests[word.key]) if word.key in contests else word for word in words)


def _with(word: Word, found: Standing) -> Word:
    return replace(
        word,
        contest=found.state,
        category=found.category,
        contest_id=found.id,
        statute=found.statute,
    )


def unresolved(words: Iterable[Word]) -> tuple[Word, ...]:
    return tuple(word for word in words if not word.resolved)


def abouts(words: Iterable[Word]) -> str:
    """Which attributes words speak of, in words: `religion and national origin`."""
    names = list(dict.fromkeys(word.about for word in words))
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def masked(text: str, words: Collection[Word]) -> str:
    """The text with the words left out; where they stood is said."""
    # Words of two attributes may overlap; what both cover is left out once and whole.
    end = len(text)
    pieces: list[str] = []
    at = 0
    for word in sorted(words, key=lambda one: (one.start, one.end)):
        if word.start >= at:
            pieces += [text[at : word.start], "[left out]"]
        at = min(max(at, word.end), end)
    return "".join(pieces) + text[at:]


def rewritten(text: str, words: Sequence[Word]) -> str:
    """The text with the suggested words in the place of the found ones."""
    for word in sorted(words, key=lambda one: (one.start, one.end), reverse=True):
        if text[word.start : word.end] == word.text:
            text = text[: word.start] + word.rewrite + text[word.end :]
    return re.sub(r"[ \t]{2,}", " ", text)


def _word(text: str, found: Finding) -> Word:
    ends = [match.end() for match in SENTENCE_END.finditer(text, 0, found.start)]
    begin = ends[-1] if ends else 0
    later = SENTENCE_END.search(text, found.end)
    finish = later.end() if later else len(text)
    before, after = text[begin : found.start].lstrip(), text[found.end : finish].rstrip()
    sentence = " ".join(f"{before}{found.text}{after}".split()).casefold()
    return Word(
        attribute=found.attribute,
        rule=found.rule,
        start=found.start,
        end=found.end,
        text=found.text,
        before=before[-CONTEXT:],
        after=after[:CONTEXT],
        reason=found.reason,
        rewrite=found.rewrite,
        key=keyed("contest", found.attribute, found.text.casefold(), sentence),
    )
