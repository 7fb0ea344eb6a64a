"""Puts the guard together: shadow, words, disguises, phrases, patterns and strong terms; then one finding a place."""

from __future__ import annotations

from typing import Final, NamedTuple

from .beyond import beyond
from .budget import FITS, READ_IN_FULL, Budget
from .codes import codes
from .context import fires, human
from .disguise import disguised, unmask
from .findings import Finding
from .names import stopped
from .patterns import index, match
from .phrases import parts, phrases
from .pieces import pieces
from .reasons import told
from .shadow import shadow
from .terms import lexicon
from .tidy import tidy
from .words import Words, words

# Two findings of one attribute this near to each other are one, up to this length.
_NEAR: Final = 14
_LONGEST: Final = 44

# Weak words that stay weak in disguise, for another class of the same word tells more.
_NEVER_HIDDEN: Final = frozenset({"demonym_weak_es"})

Span = tuple[str, int, int, str]


def hits(found: Words) -> list[Span]:
    """Attribute, first and last word (exclusive) and rule of all that fires."""
    classes = lexicon().classes
    patterns = index()
    by_word, by_class = patterns.by_word, patterns.by_class
    out: list[Span] = []
    # A word that is called like a class lets a pattern be tried in vain, and hides nothing.
    there = set(found.key).union(*found.kinds)
    for place, key in enumerate(found.key):
        kinds = found.kinds[place]
        for pattern in by_word.get(key, ()):
            if not pattern.possible(there):
                continue
            span = match(pattern, found, place, human)
            if span and not stopped(found, *span, pattern.attribute):
                out.append((pattern.attribute, *span, pattern.rule))
        for kind in kinds:
            for pattern in by_class.get(kind, ()):
                if not pattern.possible(there):
                    continue
                span = match(pattern, found, place, human)
                if span and not stopped(found, *span, pattern.attribute):
                    out.append((pattern.attribute, *span, pattern.rule))
            of_kind = classes[kind]
            if (
                of_kind.attribute
                and (of_kind.strong or (found.hidden[place] and kind not in _NEVER_HIDDEN))
                and fires(found, place, kind)
                and not stopped(found, place, place + 1, of_kind.attribute)
            ):
                out.append((of_kind.attribute, place, place + 1, f"word.{kind}"))
    return out


def _spans(text: str, budget: Budget | None) -> list[Span]:
    index()
    plain = words(shadow(text))
    if not text.isascii():
        disguised(text, plain)
    single = unmask(plain, budget)
    found = phrases(single)
    spans = [
        (attribute, found.start[begin], found.end[end - 1], rule)
        for attribute, begin, end, rule in hits(found)
    ]
    if (other := parts(single, found)) is not None:
        spans += [
            (attribute, other.start[begin], other.end[end - 1], rule)
            for attribute, begin, end, rule in hits(other)
        ]
    spans += codes(text, found.shadow)
    spans = tidy(spans, found)
    spans.sort(key=lambda span: (span[0], span[1], span[1] - span[2], span[3]))
    kept: list[Span] = []
    for span in spans:
        if kept and kept[-1][0] == span[0] and _one(kept[-1], span, found.shadow):
            last = kept[-1]
            if span[2] > last[2]:
                kept[-1] = (last[0], last[1], span[2], last[3])
        elif not kept or kept[-1][0] != span[0] or kept[-1][2] <= span[1]:
            kept.append(span)
    return sorted(kept, key=lambda span: (span[1], span[2], span[0]))


def _one(last: Span, span: Span, plain: str) -> bool:
    """Whether two spans of one attribute are shown as one."""
    if span[2] <= last[2]:
        return True
    if span[2] - last[1] > _LONGEST:
        return False
    return span[1] < last[2] or (
        span[1] - last[2] <= _NEAR and not any(sign in plain[last[2] : span[1]] for sign in ".;!?\n")
    )


class Screened(NamedTuple):
    """What was found, and what was left undone in a text longer than any door lets in.

    `every_slip`: whether slips were looked for in every word, or in the first `SLIPS_IN_FIRST` only. `in_full`: up to
    which character all was looked for; behind it only what `beyond` looks for. The length of the text where all was.
    """

    findings: tuple[Finding, ...]
    every_slip: bool
    in_full: int


def screen(text: str) -> tuple[Finding, ...]:
    """All mentions of a protected attribute in a text, by position, without overlap of the same attribute."""
    return screened(text).findings


def screened(text: str, *, whole: bool = False) -> Screened:
    """The same, with what was left undone. `whole` leaves nothing undone but slips, however long that takes."""
    budget = Budget() if len(text) > FITS else None
    out: list[Finding] = []
    add = out.append
    seen: dict[str, list[Finding]] = {}
    left = READ_IN_FULL

    def read(piece: str) -> list[Finding]:
        found = seen.get(piece)
        if found is None:
            found = seen[piece] = [
                told(attribute, start, end, piece[start:end], rule)
                for attribute, start, end, rule in _spans(piece, budget)
            ]
        return found

    for offset, piece in pieces(text):
        if piece not in seen:
            left -= len(piece)
            if left < 0 and not whole:
                out += beyond(text, offset, read)
                return Screened(tuple(out), every_slip=False, in_full=offset)
        for attribute, start, end, words_there, rule, why, instead in read(piece):
            add(Finding(attribute, start + offset, end + offset, words_there, rule, why, instead))
    return Screened(tuple(out), budget is None or not budget.spent, len(text))
