"""A pasted rap sheet becomes rows after a preview; nothing is written before, and what cannot be read stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases.models import Case, Fact
from cases.rap_sheet.reader import MOST_ROWS, read

SHEET = """2014-03-02, Millbrook PD, DUI, Cal. Veh. Code 23152(a), Convicted on plea of guilty, 3 days jail
2019-07-11, Eastvale Sheriff, Petty theft, Cal. Penal Code 488, Dismissed
here is a line that says nothing of any case
"""


def test_a_disposition_of_conviction_makes_one_and_nothing_else_does() -> None:
    sheet = read(SHEET)
    assert [(row.on, row.kind) for row in sheet.rows] == [
        ("2014-03-02", "conviction"),
        ("2019-07-11", "arrest"),
    ]
    assert sheet.unread == ["here is a line that says nothing of any case"]


@pytest.mark.parametrize(
    "text", ["", "\x00", "-----", "a" * 300_000, "2019-01-01, x\n" * 500, "\u0300" * 5000]
)
def test_it_never_raises_and_loses_nothing(text: str) -> None:
    sheet = read(text)
    assert len(sheet.rows) <= MOST_ROWS
    kept = sum(len(line) for line in sheet.unread) + sum(len(row.source) for row in sheet.rows)
    assert kept >= 0 if not text.strip("-\x00\n ") else kept > 0


def fields_of(html: str) -> dict[str, Any]:
    """The form of the page as a browser would send it back."""
    form = html[html.index("<form", html.index("<main")) :]
    values: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="radio"' not in tag or "checked" in tag):
            values[name.group(1)] = value.group(1) if value else ""
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"\s+selected', body)
        values[name] = chosen.group(1) if chosen else ""
    return values


@pytest.mark.django_db
def test_nothing_is_written_before_the_rows_are_recorded(
    signed_in: Callable[[User], Client], officer: User, case: Case
) -> None:
    client = signed_in(officer)
    address = f"/cases/{case.id}/rap-sheet/"
    preview = client.post(address, {"text": SHEET, "do": "read"})
    assert preview.status_code == 200
    assert not Fact.objects.filter(case=case).exists()
    assert "here is a line that says nothing" in preview.content.decode()
    sent = fields_of(preview.content.decode()) | {"do": "record", "text": ""}
    for _ in range(2):  # A second press records nothing more.
        client.post(address, sent)
        assert sorted(Fact.objects.filter(case=case).values_list("kind", flat=True)) == [
            "arrest",
            "conviction",
        ]
