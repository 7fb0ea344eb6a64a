"""The pages and files: what they show, that each reading is an entry first, and whom they turn away."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from cases.models import ActionKind
from ledger.models import Entry
from tests import factories
from tests.assessment.situations import client
from tests.oversight.records import action, arrest, day, many, officer_of, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor() -> Client:
    return client(factories.user(Role.AUDITOR))


def _newest(event: str) -> dict[str, Any]:
    entry = Entry.objects.filter(event=event).order_by("-id").first()
    assert entry is not None
    data: dict[str, Any] = json.loads(bytes(entry.bytes))["data"]
    return data


def _file(auditor: Client, report: str, **query: str) -> list[list[str]]:
    answer = auditor.get(reverse("oversight:download", args=[report]), query)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_the_list_names_what_it_found_and_so_does_its_entry(auditor: Client) -> None:
    decision = row(officer_of())
    arrest(decision.case, day(-3))
    answer = auditor.get(reverse("oversight:list", args=["signed-after"]), {"from": "2024-01-01"})
    page = answer.content.decode()
    assert (
        "Actions and decisions from 2024-01-01; a decision goes with an action at most 30 days away." in page
    )
    assert "(3 days after)" in page
    assert _newest("oversight.report.shown") == {
        "report": "signed-after",
        "filter": {"from": "2024-01-01"},
        "cases": [str(decision.case_id)],
    }


def test_a_page_begins_with_the_last_year(auditor: Client) -> None:
    page = auditor.get(reverse("oversight:coverage")).content.decode()
    assert "Actions and decisions from 2023-12-10;" in page
    assert "There is no imported action and no signed decision under this filter" in page


def test_more_lines_are_one_link_away(auditor: Client) -> None:
    many(52, officer_of())
    address = reverse("oversight:list", args=["no-action"])
    first = auditor.get(address, {"from": ""})
    assert len(first.context["page"].lines) == 50
    second = auditor.get(f"{address}?{first.context['more']}")
    assert len(second.context["page"].lines) == 2
    assert "This is the last line under this filter." in second.content.decode()
    assert auditor.get(address, {"after": "x"}).status_code == 404
    assert auditor.get(reverse("oversight:list", args=["nothing"])).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("from", "12/10/2024", "YYYY-MM-DD"),
        ("office", "atlantis", "not in the list"),
        ("within", "many", "whole number of days"),
    ],
)
def test_a_filter_that_cannot_be_read_shows_and_logs_nothing(
    auditor: Client, field: str, value: str, says: str
) -> None:
    answer = auditor.get(reverse("oversight:coverage"), {field: value})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert value in answer.content.decode()
    assert not Entry.objects.filter(event__startswith="oversight.").exists()


def test_a_file_carries_its_filter_in_words(auditor: Client) -> None:
    decision = row(officer_of("north", "=North"))
    head, filter, counted, empty, names, *lines = _file(auditor, "no-action", office="north")
    assert head == ["Report", "Decisions without an action"]
    assert filter[1] == (
        "Actions and decisions of the office “=North”; a decision goes with an action at most 30 days away."
    )
    assert "masks are left out" in counted[1]
    assert empty == []
    assert [dict(zip(names, line, strict=True))["case_id"] for line in lines] == [str(decision.case_id)]
    assert lines[0][1] == "'=North"
    assert _newest("oversight.report.downloaded") == {
        "report": "no-action",
        "filter": {"office": "north"},
    }


def test_lists_and_files_name_the_step_and_the_action(auditor: Client) -> None:
    decision = row(officer_of(), type="removal_execution")
    action(decision.case, ActionKind.REMOVED, day(-3))
    lifted = action(decision.case, ActionKind.DETAINER_LIFTED, day(0))
    names, line = _file(auditor, "signed-after")[4:]
    told = dict(zip(names, line, strict=True))
    assert (told["action"], told["type"], told["direction"]) == ("removed", "removal_execution", "do")
    names, line = _file(auditor, "no-decision")[4:]
    told = dict(zip(names, line, strict=True))
    assert (told["id"], told["action"], told["type"], told["direction"]) == (
        str(lifted.pk),
        "detainer_lifted",
        "detainer",
        "undo",
    )
    pages = [
        " ".join(auditor.get(reverse("oversight:list", args=[name])).content.decode().split())
        for name in ("signed-after", "no-decision")
    ]
    assert "Execute a removal order</td>" in pages[0]
    assert "(Removed)" in pages[0]
    assert "Lift a detainer</td>" in pages[1]
    assert "(Detainer lifted)" in pages[1]


@pytest.mark.parametrize("report", ["coverage", "no-variation", "outside-the-lists", "no-decision"])
def test_every_report_is_a_file(auditor: Client, report: str) -> None:
    many(30, officer_of())
    lines = _file(auditor, report, **{"from": ""})
    assert len({len(line) for line in lines[4:]}) == 1
    if report == "coverage":
        assert lines[5] == ["Los Angeles", "0", "0", "30", "30", "0"]


def test_pages_take_no_more_queries_for_more_lines(auditor: Client, query_budget: Any) -> None:
    many(12, officer_of())
    for name, arguments in (
        ("coverage", []),
        ("list", ["no-action"]),
        ("no-variation", []),
        ("outside", []),
    ):
        with query_budget(12):
            assert auditor.get(reverse(f"oversight:{name}", args=arguments), {"from": ""}).status_code == 200
