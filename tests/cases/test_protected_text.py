"""Texts of the record under the screen: kept whole, held back from decisions until their words are resolved."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from accounts.models import User
from cases import services
from cases.models import Case, Fact, ScreenedText
from cases.selectors import case_record, whole_case
from cases.services.attachments import Upload
from policy.guard import lexicon_digest

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 12, 10)
WORDS = "He is Guatemalan and hit a parked car."
CLEAN = "He hit a parked car."


@pytest.fixture
def who(officer: User) -> dict[str, Any]:
    return {"actor": officer.actor(), "user": officer}


def conduct(who: dict[str, Any], case: Case, what: str) -> Fact:
    return services.record_fact(**who, case=case, kind="conduct", details={"what": what})


def change(who: dict[str, Any], fact: Fact, what: str) -> Fact:
    return services.change_fact(**who, fact=fact, version=fact.version, details={"what": what})


def stored(row: Any, field: str) -> ScreenedText:
    return ScreenedText.objects.get(row_id=row.pk, field=field)


def test_a_fact_is_kept_whole_with_what_was_found(who: dict[str, Any], case: Case) -> None:
    fact = conduct(who, case, WORDS)
    assert fact.details["what"] == WORDS
    row = stored(fact, "what")
    assert (row.row_kind, row.case_id, row.imported) == ("fact", case.pk, False)
    assert row.lexicon == lexicon_digest()
    assert [one["attribute"] for one in row.findings] == ["national_origin"]
    assert row.findings[0]["text"] == WORDS[row.findings[0]["start"] : row.findings[0]["end"]]


def test_a_fact_with_words_cannot_be_pinned_and_shows_no_text_in_an_assessment(
    who: dict[str, Any], case: Case
) -> None:
    conduct(who, case, WORDS)
    (fact,) = case_record(case, DAY).facts
    assert not fact.pinnable
    assert "national origin" in fact.why_not
    assert "taken out or contested" in fact.why_not
    assert "Guatemalan" not in fact.summary
    assert "car" not in fact.summary


def test_the_officers_own_page_of_the_case_shows_it(who: dict[str, Any], case: Case, officer: User) -> None:
    conduct(who, case, WORDS)
    (fact,) = whole_case(officer, case.pk, DAY).facts
    assert WORDS in fact.summary
    assert not fact.pinnable


def test_cleaned_text_can_be_pinned_and_older_pins_are_dead(who: dict[str, Any], case: Case) -> None:
    fact = conduct(who, case, WORDS)
    change(who, fact, CLEAN)
    (view,) = case_record(case, DAY).facts
    assert view.pinnable
    assert (view.version, view.words_until) == (2, 1)
    change(who, Fact.objects.get(pk=fact.pk), CLEAN + " At night.")
    (view,) = case_record(case, DAY).facts
    assert (view.version, view.words_until) == (3, 1)


def test_evidence_files_requests_and_encounters_are_screened(who: dict[str, Any], case: Case) -> None:
    evidence = services.record_evidence(
        **who,
        case=case,
        kind="statement",
        source="A Guatemalan neighbor",
        source_relation="neighbor",
        caption="Says that he is Catholic",
        obtained_on=DAY,
    )
    (file,) = services.attach_files(
        **who, evidence=evidence, uploads=[Upload("the Guatemalan man.txt", b"A text.\n")]
    )
    request = services.open_record_request(
        **who, case=case, record_kind="dispositions", note="Ask about the Guatemalan brother"
    )
    services.record_encounter(**who, case=case, on=None, site="Home of a Guatemalan man")
    for row, field in ((evidence, "source"), (evidence, "caption"), (file, "file_name"), (request, "note")):
        assert stored(row, field).findings, field
    record = case_record(case, DAY)
    (piece,) = record.evidence
    assert "Guatemalan" not in piece.title
    assert "Catholic" not in piece.title
    (encounter,) = record.facts
    assert not encounter.pinnable
    assert "Guatemalan" not in encounter.summary


def test_what_was_found_goes_with_the_text(who: dict[str, Any], case: Case) -> None:
    fact = conduct(who, case, WORDS)
    change(who, fact, CLEAN)
    assert stored(fact, "what").findings == []
    assert ScreenedText.objects.filter(row_id=fact.pk).count() == 1


def test_reading_screens_nothing_anew(
    who: dict[str, Any], case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    conduct(who, case, WORDS)

    def refuse(text: str) -> None:
        raise AssertionError(f"screened on reading: {text}")

    monkeypatch.setattr("cases.screening.words.screen", refuse)
    assert case_record(case, DAY).facts[0].words
