"""The edition of 2021-09-30 is whole, and wrong data is refused with its file and line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from policy.editions import FOLDER, Edition, EditionError, available, json_schema, load, load_folder

KEY = "2021-09-30"
ROWS = [
    "I#1",
    "I#2",
    "I#3",
    "I#4",
    "II.A#5",
    "II.B#6",
    "II.B#7",
    "II.B#8",
    "II.B#9",
    "II.B#10",
    "II.B#11",
    "II.B#12",
    "II.B#13",
    "II.B#14",
    "II.B#15",
    "II.C#16",
    "II.C#17",
    "III#18",
    "III#19",
    "III#19b",
    "III#19c",
    "IV#20",
    "V#21",
    "V.A#22",
    "V.B#23",
    "V.B#24",
    "V.C#25",
    "V.D#26",
    "VI#27",
    "VI#28",
    "VII#29",
    "VIII#30",
]
BACKGROUND = {
    "II.B#10",
    "II.B#11",
    "II.B#12",
    "II.B#13",
    "II.C#17",
    "III#19",
    "III#19b",
    "III#19c",
    "V.A#22",
} | {
    "V.B#23",
    "V.B#24",
    "V.C#25",
    "VII#29",
}


@pytest.fixture
def edition() -> Edition:
    return load(KEY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the edition's files that a test may spoil."""
    return Path(shutil.copytree(FOLDER / KEY, tmp_path / KEY))


def _change(folder: Path, name: str, old: str, new: str) -> int:
    """Replace text once; returns the line on which it stood."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_every_clause_is_there_in_order_with_its_certainty(edition: Edition) -> None:
    assert [clause.id for clause in edition.clauses] == ROWS
    assert {clause.id for clause in edition.clauses if clause.certainty == "background"} == BACKGROUND
    for clause in edition.clauses:
        assert clause.binds
        assert clause.sources or clause.certainty != "confirmed"
        assert edition.clauses_of(clause.part).count(clause) == 1
    assert edition.clause("II.B#13").anchor == "clause-II.B-13"


def test_every_citation_is_used(edition: Edition) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / KEY).glob("*.yml"))
    named = {key.strip() for found in re.findall(r"sources: \[(.*?)\]", text) for key in found.split(",")}
    assert named == {citation.key for citation in edition.citations}


@pytest.mark.clause("II.B#8", "II.B#9", "II.B#10")
def test_factors_stand_in_the_editions_order_with_an_open_end_on_each_side(edition: Edition) -> None:
    assert [factor.key for factor in edition.factors_of("aggravating")] == [
        "gravity_of_offense_and_sentence",
        "nature_and_degree_of_harm",
        "sophistication_of_offense",
        "firearm_or_dangerous_weapon",
        "serious_prior_criminal_record",
        "other_aggravating",
    ]
    assert [factor.key for factor in edition.factors_of("mitigating")] == [
        "advanced_or_tender_age",
        "lengthy_presence",
        "mental_or_physical_condition",
        "victim_witness_or_party",
        "impact_on_family",
        "eligibility_for_protection_or_relief",
        "military_or_public_service",
        "time_and_rehabilitation",
        "conviction_vacated_or_expunged",
        "workplace_or_tenant_rights",
        "other_mitigating",
    ]
    assert all(factor.records for factor in edition.factors)
    assert {factor.key for factor in edition.factors if factor.other} == {
        "other_aggravating",
        "other_mitigating",
    }


def test_factors_carry_nothing_that_could_be_added_up(edition: Edition) -> None:
    schema = json_schema()["$defs"]["Factor"]["properties"]
    assert not [name for name, field in schema.items() if field.get("type") in ("integer", "number")]


@pytest.mark.clause("I#3", "II.B#9")
def test_compound_factors_have_subtypes(edition: Edition) -> None:
    compound = {factor.key for factor in edition.factors if factor.subtypes}
    assert compound == {
        "mental_or_physical_condition",
        "victim_witness_or_party",
        "impact_on_family",
        "military_or_public_service",
        "time_and_rehabilitation",
        "workplace_or_tenant_rights",
        "other_mitigating",
    }
    assert [subtype.key for subtype in edition.factor("other_mitigating").subtypes] == [
        "work",
        "care",
        "public_or_essential_service",
        "ties",
        "other",
    ]


def test_every_decision_type_has_both_directions_and_both_outcomes(edition: Edition) -> None:
    assert {kind.key for kind in edition.decision_types} == {
        "arrest",
        "detainer",
        "notice_to_appear",
        "custody",
        "reinstatement",
        "administrative_removal",
        "expedited_removal",
        "removal_execution",
        "deferred_action",
        "parole",
    }
    for kind in edition.decision_types:
        words = [kind.label(direction) for direction in ("do", "undo")]
        words += [kind.outcome_label(d, o) for d in ("do", "undo") for o in ("act", "decline")]
        assert all(words)
        assert kind.adverse("do") != kind.adverse("undo")
    assert edition.decision_type("detainer").label("undo") == "Lift a detainer"
    assert edition.decision_type("deferred_action").adverse("do") is False
    assert [kind.key for kind in edition.decision_types if kind.mandate_lane] == ["custody"]


@pytest.mark.parametrize(
    "look_up",
    [
        lambda e: e.clause("II.B#99"),
        lambda e: e.question("risk"),
        lambda e: e.factor("M1"),
        lambda e: e.decision_type("deport"),
        lambda e: e.decision_type("arrest").label("again"),
        lambda e: e.decision_type("arrest").outcome_label("do", "maybe"),
        lambda e: e.evidence_kind("rumor"),
    ],
)
def test_what_is_not_there_is_a_key_error(edition: Edition, look_up: object) -> None:
    with pytest.raises(KeyError):
        look_up(edition)  # type: ignore[operator]


def test_only_a_conviction_and_a_database_hit_are_not_enough_alone(edition: Edition) -> None:
    alone = {kind.key for kind in edition.evidence_kinds if kind.alone_insufficient}
    assert alone == {"conviction_fact", "database_hit"}


def test_source_flags(edition: Edition) -> None:
    assert {one.key for one in edition.source_relations if one.prohibited_1367} == {"abuser_or_household"}
    assert {one.key for one in edition.source_relations if one.dispute_source} == {"employer", "landlord"}


def test_entry_must_be_after_the_day(edition: Edition) -> None:
    criterion = edition.criterion("unlawful_entry_after_date")
    assert str(criterion.parameter("date").value) == "2020-11-01"
    assert criterion.parameter("comparison").value == "after"


def test_rigorous_review_takes_ninety_days(edition: Edition) -> None:
    assert edition.review_regime.starts == edition.effective
    assert str(edition.review_regime.rigorous_until) == "2022-02-27"


def test_every_record_kind_has_its_three_questions(edition: Edition) -> None:
    for kind in edition.record_kinds:
        for end in ("state", "on", "reason"):
            assert edition.question(f"record_{kind.key}_{end}").clauses


def test_grounds_in_questions_are_those_of_the_priorities(edition: Edition) -> None:
    for priority in ("national_security", "border_security"):
        asked = [option.key for option in edition.options(f"{priority}_ground")]
        assert asked == [ground.key for ground in edition.priority(priority).grounds]


def test_choices_have_options_and_nothing_else_has(edition: Edition) -> None:
    made_elsewhere = {"factor_subtype", "factor_record", "would_change", "mandate_statute"}
    for question in edition.questions:
        chosen = question.answer in ("one", "several") and question.key not in made_elsewhere
        assert bool(edition.options(question.key)) == chosen, question.key


def test_no_more_than_four_texts_are_asked_of_everyone_or_of_a_claim_on_public_safety(
    edition: Edition,
) -> None:
    texts = {
        question.key
        for question in edition.questions
        if question.answer in ("text", "texts")
        and question.where in ("assessment", "decision", "factor")
        and question.required != "optional"
        and not question.key.startswith("national_security")
    }
    assert texts == {"public_safety_why_current", "consequences", "opposite_case", "rationale"}


def test_needed_answers_do_not_depend_on_the_outcome(edition: Edition) -> None:
    conditions = {q.required_when.field for q in edition.questions if q.required_when is not None}
    assert "outcome" not in conditions


def test_an_edition_cannot_be_changed(edition: Edition) -> None:
    with pytest.raises(ValidationError):
        edition.title = "Another"  # type: ignore[misc]


def test_an_edition_is_read_once() -> None:
    assert KEY in available()
    assert load(KEY) is load(KEY)


def test_the_schema_is_json() -> None:
    schema = json.loads(json.dumps(json_schema()))
    assert schema["additionalProperties"] is False


def test_a_corrected_word_changes_the_content_alone(edition: Edition, folder: Path) -> None:
    _change(folder, "clauses.yml", "Being removable is not enough", "To be removable is not enough")
    changed = load_folder(folder)
    assert changed.rules_digest == edition.rules_digest
    assert changed.content_digest != edition.content_digest


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("edition.yml", "value: 90", "value: 120"),
        ("priorities.yml", "value: 2020-11-01", "value: 2020-11-02"),
        ("priorities.yml", "value: after", "value: on_or_after"),
        ("factors.yml", "key: lengthy_presence", "key: long_presence"),
        ("questions.yml", "required: optional", "required: always"),
        ("edition.yml", "effective: 2021-11-29", "effective: 2021-11-30"),
        ("decisions.yml", "adverse: true", "adverse: false"),
        ("records.yml", ", alone_insufficient: true", ""),
    ],
)
def test_a_changed_rule_changes_both_digests(
    edition: Edition, folder: Path, name: str, old: str, new: str
) -> None:
    _change(folder, name, old, new)
    changed = load_folder(folder)
    assert changed.rules_digest != edition.rules_digest
    assert changed.content_digest != edition.content_digest


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("edition.yml", "review_by: 2027-06-30", "review_by: 2028-06-30"),
        ("edition.yml", "AILA press material 21093011", "AILA press release 21093011"),
        ("clauses.yml", "sources: [SEED, NIWAP]", "sources: [SEED]"),
    ],
)
def test_sources_and_the_next_look_are_content(
    edition: Edition, folder: Path, name: str, old: str, new: str
) -> None:
    _change(folder, name, old, new)
    changed = load_folder(folder)
    assert changed.rules_digest == edition.rules_digest
    assert changed.content_digest != edition.content_digest


def test_a_comment_changes_nothing(edition: Edition, folder: Path) -> None:
    _change(folder, "factors.yml", "factors:", "# A comment.\nfactors:")
    assert load_folder(folder).content_digest == edition.content_digest


@pytest.mark.parametrize(
    ("name", "old", "new", "below", "says"),
    [
        (
            "clauses.yml",
            "    title: Training\n",
            "    title: Training\n    title: Training\n",
            1,
            "given twice",
        ),
        ("factors.yml", "    side: mitigating\n", "    side: mitigating\n    points: 3\n", 1, "points"),
        ("factors.yml", "clauses: [IV#20]", "clauses: [IV#21]", 0, "no clause 'IV#21'"),
        ("clauses.yml", "sources: [CA6]", "sources: [CA7]", 0, "no citation 'CA7'"),
        ("factors.yml", "records: [administrative_file]", "records: [a_file]", 0, "no record kind 'a_file'"),
        ("questions.yml", "{field: dispute, any", "{field: disputes, any", 0, "no question 'disputes'"),
        ("decisions.yml", "key: parole", "key: arrest", 0, "twice"),
        ("edition.yml", "value: 90", "value: ninety: 1", 0, "YAML"),
        ("records.yml", "record_kinds:", "title: Again\nrecord_kinds:", 0, "given twice"),
        ("clauses.yml", "certainty: confirmed", "certainty: sure", 0, "certainty"),
    ],
)
def test_wrong_data_names_file_and_line(
    folder: Path, name: str, old: str, new: str, below: int, says: str
) -> None:
    line = _change(folder, name, old, new) + below
    with pytest.raises(EditionError, match=rf"^{KEY}/{name}, line {line}: ") as refused:
        load_folder(folder)
    assert says in str(refused.value)


def test_a_missing_part_is_named(folder: Path) -> None:
    (folder / "factors.yml").unlink()
    with pytest.raises(EditionError, match="'factors' is missing"):
        load_folder(folder)
