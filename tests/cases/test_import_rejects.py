"""Rows that cannot be used are set aside one by one, and never take others with them."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest

from cases.models import Encounter
from tests.data.extracts import HEADINGS, MALFORMED, line, rows, spoil, write_extract
from tests.data.running import run_import

pytestmark = pytest.mark.django_db(transaction=True)

SAID = {
    "wrong date": ("arrest_date", "is not a day of the calendar"),
    "missing person id": ("bln_person_id", "is empty"),
    "too few columns": ("", "23 columns where the heading has 24"),
    "too many columns": ("", "25 columns where the heading has 24"),
    "impossible birth year": ("birth_year", "cannot be the birth year"),
    "NUL": ("", "a NUL character"),
    "open quote": ("", "quotation mark"),
    "not UTF-8": ("", "not UTF-8"),
}


def read_rejects(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8", errors="surrogateescape") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("how", MALFORMED)
def test_one_bad_row_costs_itself_alone(how: str, tmp_path: Path) -> None:
    good = list(rows(3, seed=5))
    file, rejects = tmp_path / "extract.csv", tmp_path / "rejects.csv"
    file.write_bytes(line(HEADINGS) + line(good[0]) + spoil(good[1], how) + line(good[2]))
    ran = run_import(file, rejects=rejects)
    assert (ran.code, ran.counts) == (1, (3, 2, 0, 1))
    (reject,) = read_rejects(rejects)
    field, reason = SAID[how]
    assert (reject["line"], reject["field"]) == ("3", field)
    assert reason in reject["reason"]
    assert reject["row"].encode(errors="surrogateescape") == spoil(good[1], how).rstrip(b"\n")
    assert Encounter.objects.count() == 2


def test_the_rejects_file_is_its_owners_alone(tmp_path: Path) -> None:
    write_extract(tmp_path / "extract.csv", 20, spoil_every=10)
    run_import(tmp_path / "extract.csv", rejects=tmp_path / "rejects.csv")
    assert stat.S_IMODE((tmp_path / "rejects.csv").stat().st_mode) == 0o600


def test_without_a_rejects_file_the_first_ten_are_told_and_no_value_with_them(tmp_path: Path) -> None:
    write_extract(tmp_path / "extract.csv", 120, spoil_every=10)
    ran = run_import(tmp_path / "extract.csv")
    told = [text for text in ran.err.splitlines() if text.startswith("line ")]
    assert len(told) == 10
    assert told[0] == "line 11 rejected: arrest_date is not a day of the calendar"
    assert "2 more rows rejected; --rejects FILE keeps them all" in ran.err
    assert "Genderword" not in ran.err


def test_an_open_quote_does_not_swallow_what_follows(tmp_path: Path) -> None:
    good = list(rows(40, seed=8))
    body = [line(cells) for cells in good]
    body[4], body[6] = spoil(good[4], "open quote"), spoil(good[6], "open quote")
    # A quote that is opened in the last cell and never closed.
    body[20] = line(good[20]).rstrip(b"\n") + b',"\n'
    (tmp_path / "extract.csv").write_bytes(line(HEADINGS) + b"".join(body))
    assert run_import(tmp_path / "extract.csv").counts == (40, 37, 0, 3)


def test_a_quoted_line_break_is_part_of_its_cell(tmp_path: Path) -> None:
    cells = next(rows(1))
    cells[2] = "FIRST LINE\nSECOND LINE"
    (tmp_path / "extract.csv").write_bytes(line(HEADINGS) + line(cells))
    assert run_import(tmp_path / "extract.csv").counts == (1, 1, 0, 0)
    assert Encounter.objects.get().site == "FIRST LINE SECOND LINE"


def test_windows_line_ends_a_byte_order_mark_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    good = b"".join(line(cells) for cells in rows(3)).replace(b"\n", b"\r\n")
    heading = line(HEADINGS).replace(b"\n", b"\r\n")
    (tmp_path / "extract.csv").write_bytes(b"\xef\xbb\xbf" + heading + b"\r\n" + good + b"\r\n\r\n")
    assert run_import(tmp_path / "extract.csv").counts == (3, 3, 0, 0)


def test_columns_may_stand_in_another_order(tmp_path: Path) -> None:
    turned = [list(reversed(cells)) for cells in [list(HEADINGS), *rows(3)]]
    (tmp_path / "extract.csv").write_bytes(b"".join(line(cells) for cells in turned))
    assert run_import(tmp_path / "extract.csv").counts == (3, 3, 0, 0)


def test_a_line_without_end_is_one_rejected_row(tmp_path: Path) -> None:
    good = [line(cells) for cells in rows(2)]
    endless = b"x" * 300_000 + b"\n"
    (tmp_path / "extract.csv").write_bytes(line(HEADINGS) + good[0] + endless + good[1])
    assert run_import(tmp_path / "extract.csv").counts == (3, 2, 0, 1)


def test_a_large_mixed_file_adds_up(tmp_path: Path) -> None:
    spoiled = write_extract(tmp_path / "extract.csv", 2500, spoil_every=9)
    ran = run_import(tmp_path / "extract.csv", rejects=tmp_path / "rejects.csv")
    assert ran.counts == (2500, 2500 - spoiled, 0, spoiled)
    assert len(read_rejects(tmp_path / "rejects.csv")) == spoiled
    assert run_import(tmp_path / "extract.csv").counts == (2500, 0, 2500 - spoiled, spoiled)
