"""The auditor's pages: what they show, that they log their own reading first, and whom they turn away."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ledger import services
from ledger.ids import new_id
from ledger.models import Entry
from tests.ledger.samples import change, read, written

pytestmark = pytest.mark.django_db


def _log(client: Client, **query: Any) -> str:
    answer = client.get(reverse("ledger:log"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def _newest(event: str) -> dict[str, Any]:
    entry = Entry.objects.filter(event=event).order_by("-id").first()
    assert entry is not None
    document: dict[str, Any] = json.loads(bytes(entry.bytes))
    return document


def _shown(page: str) -> list[str]:
    found = re.findall(r'<th scope="row"[^>]*>\s*<a href="/log/([0-9a-f-]{36})/"', page)
    return [str(id) for id in found]


def test_the_log_shows_events_in_words_and_logs_the_listing(auditor: Client) -> None:
    case = new_id()
    entries = written(change(case), read(case))
    page = _log(auditor, case=str(case))
    assert _shown(page) == [str(entry.id) for entry in reversed(entries)]
    assert "Read a sample" in page
    assert "Jo Field, officer, north" in page
    assert f"Entries about the case {case}, newest first." in page
    listed = _newest("ledger.log.listed")
    assert listed["data"] == {"filter": {"case": str(case)}, "shown": _shown(page)}
    assert listed["actor"]["role"] == "auditor"
    assert listed["request"]


def test_older_entries_are_one_link_away_and_keep_the_filter(auditor: Client) -> None:
    entries = written(*(read() for _ in range(53)))
    first = _log(auditor, event="ledger.sample.read")
    assert len(_shown(first)) == 50
    link = re.search(r'href="/log/(\?[^"]*before=[^"]*)"', first)
    assert link is not None
    second = auditor.get("/log/" + link.group(1).replace("&amp;", "&")).content.decode()
    assert _shown(first) + _shown(second) == [str(entry.id) for entry in reversed(entries)]
    assert "before=" not in second.split("</table>")[1]


def test_an_empty_answer_says_what_to_do(auditor: Client) -> None:
    page = _log(auditor, case=str(new_id()))
    assert "No entry fits this filter" in page
    assert "show all entries" in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("case", "A123456789", "not the id of a case"),
        ("decision", "x", "not the id of a decision"),
        ("actor", "Jane Roe", "not the id of an actor"),
        ("from", "12/10/2024", "YYYY-MM-DD"),
        ("to", "2024-02-30", "YYYY-MM-DD"),
        ("event", "no.such.event", "not in the list"),
        ("room", "attic", "not in the list"),
        ("kind", "other", "not in the list"),
        ("before", "yesterday", "damaged"),
    ],
)
@pytest.mark.parametrize("name", ["ledger:log", "ledger:download"])
def test_a_filter_that_cannot_be_read_shows_no_entry(
    auditor: Client, name: str, field: str, value: str, says: str
) -> None:
    written(read())
    answer = auditor.get(reverse(name), {field: value})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert says in page
    assert _shown(page) == []
    assert not Entry.objects.filter(event__in=["ledger.log.listed", "ledger.log.downloaded"]).exists()


def test_days_the_wrong_way_round_are_said(auditor: Client) -> None:
    answer = auditor.get(reverse("ledger:log"), {"from": "2024-02-01", "to": "2024-02-01"})
    assert "must come after" in answer.content.decode()


def test_an_entry_shows_what_it_says_and_what_was_recomputed(auditor: Client) -> None:
    case = new_id()
    written(change(case))
    (entry,) = written(change(case, number=7, note="<b>kept apart</b>"))
    page = auditor.get(reverse("ledger:entry", args=[entry.id])).content.decode()
    assert "&lt;b&gt;kept apart&lt;/b&gt;" in page
    assert "<b>kept apart</b>" not in page
    assert page.count(bytes(entry.leaf_hash).hex()) == 2
    assert "numbers 1 to 2, and holds" in page
    assert "does not hold" not in page
    assert bytes(entry.bytes).decode().replace('"', "&quot;") in page
    assert "What these checks cannot detect" in page
    opened = _newest("ledger.entry.opened")
    assert opened["subject"] == {"entry": str(entry.id), "case": str(case)}
    assert opened["data"] == {"disclosures": 1}


def test_opening_takes_no_number_of_the_case(auditor: Client) -> None:
    (entry,) = written(change(new_id()))
    for _ in range(2):
        page = auditor.get(reverse("ledger:entry", args=[entry.id])).content.decode()
        assert "numbers 1 to 1, and holds" in page


def test_an_unknown_entry_is_not_found(auditor: Client) -> None:
    assert auditor.get(reverse("ledger:entry", args=[new_id()])).status_code == 404


def test_a_download_is_logged_before_it_is_sent(auditor: Client) -> None:
    case = new_id()
    (entry,) = written(change(case))
    answer = auditor.get(reverse("ledger:download"), {"case": str(case)})
    # Nothing of the stream has been read yet.
    logged = _newest("ledger.log.downloaded")
    assert logged["data"]["filter"] == {"case": str(case)}
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="log-\d{8}T\d{6}Z\.csv"', answer["Content-Disposition"])
    data = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert [row["id"] for row in csv.DictReader(io.StringIO(data))] == [str(entry.id)]


@pytest.mark.parametrize("name", ["ledger:log", "ledger:entry", "ledger:download"])
def test_what_cannot_be_logged_is_not_shown(
    auditor: Client, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (entry,) = written(change(new_id(), note="unseen"))

    def refuse(written: Any) -> tuple[str, list[Any]]:
        return "SELECT 1/0", []

    monkeypatch.setattr(services, "_statement", refuse)
    auditor.raise_request_exception = False
    answer = auditor.get(reverse(name, args=[entry.id] if name == "ledger:entry" else []))
    assert answer.status_code == 500
    assert str(entry.id) not in answer.content.decode()


@pytest.mark.parametrize("role", ["officer", "supervisor", "reviewer", "policy", "privacy", "admin"])
def test_other_roles_are_turned_away(signed_in: Callable[[str], Client], role: str) -> None:
    client = signed_in(role)
    (entry,) = written(change(new_id()))
    for address in (
        reverse("ledger:log"),
        reverse("ledger:download"),
        reverse("ledger:entry", args=[entry.id]),
    ):
        assert client.get(address).status_code == 403
    assert not Entry.objects.filter(event__startswith="ledger.log").exists()


def test_pages_have_labels_captions_and_scopes(auditor: Client) -> None:
    (entry,) = written(change(new_id(), note="x"))
    for page in (_log(auditor), auditor.get(reverse("ledger:entry", args=[entry.id])).content.decode()):
        main = page.split("<main")[1].split("</main>")[0]
        assert main.count("<table") == main.count("<caption") > 0
        assert not re.search(r"<th(?![^>]*scope=)(?:\s[^>]*)?>", main.replace("<thead>", ""))
        assert not re.search(r"<td(?![^>]*data-label=)", main)
        assert main.count("<h1") == 1
        for id in re.findall(r'<(?:input|select)[^>]*\bid="([^"]+)"', main):
            assert f'for="{id}"' in main or 'type="hidden"' in main
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", main)


def test_pages_take_few_questions(auditor: Client, query_budget: Any) -> None:
    entries = written(*(change(new_id(), note="x") for _ in range(60)))
    # An entry asks for its place in the tree as well: leaf and checkpoint, and once sealed witnesses and nodes.
    for address, most in ((reverse("ledger:log"), 8), (reverse("ledger:entry", args=[entries[0].id]), 12)):
        with query_budget(most):
            assert auditor.get(address).status_code == 200
