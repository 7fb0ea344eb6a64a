"""All seven editions are whole: own clauses, the shared form, a clause of their own behind every inherited piece."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assessment.document import Subject, build
from assessment.fields import DECISION_STEP, FACT_STEPS, all_fields
from assessment.rules import unmet_rules
from policy.calendar_file import seed
from policy.editions import FOLDER, SCHEMA_FILE, EditionError, available, json_schema, load, load_folder
from policy.footing import footing_of
from policy.standing import standing_in
from tests.assessment import drafts

FORM = "2021-09-30"
DATES = {
    "2014-11-20": ("DHS", "2015-01-05"),
    "2017-02-20": ("DHS", "2017-02-20"),
    "2021-01-20": ("DHS", "2021-02-01"),
    "2021-02-18": ("ICE", "2021-02-18"),
    "2021-05-27": ("OPLA", "2021-05-27"),
    "2021-09-30": ("DHS", "2021-11-29"),
    "2022-04-03": ("OPLA", "2022-04-25"),
}
OTHERS = sorted(set(DATES) - {FORM})


def test_the_seven_editions_are_here() -> None:
    assert available() == tuple(DATES)


@pytest.mark.parametrize("key", DATES)
def test_an_edition_is_named_after_the_day_it_was_signed(key: str) -> None:
    edition = load(key)
    assert (edition.component, edition.effective.isoformat()) == DATES[key]
    assert edition.signed.isoformat() == key
    assert edition.review_by > date(2026, 1, 1)
    assert {priority.key for priority in edition.priorities} == {
        "national_security",
        "public_safety",
        "border_security",
    }
    assert len(edition.protected_attributes) == 8
    assert edition.narrow_exception.never_feeds


@pytest.mark.parametrize("key", DATES)
def test_every_citation_is_used_and_every_confirmed_clause_has_one(key: str) -> None:
    edition = load(key)
    named = {source for clause in edition.clauses for source in clause.sources}
    named |= {source for priority in edition.priorities for source in priority.sources}
    named |= {source for criterion in edition.criteria for source in criterion.sources}
    named |= {source for factor in edition.factors for source in factor.sources}
    named |= {source for kind in edition.decision_types for source in kind.sources}
    named |= set(edition.review_regime.sources)
    assert named == {citation.key for citation in edition.citations}
    for clause in edition.clauses:
        assert clause.binds
        assert bool(clause.sources) or clause.certainty != "confirmed"


@pytest.mark.parametrize("key", OTHERS)
def test_the_products_own_method_is_never_shown_as_law(key: str) -> None:
    edition = load(key)
    method = edition.clauses_of("M")
    assert method
    assert {clause.certainty for clause in method} == {"design"}
    own = {clause.id for clause in edition.clauses} - {clause.id for clause in method}
    assert own.isdisjoint({clause.id for clause in load(FORM).clauses})


@pytest.mark.parametrize("key", OTHERS)
def test_every_clause_of_the_form_has_one_that_stands_for_it(key: str) -> None:
    edition, form = load(key), load(FORM)
    for clause in form.clauses:
        assert clause.id in edition.clause(clause.id).like
    for question in edition.questions:
        for named in question.clauses:
            assert edition.clause(named).id == named


@pytest.mark.parametrize("key", DATES)
@pytest.mark.clause(
    "2014-11-20:A.2#6",
    "2014-11-20:A.2#8",
    "2014-11-20:A.3#9",
    "2017-02-20:A#1",
    "2017-02-20:A#5",
    "2017-02-20:A#6",
    "2017-02-20:A#7",
    "2021-02-18:A#5",
    "2021-01-20:C#7",
)
def test_the_whole_form_works_under_the_edition(key: str) -> None:
    """Every step has its fields, the rules name clauses of this edition, and a document comes out."""
    edition = load(key)
    for step in (*FACT_STEPS, DECISION_STEP):
        fields = all_fields(key, step)
        assert fields
        assert edition.step(step).intro
        for one in fields.values():
            assert all(edition.clause(clause).id == clause for clause in one.clauses)
    draft = dataclasses.replace(
        drafts.complete(decision_type="notice_to_appear", no_priority_ground=""), edition=edition
    )
    grounds = edition.priority("public_safety").grounds
    missing = unmet_rules(draft)
    assert [one.field for one in missing] == (["public_safety_ground"] if grounds else [])
    for unmet in unmet_rules(dataclasses.replace(draft, answers={})):
        assert edition.clause(unmet.clause)
    answered = {**draft.answers, "public_safety_ground": [ground.key for ground in grounds]}
    whole = dataclasses.replace(draft, answers=answered)
    assert unmet_rules(whole) == []
    document = build(
        whole,
        subject=Subject(name="Invented", identifiers=[], age="34", office="Millbrook"),
        statements=[],
        would_change={},
        gaps=[],
        held={},
        footing=footing_of(
            standing_in(seed().calendar, seed(), edition.effective, "notice_to_appear"), edition
        ),
    )
    found = next(one for one in document.findings if one.priority == "public_safety")
    assert found.grounds == [ground.label for ground in grounds]


def test_the_border_differs_between_interim_guidance_and_guidelines() -> None:
    for key in ("2021-01-20", "2021-02-18", "2021-05-27"):
        criterion = load(key).criterion("not_present_before_date")
        assert criterion.parameter("date").value == date(2020, 11, 1)
        assert criterion.parameter("comparison").value == "on_or_after"
    assert load(FORM).criterion("unlawful_entry_after_date").parameter("comparison").value == "after"


@pytest.mark.clause("2022-04-03:B#8")
def test_attorneys_guidance_covers_no_arrest() -> None:
    for key in ("2021-05-27", "2022-04-03"):
        kinds = {kind.key for kind in load(key).decision_types}
        assert kinds == {"notice_to_appear", "custody", "deferred_action", "parole"}


@pytest.mark.parametrize(
    ("on", "restarted", "rigorous", "per_thousand"),
    [
        ("2021-11-28", None, False, 0),
        ("2021-11-29", None, True, 1000),
        ("2022-02-26", None, True, 1000),
        ("2022-02-27", None, False, 250),
        ("2024-12-10", None, False, 250),
        ("2024-12-10", "2024-12-01", True, 1000),
        ("2025-02-28", "2024-12-01", True, 1000),
        ("2025-03-01", "2024-12-01", False, 250),
    ],
)
@pytest.mark.clause("V.B#23", "V.B#24")
def test_review_is_full_at_first_and_can_start_again(
    on: str, restarted: str | None, rigorous: bool, per_thousand: int
) -> None:
    again = date.fromisoformat(restarted) if restarted else None
    stage = load(FORM).review_regime.stage(date.fromisoformat(on), again)
    assert (stage.rigorous, stage.per_thousand) == (rigorous, per_thousand)


def test_the_published_schema_is_that_of_the_code() -> None:
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == json.loads(json.dumps(json_schema())), (
        "run `manage.py policy_schema --write`"
    )


@pytest.fixture
def spoil(tmp_path: Path) -> Callable[[str, str, str, str], Path]:
    def change(key: str, name: str, old: str, new: str) -> Path:
        folder = Path(shutil.copytree(FOLDER / key, tmp_path / key))
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


WRONG = {
    "2021-02-18/edition.yml": [
        ('form_from: "2021-09-30"', 'form_from: "2020-09-30"', "there is no edition '2020-09-30'"),
        (
            "later_per_thousand: {since: 2021-05-19}",
            "later_per_thousand: {since: 2021-05-20}",
            "gap from 2021-05-19",
        ),
        ("rigorous_days: {since: 2021-02-18}", "rigorous_days: {since: 2021-02-18, days: 3}", "not known"),
    ],
    "2021-02-18/clauses.yml": [
        ("like: [II.C#16]", "like: [II.C#61]", "no clause 'II.C#61'"),
        ("- id: A#1", "- id: I#1", "use another"),
        ("- id: A#2", "- id: A#1", "in this list twice"),
        ("sources: [AIC-FOIA]", "sources: [AIC]", "no citation 'AIC'"),
        ("    sources: [AIC-FOIA]\n", "", "names no source"),
    ],
    "2021-02-18/priorities.yml": [
        ("        sources: [AILA21]\n", "", "names no source"),
        ("since: 2021-02-18", "since: 2021-02-19", "gap"),
    ],
    "2021-05-27/edition.yml": [("decision_types: [arrest,", "decision_types: [arest,", "no 'arest'")],
    "2017-02-20/edition.yml": [("[A#3, A#4, A#5, A#6, A#8]", "[A#33]", "no clause 'A#33'")],
}


@pytest.mark.parametrize(
    ("file", "old", "new", "says"), [(file, *change) for file, changes in WRONG.items() for change in changes]
)
def test_a_wrong_edition_names_file_and_line(
    spoil: Callable[[str, str, str, str], Path], file: str, old: str, new: str, says: str
) -> None:
    key, name = file.split("/")
    with pytest.raises(EditionError, match=rf"^{file}, line [1-9]") as refused:
        load_folder(spoil(key, name, old, new))
    assert says in str(refused.value)
