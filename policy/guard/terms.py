"""The lexicon: which classes a word or a phrase has. Read once from `lexicon/*.txt`.

A phrase is looked up by its words joined by a blank, however they are parted in the text (blank or hyphen).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from .shadow import shadow
from .words import words

FOLDER: Final = Path(__file__).parent
LEXICON: Final = FOLDER / "lexicon"
PATTERNS: Final = FOLDER / "patterns"
# Files in columns: names, people, and both in Spanish.
_COLUMNS: Final = ("countries.txt", "regions.txt")
# Code that decides what is found; how accuracy is measured is not of it.
CODE: Final = tuple(path for path in FOLDER.glob("*.py") if path.name != "accuracy.py")


@dataclass(frozen=True, slots=True)
class Class:
    """One class of the lexicon. `attribute` is "" for words of grammar; only `strong` ones fire by themselves."""

    name: str
    attribute: str
    strong: bool


@dataclass(slots=True)
class Lexicon:
    """Everything known of words."""

    classes: dict[str, Class] = field(default_factory=dict)
    kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    # First words of phrases, with the most words that a phrase beginning so has.
    longest: dict[str, int] = field(default_factory=dict)

    def add(self, term: str, name: str) -> None:
        """Give a term a class."""
        found = words(shadow(term))
        key = " ".join(found.key)
        if not key:
            return
        self.kinds[key] = self.kinds.get(key, frozenset()) | {name}
        if len(found) > 1:
            self.longest[found.key[0]] = max(self.longest.get(found.key[0], 0), len(found))


def entries(path: Path) -> list[str]:
    """The lines of a file without its comments."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def plural(word: str) -> str:
    """The English plural of a word for people, or "" where it has none."""
    if word.endswith(("ese", "ish", "ch", "ss", "men", "s")):
        return ""
    if word.endswith("man") and word[:-3].lower() in (
        "french",
        "irish",
        "english",
        "scots",
        "dutch",
        "welsh",
        "tribes",
        "norse",
        "manx",
    ):
        return word[:-3] + "men"
    if word.endswith("woman"):
        return word[:-5] + "women"
    return word + "s"


def many_of(term: str) -> str:
    """The regular plural of a single word, "" where none is made."""
    if len(term) < 4 or not term.isalpha() or term.endswith(("s", "x", "ch", "sh", "z")):
        return ""
    return term[:-1] + "ies" if term.endswith("y") and term[-2] not in "aeiou" else term + "s"


def spanish(word: str) -> list[str]:
    """A Spanish adjective in its four forms."""
    if word.endswith("o"):
        return [word, word[:-1] + "a", word + "s", word[:-1] + "as"]
    for ending, stem in (("és", "es"), ("án", "an"), ("ín", "in"), ("ón", "on")):
        if word.endswith(ending):
            base = word[: -len(ending)] + stem
            return [word, base, base + "a", base + "es", base + "as"]
    if word.endswith(("í", "ú", "l", "n", "r")):
        return [word, word + "es", word + "s"]
    return [word, word + "s"]


def _countries(lexicon: Lexicon) -> None:
    for line in (line for name in _COLUMNS for line in entries(LEXICON / name)):
        columns = [part.strip() for part in line.split(";")]
        names, people, en_espanol, gente, codes = (columns + [""] * 5)[:5]
        for name in (names + "," + en_espanol).split(","):
            lexicon.add(name.strip().lstrip("~"), "place")
            if not name.strip().startswith("~"):
                lexicon.add(name.strip(), "country")
        for who in filter(None, (part.strip() for part in people.split(","))):
            weak = who.startswith("~")
            word = who.lstrip("~")
            lexicon.add(word, "demonym_weak" if weak else "demonym")
            if many := plural(word):
                lexicon.add(many, "demonym_weak" if weak else "demonym")
                lexicon.add(many, "people")
        for who in filter(None, (part.strip() for part in gente.split(","))):
            for form in spanish(who.lstrip("~")):
                lexicon.add(form, "demonym_weak_es" if who.startswith("~") else "demonym_es")
        for code in filter(None, (part.strip() for part in codes.split(","))):
            lexicon.add(code, "iso")


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon."""
    found = Lexicon()
    for name, strong in (
        ("demonym", True),
        ("demonym_es", True),
        ("demonym_weak", False),
        ("demonym_weak_es", False),
    ):
        found.classes[name] = Class(name, "national_origin", strong)
    for name in ("place", "country", "people", "iso", "phrase", "rare"):
        found.classes[name] = Class(name, "", False)
    _countries(found)
    for path in sorted(LEXICON.glob("*.txt")):
        if path.name in _COLUMNS:
            continue
        name, mark = "", ""
        for line in entries(path):
            if line.startswith("="):
                parts = [part.strip() for part in line[1:].split("|")]
                name, _, mark = parts[0].partition("+")
                found.classes[name] = (
                    Class(name, *(parts[1], parts[2] == "strong"))
                    if len(parts) == 3
                    else Class(name, "", False)
                )
                continue
            if not name:
                name = "place" if path.name == "cities.txt" else ""
            told = found.classes[name]
            for term in line.split(","):
                forms = [term.strip()]
                if told.strong and not name.startswith("acronym") and (many := many_of(term.strip())):
                    forms.append(many)
                for form in forms:
                    found.add(form, name)
                    if mark:
                        found.add(form, mark)
    return found


@lru_cache(maxsize=1)
def lexicon_digest() -> str:
    """SHA-256 over every word list, every pattern and every line of the guard's code, in a fixed order."""
    total = hashlib.sha256()
    for path in sorted(
        (*LEXICON.glob("*.txt"), *PATTERNS.glob("*.txt"), *(FOLDER / "lookalikes").glob("*.txt"), *CODE)
    ):
        content = path.read_bytes()
        total.update(f"{path.relative_to(FOLDER)}\n{len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()
