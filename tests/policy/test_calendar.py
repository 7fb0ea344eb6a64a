"""What was in force on the days around each change, and what a wrong calendar says."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from policy.calendar import FILE, calendar, load_calendar, standing
from policy.editions import EditionError, available

DAYS = [
    ("2011-06-17", None, "not_issued"),
    ("2021-09-29", None, "not_issued"),
    ("2021-09-30", None, "issued"),
    ("2021-11-28", None, "issued"),
    ("2021-11-29", "2021-09-30", "in_force"),
    ("2022-03-21", "2021-09-30", "in_force"),
    ("2022-03-22", "2021-09-30", "partly_enjoined"),
    ("2022-04-11", "2021-09-30", "partly_enjoined"),
    ("2022-04-12", "2021-09-30", "in_force"),
    ("2022-06-10", "2021-09-30", "in_force"),
    ("2022-06-24", "2021-09-30", "in_force"),
    ("2022-06-25", None, "vacated"),
    ("2023-06-23", None, "vacated"),
    ("2023-07-29", None, "vacated"),
    ("2023-07-30", "2021-09-30", "in_force"),
    ("2024-12-10", "2021-09-30", "in_force"),
    ("2025-01-19", "2021-09-30", "in_force"),
    ("2025-01-20", None, "rescinded"),
    ("2030-01-01", None, "rescinded"),
]


@pytest.mark.parametrize(("day", "edition", "status"), DAYS)
def test_boundary_days(day: str, edition: str | None, status: str) -> None:
    found = standing(date.fromisoformat(day))
    assert (found.edition_key, found.status, found.in_force) == (edition, status, edition is not None)
    assert found.words.startswith("no department priorities in force") == (edition is None)


def test_words_of_a_day_in_force_and_of_a_day_without() -> None:
    assert standing(date(2024, 12, 10)).words == "2021-09-30 guidelines, in force since 2023-07-30"
    assert standing(date(2022, 7, 1)).words == (
        "no department priorities in force (2021-09-30 guidelines: vacated since 2022-06-25)"
    )


def test_an_order_in_part_has_its_scope() -> None:
    found = standing(date(2022, 4, 1))
    assert "Part II only" in found.scope
    assert "Southern District of Ohio" in found.authority
    assert standing(date(2022, 4, 12)).scope == ""


def test_an_answer_holds_within_its_bounds() -> None:
    day = date(2021, 9, 1)
    while day < date(2025, 3, 1):
        found = standing(day)
        assert found.until is None or day < found.until
        assert found.since is None or found.since <= day
        if found.until is not None:
            assert standing(found.until) != found
            assert standing(found.until - timedelta(days=1)) == found
        day += timedelta(days=1)


def test_the_calendar_names_an_edition_that_is_here() -> None:
    assert calendar().edition in available()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  - from: 2022-03-22\n", "  - from: 2022-03-23\n", "gap from 2022-03-22 to 2022-03-23"),
        ("  - from: 2022-03-22\n", "  - from: 2022-03-21\n", "overlap"),
        ("    to: 2022-04-12\n", "    to: 2022-03-01\n", "not after its start"),
        ("    to: 2022-04-12\n", "", "only the last interval may be open"),
        ("    status: vacated\n", "    status: gone\n", "intervals.4.status"),
        ("    status: vacated\n", "    status: vacated\n    court: Texas\n", "intervals.4.court"),
        ("sources: [NUSA, JAC]", "sources: [NUSA, JCA]", "no citation 'JCA'"),
        (
            "    status: rescinded\n",
            "    to: 2026-01-01\n    status: rescinded\n",
            "last interval must be open",
        ),
    ],
)
def test_a_wrong_calendar_names_file_and_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "calendar.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EditionError, match=r"^calendar\.yml, line [1-9]") as refused:
        load_calendar(path)
    assert says in str(refused.value)
