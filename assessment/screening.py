"""The free texts of an assessment under the screen: stored with what it finds, and refused at the final verbs."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from assessment.answers import Answers, text_of
from assessment.fields import text_fields
from cases.screening.store import keep
from cases.screening.words import Word, find, masked, rewritten


def texts_of_answers(edition_key: str, step: str, answers: Mapping[str, Any]) -> dict[str, str]:
    """The free texts of a page's answers by field."""
    return {name: text for name in text_fields(edition_key, step) if (text := text_of(answers, name))}


def keep_answers(
    *,
    case_id: uuid.UUID,
    kind: str,
    row_id: uuid.UUID,
    edition_key: str,
    step: str,
    answers: Answers,
    version: int,
) -> dict[str, tuple[Word, ...]]:
    """Store what the screen finds in answers that were just saved; `kind` is `step` or `decision`."""
    texts = {name: text_of(answers, name) for name in text_fields(edition_key, step)}
    return keep(case_id=case_id, kind=kind, row_id=row_id, texts=texts, version=version)


def keep_return_answers(
    *, case_id: uuid.UUID, row_id: uuid.UUID, answers: Answers, version: int
) -> dict[str, tuple[Word, ...]]:
    """The same for what was answered to the points of a return: its texts are those that say why."""
    texts = {name: text_of(answers, name) for name in answers if name.endswith("_why")}
    return keep(case_id=case_id, kind="return", row_id=row_id, texts=texts, version=version)


def without_words(answers: Answers, words: Mapping[str, tuple[Word, ...]]) -> Answers:
    """The answers for the log: what the screen found is left out, because the log never holds it."""
    told = dict(answers)
    for name, found in words.items():
        value = told.get(name)
        if found and isinstance(value, str):
            # The stored text is stripped, and spans are of the stored text.
            told[name] = masked(value.strip(), found)
    return told


def take_words(answers: Answers, which: str, clean: Callable[[str], str]) -> Answers:
    """The answers with what the screen suggests, as its button says: `field|start|end` for one suggestion, `field|all`
    for a text without its descriptors, which `clean` gives."""
    name, _, span = which.partition("|")
    value = answers.get(name)
    if not isinstance(value, str):
        return answers
    text = value.strip()
    if span == "all":
        return answers | {name: clean(text)}
    taken = [word for word in find(text) if f"{word.start}|{word.end}" == span]
    return answers | {name: rewritten(text, taken)} if taken else answers
