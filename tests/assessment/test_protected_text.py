"""Protected words in an assessment: kept when saved, refused when signed, seen by the supervisor when rewritten."""

from __future__ import annotations

import re

import pytest

from assessment.errors import RulesUnmet
from assessment.models import Decision, RefusedText
from assessment.rules import Unmet, unmet_rules
from assessment.selectors import working
from cases import services as case_services
from cases.models import ScreenedText
from ledger.models import Disclosure, Entry
from tests.assessment import situations
from tests.assessment.situations import Situation

pytestmark = pytest.mark.django_db

WORDS = "He is Guatemalan, and he drove drunk and hit a car."
CLEAN = "The person drove drunk and hit a car."


def filled(at: Situation, **changes: object) -> Decision:
    return situations.fill(at, situations.started(at), **changes)


def rewrite(decision: Decision, field: str, text: str) -> None:
    row = Decision.objects.get(pk=decision.pk)
    situations.save(decision, "outcome", {**row.answers, field: text}, version=row.version)


def test_saving_keeps_the_text_whole_with_what_was_found(at: Situation) -> None:
    decision = filled(at, rationale=WORDS, opposite_case=CLEAN)
    assert Decision.objects.get(pk=decision.pk).answers["rationale"] == WORDS
    row = ScreenedText.objects.get(row_id=decision.pk, field="rationale")
    assert [(one["attribute"], one["text"]) for one in row.findings] == [("national_origin", "Guatemalan")]
    assert ScreenedText.objects.get(row_id=decision.pk, field="opposite_case").findings == []
    rewrite(decision, "rationale", CLEAN)
    row.refresh_from_db()
    assert row.findings == []


def test_signing_is_refused_with_the_words_the_reason_and_what_to_do(at: Situation) -> None:
    decision = filled(at, rationale=WORDS)
    with pytest.raises(RulesUnmet) as refused:
        situations.sign(decision)
    (one,) = refused.value.unmet
    assert (one.rule, one.field, one.clause) == ("protected_words", "rationale", "III#18")
    assert "Guatemalan" in one.what
    assert "national origin" in one.what
    assert one.next
    assert Decision.objects.get(pk=decision.pk).answers["rationale"] == WORDS


def test_a_refusal_leaves_one_entry_that_has_no_word(at: Situation) -> None:
    decision = filled(at, rationale=WORDS, consequences="He is Guatemalan and loses work.")
    before = Entry.objects.count()
    with pytest.raises(RulesUnmet):
        situations.sign(decision)
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.order_by("id").last()
    assert entry is not None
    assert (entry.event, entry.kind) == ("assessment.text.refused", "access")
    told = situations.told(entry)
    assert told["rules"] == ["protected_words"]
    assert {(one["attribute"], one["field"], one["count"]) for one in told["words"]} == {
        ("national_origin", "rationale", 1),
        ("national_origin", "consequences", 1),
    }
    hashes = {one["words_hash"] for one in told["words"]}
    assert len(hashes) == 1, "equal words have one hash"
    assert all(re.fullmatch("[0-9a-f]{64}", one) for one in hashes)


def test_no_entry_of_a_draft_holds_the_words(at: Situation) -> None:
    decision = filled(at, rationale=WORDS)
    with pytest.raises(RulesUnmet):
        situations.sign(decision)
    for entry in Entry.objects.all():
        assert b"Guatemalan" not in bytes(entry.bytes)
    for value in Disclosure.objects.values_list("value_bytes", flat=True):
        assert b"Guatemalan" not in bytes(value)


def test_what_was_refused_and_rewritten_is_part_of_the_decision(at: Situation) -> None:
    decision = filled(at, rationale=WORDS)
    for _ in range(2):
        with pytest.raises(RulesUnmet):
            situations.sign(decision)
    rewrite(decision, "rationale", CLEAN)
    version = situations.sign(Decision.objects.get(pk=decision.pk))
    told = situations.told(Entry.objects.get(pk=version.entry_id))["document"]["rewritten"]
    assert [(one["field"], one["attribute"], one["count"]) for one in told] == [
        ("rationale", "national_origin", 1)
    ]
    assert RefusedText.objects.count() == 1


def test_a_decision_that_was_never_refused_says_nothing(at: Situation) -> None:
    version = situations.sign(filled(at, rationale=CLEAN))
    assert situations.told(Entry.objects.get(pk=version.entry_id))["document"]["rewritten"] == []


def test_a_pinned_fact_that_was_stored_before_the_screen_is_found_at_signing(at: Situation) -> None:
    decision = filled(at)
    ScreenedText.objects.all().delete()
    row = at.rows["conduct"]
    type(row).objects.filter(pk=row.pk).update(details={"what": WORDS}, version=row.version + 1)
    situations.fill(at, decision)
    ScreenedText.objects.all().delete()
    with pytest.raises(RulesUnmet) as refused:
        situations.sign(Decision.objects.get(pk=decision.pk))
    assert {one.rule for one in refused.value.unmet} == {"pins_hold"}
    assert any("national origin" in one.what for one in refused.value.unmet)


def test_a_pin_to_removed_words_dies_and_its_finding_stands_without_support(at: Situation) -> None:
    at.change_conduct(WORDS)
    decision = filled(at)
    row = at.rows["conduct"]
    row.refresh_from_db()
    stored = ScreenedText.objects.get(row_id=row.pk, field="what")
    case_services.raise_contest(
        actor=at.officer.actor(),
        user=at.officer,
        case=at.case,
        screened=stored.pk,
        key=stored.findings[0]["key"],
        category="not_a_person",
    )
    situations.fill(at, Decision.objects.get(pk=decision.pk))
    assert not unmet(decision)
    at.change_conduct(CLEAN)
    missing = unmet(decision)
    assert any(one.rule == "pins_hold" and "died" in one.what for one in missing)
    assert {"current_threat_explained", "both_sides"} <= {one.rule for one in missing}


def unmet(decision: Decision) -> list[Unmet]:
    fresh = Decision.objects.select_related("assessment__case__person", "assessment__office").get(
        pk=decision.pk
    )
    return unmet_rules(working(fresh.assessment, fresh).draft)
