"""How rap sheets speak: which words tell of a disposition, a sentence, a court, a statute.

A conviction is read only where the words say so and nothing else in them takes it back; what is vacated, or says
two things, is left to the person who reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from cases.dates import UncertainDate

ENDS = (
    ("acquitted", r"\b(?:acquit\w*|not guilty|found innocent)\b"),
    ("dismissed", r"\b(?:dismiss\w*|dism|nolle|nol[- ]?pros\w*|quashed)\b"),
    (
        "not_charged",
        r"\b(?:no (?:charges?|complaint|file)|not (?:charged|filed|prosecuted)|declined|rejected?"
        r"|da rej\w*|detention only)\b",
    ),
    ("pending", r"\b(?:pending|open|awaiting|continued)\b"),
)
CONVICTIONS = (
    (
        "adjudication_withheld",
        r"\b(?:adjudication (?:withheld|deferred)|deferred (?:adjudication|judgment)|withheld)\b",
    ),
    ("plea_no_contest", r"\b(?:nolo|no contest)\b"),
    ("plea_guilty", r"\b(?:ple[ad]\w* (?:of )?guilty|guilty plea|pled guilty|pg)\b"),
    (
        "verdict",
        r"\b(?:(?:guilty|convicted) (?:by|after|at) (?:jury|trial|court)\w*|jury verdict|found guilty|verdict)\b",
    ),
    ("other", r"\b(?:convict\w*|conv|guilty|adjudged)\b"),
)
TAKEN_BACK = r"\b(?:vacat\w*|set aside|revers\w*|expung\w*|pardon\w*|1203\.4)\b"
SENTENCE = (
    r"\b(?:\d+\s*(?:-| )?(?:y(?:ea)?rs?|mo(?:nth)?s?|days?|hours?)\b|prison|jail|probation|prob|fined?"
    r"|suspended|time served|community service|parole|life\b)"
)
PLACE = (
    r"\b(?:court|superior|municipal|circuit|district|county|police|sheriff\w*|p\.?d\.?|s\.?o\.?|s\.?d\.?"
    r"|dept\.?|department|marshals?|patrol|fbi|dea|agency)\b|\bCA(?:PD|SO|SC|MC|HP)\w*"
)
CODES = (
    r"(?:P\.?C\.?|H\.? ?&? ?S\.?|V\.?C\.?|B\.? ?&? ?P\.?|W\.? ?&? ?I\.?|penal code|vehicle code"
    r"|health (?:&|and) safety code|[A-Z][\w.]{0,20} ?code|U\.?S\.?C\.?|C\.?R\.?S\.?|A\.?R\.?S\.?"
    r"|R\.?C\.?W\.?|F\.?S\.?|N\.?R\.?S\.?|I\.?L\.?C\.?S\.?|stat\.?)"
)
NUMBER = r"§{0,2} ?\d[\d.\-:/]*[A-Za-z]?(?:\([A-Za-z0-9]{1,4}\))*"
STATUTE = re.compile(
    rf"(?:(?:[A-Z][a-z]{{1,4}}\. )?\b(?:\d+ )?{CODES},? ?{NUMBER}|{NUMBER} ?{CODES}(?![a-z]))", re.IGNORECASE
)
COMPACT = re.compile(r"\b(\d{4})(\d{2})(\d{2})\b")


@dataclass(frozen=True, slots=True)
class End:
    """How a line says that it ended. `kind` is `conviction`, `arrest` or `skip`; `note` tells the reader why."""

    kind: str
    disposition: str = ""
    known_end: str = ""
    note: str = ""


def end_of(text: str) -> End:
    """What the words of a disposition amount to; no words are an arrest whose end is not known."""
    if _has(TAKEN_BACK, text):
        return End(
            "skip",
            note="It says that a conviction was taken back. Record it on the page of a conviction, with day and basis.",
        )
    convicted = next((key for key, words in CONVICTIONS if _has(words, _without_not_guilty(text))), "")
    ended = next((key for key, words in ENDS if _has(words, text)), "")
    if convicted and ended:
        return End(
            "arrest", known_end="not_known", note="It says two things about the end; look at the source."
        )
    if convicted:
        return End("conviction", disposition=convicted)
    return End("arrest", known_end=ended or "not_known")


def is_disposition(text: str) -> bool:
    found = end_of(text)
    return found.kind != "arrest" or found.known_end != "not_known" or bool(found.note)


def is_sentence(text: str) -> bool:
    return _has(SENTENCE, text)


def is_place(text: str) -> bool:
    return _has(PLACE, text)


def statute_in(text: str) -> str:
    """The first citation in a text, or nothing."""
    match = STATUTE.search(text)
    return " ".join(match[0].split()) if match else ""


def date_in(text: str) -> tuple[str, str]:
    """A date at the beginning of a text, in the words that dates are read from, and what follows it."""
    text = COMPACT.sub(r"\1-\2-\3", text.strip())
    for pattern in (
        r"(?:about |circa )?\d{4}-\d{1,2}-\d{1,2}",
        r"\d{1,2}/\d{1,2}/\d{4}",
        r"[A-Za-z]{3,9}\.? \d{1,2},? \d{4}",
        r"(?:about |circa )?\d{4}-\d{2}\b",
        r"(?:about )?[A-Za-z]{3,9}\.? \d{4}\b",
        r"(?:about )?(?:19|20)\d{2}\b(?![-/(.]\w)",
    ):
        match = re.match(pattern, text, re.IGNORECASE)
        if match and readable(found := _american(match[0])):
            return found, text[match.end() :].lstrip(" ,;:|-\t")
    return "", text


def _american(text: str) -> str:
    """Rap sheets write the month first; the preview shows the day so that nobody reads it otherwise."""
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    return f"{match[3]}-{int(match[1]):02d}-{int(match[2]):02d}" if match else text


def readable(text: str) -> bool:
    try:
        UncertainDate.parse(text)
    except ValidationError:
        return False
    return True


def _without_not_guilty(text: str) -> str:
    return re.sub(r"\bnot guilty\b", "", text, flags=re.IGNORECASE)


def _has(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None
