"""The texts of a case that hold protected words, with the contest of each: to be resolved, or resolved."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from cases.models import Case, ContestCategory, ContestState, ScreenedText, TextContest
from cases.screening.places import place_of
from cases.screening.words import Standing, Word, from_plain, with_contests


@dataclass(frozen=True, kw_only=True, slots=True)
class WordLine:
    """One finding: the text that it stands in, the words in their sentence, and what became of it."""

    screened: uuid.UUID
    label: str
    url: str
    word: Word
    imported: bool
    # Who said what of it, in words; empty when nobody contested it.
    contest: str = ""


def words_of_case(case: Case) -> list[WordLine]:
    """Every finding in the texts of a case, in the order in which the texts came. Two queries."""
    contests: dict[tuple[uuid.UUID, str], dict[str, TextContest]] = {}
    for one in TextContest.objects.filter(case=case).select_related("raised_by", "ruled_by"):
        contests.setdefault((one.row_id, one.field), {})[one.key] = one
    lines = []
    for row in ScreenedText.objects.filter(case=case).exclude(findings=[]).order_by("id"):
        place = place_of(row.row_kind, case.pk, row.row_id, row.field)
        mine = contests.get((row.row_id, row.field), {})
        words = with_contests(from_plain(row.findings), {key: _standing(one) for key, one in mine.items()})
        lines += [
            WordLine(
                screened=row.pk,
                label=place.label,
                url=place.url,
                word=word,
                imported=row.imported,
                contest=_in_words(mine[word.key]) if word.key in mine else "",
            )
            for word in words
        ]
    return lines


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenContest:
    """A contest that waits for a ruling. `word` is None when the sentence is another by now."""

    contest: TextContest
    label: str
    word: Word | None


def open_contests(ids: Collection[uuid.UUID]) -> list[OpenContest]:
    """Those of `ids` that nobody ruled on, with the words in their sentence."""
    if not ids:
        return []
    screened = ScreenedText.objects.filter(row_id=OuterRef("row_id"), field=OuterRef("field"))
    contests = (
        TextContest.objects.filter(pk__in=ids, state=ContestState.OPEN)
        .select_related("evidence", "raised_by")
        .annotate(findings=Subquery(screened.values("findings")[:1]))
        .order_by("id")
    )
    found = []
    for one in contests:
        words = from_plain(one.findings or [])
        found.append(
            OpenContest(
                contest=one,
                label=place_of(one.row_kind, one.case_id, one.row_id, one.field).label,
                word=next((word for word in words if word.key == one.key), None),
            )
        )
    return found


def refused_contests(ids: Collection[uuid.UUID]) -> int:
    """How many of `ids` a supervisor refused."""
    return TextContest.objects.filter(pk__in=ids, state=ContestState.REFUSED).count()


def _standing(one: TextContest) -> Standing:
    return Standing(one.state, one.category, str(one.pk), one.statute)


def _in_words(one: TextContest) -> str:
    said = f"Contested by {one.raised_by.full_name} as “{ContestCategory(one.category).label}”"
    if one.statute:
        said += f" ({one.statute})"
    if one.ruled_by is None:
        return f"{said}. It stands until the supervisor rules on it in the review."
    return f"{said}. {ContestState(one.state).label} by {one.ruled_by.full_name}."
