"""What differs between two editions or two contents: on the page, in the command, and by which digest."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from policy import edition_views
from policy.editions import FOLDER, Edition, available, load, load_folder
from policy.editions.diff import Entry, compare

KEY = "2021-09-30"


def entries(before: Edition, after: Edition) -> dict[tuple[str, str], Entry]:
    return {
        (section.title, entry.key): entry
        for section in compare(before, after).sections
        for entry in section.entries
    }


def changed(tmp_path: Path, name: str, old: str, new: str) -> Edition:
    folder = Path(shutil.copytree(FOLDER / KEY, tmp_path / KEY))
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_folder(folder)


def test_a_changed_parameter_is_a_rule_and_changes_both_digests(tmp_path: Path) -> None:
    after = changed(tmp_path, "priorities.yml", "value: 2020-11-01", "value: 2020-11-02")
    found = compare(load(KEY), after)
    assert (found.rules, found.content) == (True, True)
    [section] = found.sections
    [entry] = section.entries
    [value] = entry.values
    assert (entry.key, entry.rule) == ("unlawful_entry_after_date", True)
    assert (value.name, value.before, value.after) == ("parameters.date.value", "2020-11-01", "2020-11-02")
    assert entry.clauses_after == ("II.C#16",)


def test_a_corrected_typo_is_wording_and_changes_one_digest(tmp_path: Path) -> None:
    after = changed(tmp_path, "clauses.yml", "Being removable is not enough", "To be removable is not enough")
    found = compare(load(KEY), after)
    assert (found.rules, found.content) == (False, True)
    [section] = found.sections
    [entry] = section.entries
    assert (section.title, entry.key, entry.rule) == ("Clauses", "I#2", False)
    assert entry.values[0].after == "To be removable is not enough"


def test_a_source_is_compared_within_an_edition_and_not_between_two(tmp_path: Path) -> None:
    after = changed(tmp_path, "clauses.yml", "sources: [SEED, NIWAP]", "sources: [SEED]")
    [entry] = compare(load(KEY), after).sections[0].entries
    assert [value.name for value in entry.values] == ["sources"]
    for before in available():
        for section in compare(load(before), load(KEY)).sections:
            for one in section.entries:
                assert before == KEY or not {"sources", "like"} & {v.name for v in one.values}


def test_the_same_content_has_no_difference() -> None:
    found = compare(load(KEY), load(KEY))
    assert (found.rules, found.content, found.sections) == (False, False, ())


def test_clauses_of_two_editions_stand_beside_each_other_by_matter() -> None:
    found = entries(load("2021-02-18"), load(KEY))
    border = found["Clauses", "A#3"]
    assert (border.clauses_before, border.clauses_after) == (("A#3",), ("II.C#16",))
    approval = found["Clauses", "B#7"]
    assert approval.sides == "before"
    both = [entry for entry in found.values() if entry.clauses_after == ("II.B#9",)]
    assert not both or both[0].clauses_before == ("A#6",)


def test_criteria_of_interim_guidance_and_guidelines_differ() -> None:
    found = entries(load("2021-02-18"), load(KEY))
    gone = found["Criteria", "not_present_before_date"]
    new = found["Criteria", "unlawful_entry_after_date"]
    assert (gone.sides, new.sides) == ("before", "after")
    comparison = {value.name: value.after for value in new.values}
    assert comparison["parameters.comparison.value"] == "after"


@pytest.mark.parametrize("before", available())
def test_every_pair_can_be_compared_both_ways(before: str) -> None:
    for after in available():
        there, back = compare(load(before), load(after)), compare(load(after), load(before))
        assert there.rules == back.rules == (before != after)


def test_the_command_prints_the_difference_and_its_clauses() -> None:
    out = StringIO()
    call_command("policy_diff", "2021-02-18", KEY, stdout=out)
    text = out.getvalue()
    assert "not_present_before_date" in text
    assert "A#3 -> II.C#16" in text
    out = StringIO()
    call_command("policy_diff", "2021-02-18", KEY, "--json", stdout=out)
    plain = json.loads(out.getvalue())
    assert (plain["before"], plain["after"], plain["rules_differ"]) == ("2021-02-18", KEY, True)
    assert {"Clauses", "Priorities", "Criteria", "Factors"} <= {one["title"] for one in plain["sections"]}


def test_the_command_cannot_run_for_an_edition_that_is_not_here() -> None:
    with pytest.raises(CommandError) as refused:
        call_command("policy_diff", "2021-02-18", "1999-01-01")
    assert refused.value.returncode == 2
    assert "2022-04-03" in str(refused.value)


@pytest.mark.django_db
def test_the_page_shows_two_editions_side_by_side(rf: RequestFactory) -> None:
    response = edition_views.compared(rf.get("/policy/compare/", {"before": "2021-02-18", "after": KEY}))
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1>") == 1
    assert "2021-02-18 interim guidance and 2021-09-30 guidelines" in page
    assert "Not there" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"before": "2021-02-18"}, "Choose an edition."),
        ({"before": "2021-02-18", "after": "1999-01-01"}, "There is no edition “1999-01-01” here."),
    ],
)
def test_what_is_missing_is_said_at_the_field(rf: RequestFactory, query: dict[str, str], says: str) -> None:
    response = edition_views.compared(rf.get("/policy/compare/", query))
    assert response.status_code == 400
    page = response.content.decode()
    assert says in page
    assert 'aria-invalid="true"' in page
    if "before" in query:
        assert '<option value="2021-02-18" selected>' in page
