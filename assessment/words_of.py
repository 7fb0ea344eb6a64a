"""What the screen found in the texts of an assessment, and what became of words that were refused or contested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assessment.document_parts import Contested, Rewritten
from assessment.draft import Draft
from assessment.fields import DECISION_STEP
from assessment.models import Decision, ReturnAnswers, StepAnswers
from assessment.returning import PointAnswered, label_of_text, why_name
from assessment.screening import texts_of_answers
from cases.models import ContestCategory
from cases.screening.store import words_in
from cases.screening.words import ATTRIBUTES, Word, words_hash
from cases.selectors import CaseRecord


def words_of(
    edition_key: str,
    steps: Mapping[str, StepAnswers],
    decision: Decision | None,
    record: CaseRecord,
) -> dict[str, tuple[Word, ...]]:
    """What the screen found in the free texts of the assessment and of the decision, by field."""
    rows: list[tuple[str, StepAnswers | Decision]] = list(steps.items())
    if decision is not None:
        rows.append((DECISION_STEP, decision))
    found: dict[str, tuple[Word, ...]] = {}
    for step, row in rows:
        texts = texts_of_answers(edition_key, step, row.answers)
        found |= words_in(texts, row.pk, record.screened, record.contests)
    return found


def words_of_return(
    row: ReturnAnswers | None, points: Sequence[PointAnswered], record: CaseRecord
) -> dict[str, tuple[Word, ...]]:
    """The same in what was answered to the points of a return."""
    if row is None:
        return {}
    texts = {why_name(point.ordinal): point.why for point in points if point.why}
    return words_in(texts, row.pk, record.screened, record.contests)


def rewritten(refused: Iterable[tuple[str, str, str]], draft: Draft) -> list[Rewritten]:
    """What was refused (field, attribute, key) and is not there any more, counted by field and attribute."""
    there = {name: {words_hash(word) for word in found} for name, found in draft.words.items()}
    counts = Counter(
        (field, attribute) for field, attribute, key in refused if key not in there.get(field, ())
    )
    return [
        Rewritten(
            field=field,
            label=label_of_text(draft.edition, field),
            attribute=attribute,
            about=ATTRIBUTES.get(attribute, attribute),
            count=count,
        )
        for (field, attribute), count in counts.items()
    ]


def contested(draft: Draft) -> list[Contested]:
    """What stands by a contest in the texts of the decision and in the facts that it pins."""
    found = [(name, label_of_text(draft.edition, name), word) for name, word in draft.spoken_words()]
    pinned = {fact.ref: fact for name in draft.pin_fields() for fact in draft.pinned(name)}
    found += [
        (f"{fact.kind}.{name}", fact.label, word)
        for fact in pinned.values()
        for name, words in fact.words.items()
        for word in words
    ]
    return [
        Contested(
            contest=word.contest_id,
            field=name,
            label=label,
            attribute=word.attribute,
            about=word.about,
            category=word.category,
            category_label=ContestCategory(word.category).label,
            statute=word.statute,
        )
        for name, label, word in found
        if word.contest_id and word.resolved
    ]
