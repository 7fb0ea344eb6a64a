"""The pages: one entry a reading, what was typed comes back, and the number of queries does not grow with
the rows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import UNASSIGNED, Office, User
from cases import services
from cases.facts import KINDS
from cases.models import Case, Encounter, Evidence, Fact, LaterOutcome, RecordRequest, SourceLabel
from ledger.clock import now
from ledger.models import Entry

SignIn = Callable[[User], Client]


@pytest.fixture
def client(signed_in: SignIn, officer: User) -> Client:
    return signed_in(officer)


def events() -> list[str]:
    return [entry.event for entry in Entry.objects.order_by("id")]


def fill(officer: User, case: Case, rows: int) -> None:
    for number in range(rows):
        proof = services.record_evidence(
            actor=officer.actor(),
            user=officer,
            case=case,
            kind="court_record",
            source=f"Court {number}",
            source_relation="court",
            obtained_on=datetime.date(2024, 1, 1),
        )
        services.record_fact(
            actor=officer.actor(),
            user=officer,
            case=case,
            kind="conduct",
            details={"what": f"Conduct {number}"},
            evidence=[proof.id],
        )
        services.open_record_request(
            actor=officer.actor(), user=officer, case=case, record_kind="dispositions"
        )
        met = Encounter.objects.create(case=case, site=f"Site {number}", recorded_at=now())
        SourceLabel.objects.create(encounter=met, kind="charge", code="1234", text="Larceny by label")
        LaterOutcome.objects.create(encounter=met, status="Left by label")


def pages(case: Case) -> dict[str, str]:
    root = f"/cases/{case.id}/"
    paths = {
        "list": "/cases/",
        "search": "/cases/?q=quill&why=casework",
        "nobody": "/cases/?q=nobody&why=casework",
        "new": "/cases/new/?q=Tamsin Quillworth",
        "case": root,
        "status": f"{root}status/",
        "evidence": f"{root}evidence/new/",
        "request": f"{root}requests/new/",
    }
    return paths | {f"fact {kind}": f"{root}facts/{kind}/new/" for kind in KINDS}


def test_every_page_has_one_heading_and_every_field_a_label(
    client: Client, officer: User, case: Case
) -> None:
    fill(officer, case, 1)
    row, proof, request = Fact.objects.get(), Evidence.objects.get(), RecordRequest.objects.get()
    paths = pages(case) | {
        "change fact": f"/cases/{case.id}/facts/{row.id}/",
        "change evidence": f"/cases/{case.id}/evidence/{proof.id}/",
        "change request": f"/cases/{case.id}/requests/{request.id}/",
    }
    for name, path in paths.items():
        answer = client.get(path)
        assert answer.status_code == 200, name
        html = answer.content.decode()
        assert html.count("<h1") == 1, name
        ids = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* id="([^"]+)"', html)
        for one in ids:
            assert f'for="{one}"' in html, f"{name}: {one} has no label"
        assert len(re.findall(r' id="([^"]+)"', html)) == len(set(re.findall(r' id="([^"]+)"', html))), name
        assert not re.search(r"\bstyle=|<script>|\bon\w+=\"", html), name


def test_each_reading_is_one_entry_and_new_is_none(client: Client, case: Case) -> None:
    before = len(events())
    expected = {
        "list": ["cases.list.shown"],
        "search": ["cases.person.searched"],
        "nobody": ["cases.person.searched"],
        "new": [],
    }
    for name, path in pages(case).items():
        client.get(path)
        assert events()[before:] == expected.get(name, ["cases.case.opened"]), name
        before = len(events())


def test_a_search_is_written_down_without_its_words(client: Client, case: Case) -> None:
    client.get("/cases/?q=A012345678&why=casework")
    entry = Entry.objects.order_by("-id")[0]
    assert b"012345678" not in bytes(entry.bytes)
    assert str(case.id).encode() in bytes(entry.bytes)


@pytest.mark.parametrize("name", ["list", "search", "case", "status", "evidence"])
def test_queries_do_not_grow_with_the_rows(
    client: Client, officer: User, case: Case, make_case: Callable[..., Case], name: str
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(pages(case)[name]).status_code == 200
        return len([one for one in captured.captured_queries if one["sql"].lstrip('"').startswith("SELECT")])

    fill(officer, case, 1)
    few = count()
    fill(officer, case, 6)
    for _ in range(4):
        make_case(officer)
    assert count() == few


def test_labels_and_outcomes_stand_apart(client: Client, officer: User, case: Case) -> None:
    fill(officer, case, 1)
    html = client.get(f"/cases/{case.id}/").content.decode()
    labels, outcomes = html.index("Larceny by label"), html.index("Left by label")
    assert "cannot be pinned" in html[labels : labels + 400]
    assert html.index('id="timeline"') < html.index('id="outcomes"') < outcomes
    # What happened later stands in the timeline and nowhere else.
    assert html.count("Left by label") == 1


def new_person(**values: str) -> dict[str, str]:
    return {"family_name": "Quillworth", "given_name": "Tamsin", **values}


def test_duplicates_are_shown_before_a_second_record_is_made(client: Client, case: Case) -> None:
    shown = client.post("/cases/new/", new_person())
    html = shown.content.decode()
    assert (shown.status_code, Case.objects.count()) == (200, 1)
    assert "A012-345-678" in html
    assert 'value="Quillworth"' in html
    assert events()[-1] == "cases.person.searched"
    token = re.search(r'name="confirmed" value="(\w+)"', html)
    assert token
    assert client.post("/cases/new/", new_person(confirmed="guess")).status_code == 200
    assert client.post("/cases/new/", new_person(confirmed=token[1])).status_code == 302
    assert Case.objects.count() == 2


def test_a_new_person_with_an_encounter(client: Client) -> None:
    answer = client.post(
        "/cases/new/",
        {
            "family_name": "Marlowe",
            "a_number": "A 12345678",
            "met_on": "2024-10",
            "site": "Jail",
            "custody": "custodial",
        },
    )
    assert answer.status_code == 302
    assert Encounter.objects.get().custody == "custodial"


def test_what_was_typed_comes_back_with_the_errors(client: Client, case: Case) -> None:
    typed = {
        f"/cases/{case.id}/facts/conviction/new/": {"description": "Typed offense", "on": "soon"},
        f"/cases/{case.id}/evidence/new/": {"caption": "Typed caption", "obtained_on": "yesterday"},
        f"/cases/{case.id}/requests/new/": {"note": "Typed note"},
        "/cases/new/": {"given_name": "Typed", "birth": "long ago"},
        f"/cases/{case.id}/status/": {"charge_other": "Typed statute", "charge": ""},
    }
    for path, values in typed.items():
        answer = client.post(path, values)
        assert answer.status_code == 422, path
        html = answer.content.decode()
        assert 'id="error-summary"' in html, path
        for value in values.values():
            assert value in html, path


def test_a_conflict_shows_both_texts_and_sending_again_saves(
    client: Client, officer: User, case: Case
) -> None:
    fill(officer, case, 1)
    row = Fact.objects.get()
    path = f"/cases/{case.id}/facts/{row.id}/"
    assert client.post(path, {"what": "Theirs", "version": "1"}).status_code == 302
    answer = client.post(path, {"what": "Mine", "version": "1"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Conduct: Theirs" in html
    assert "Conduct: Mine" in html
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version
    assert client.post(path, {"what": "Mine", "version": version[1]}).status_code == 302
    assert Fact.objects.get().details["what"] == "Mine"


def test_the_status_page_is_saved_and_read_back(client: Client, case: Case) -> None:
    path = f"/cases/{case.id}/status/"
    answer = client.post(
        path,
        {
            "charge": "237(a)(1)(B)",
            "bases": ["admission_record"],
            "citizenship_claim": "no",
            "protected_country_of_birth": "Zubrowka",
        },
    )
    assert answer.status_code == 302
    html = client.get(path).content.decode()
    assert "Zubrowka" not in html
    assert "Still open" in html
    page = client.get(f"/cases/{case.id}/").content.decode()
    assert "Zubrowka" not in page
    assert "Charge 237(a)(1)(B)" in page


def test_a_supervisor_reads_and_an_officer_keeps_the_record(
    signed_in: SignIn, make_user: Callable[..., User], case: Case
) -> None:
    supervisor = signed_in(make_user("supervisor", case.office))
    html = supervisor.get(f"/cases/{case.id}/").content.decode()
    assert "/facts/conduct/new/" not in html
    before = Entry.objects.count()
    refused = supervisor.get(f"/cases/{case.id}/facts/conduct/new/")
    assert refused.status_code == 403
    # A page that leaves no entry names nobody.
    assert Entry.objects.count() == before
    assert case.person.family_name not in refused.content.decode()


def test_the_header_names_the_office(client: Client, officer: User, case: Case) -> None:
    header = client.get(f"/cases/{case.id}/").content.decode().partition("<main")[0]
    assert officer.office.name in header


def test_withdrawing_a_fact(client: Client, officer: User, case: Case) -> None:
    fill(officer, case, 1)
    row = Fact.objects.get()
    assert client.post(f"/cases/{case.id}/facts/{row.id}/", {"withdraw": "1"}).status_code == 302
    assert Fact.objects.get().withdrawn
    assert client.get(f"/cases/{case.id}/facts/{row.id}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "before=nonsense",
        "office=nowhere&state=x",
        "office=",
        "state=closed",
        "q=%00",
        "why=review&q=" + "x" * 3000,
    ],
)
def test_odd_addresses_are_answered(client: Client, case: Case, query: str) -> None:
    assert client.get(f"/cases/?{query}").status_code == 200


def test_the_list_goes_on_by_keyset(client: Client, officer: User, make_case: Any) -> None:
    for number in range(27):
        make_case(officer, family_name=f"Person{number:02d}")
    first = client.get("/cases/").content.decode()
    assert "Person26" in first
    assert "Person01" not in first
    older = re.search(r'href="([^"]*before=[^"]*)"', first)
    assert older
    second = client.get(older[1].replace("&amp;", "&")).content.decode()
    assert "Person01" in second
    assert "Person02" not in second


def test_a_person_of_an_extract_gets_a_name_and_a_number(
    client: Client, officer: User, make_case: Any
) -> None:
    case = make_case(officer, family_name="", given_name="", birth=None, a_number="A7654321")
    path = f"/cases/{case.id}/?edit=person"
    assert b"Name not recorded" in client.get(path).content
    typed = {"family_name": "Marlowe", "birth": "1982", "a_number": "A 012-345-678", "version": "1"}
    assert client.post(path, typed).status_code == 302
    html = client.get(f"/cases/{case.id}/").content.decode()
    assert "Marlowe" in html
    assert "A012-345-678" in html
    assert "A007-654-321" in html
    assert client.post(path, {"family_name": "Late", "version": "1"}).status_code == 409
    assert events()[-2:] == ["cases.case.opened", "cases.case.opened"]
    assert {"cases.identifier.recorded", "cases.person.changed"} <= set(events())


def test_an_identifier_of_somebody_else_keeps_the_rest_too(
    client: Client, officer: User, case: Case, make_case: Any
) -> None:
    other = make_case(officer, family_name="Second")
    path = f"/cases/{other.id}/?edit=person"
    answer = client.post(path, {"family_name": "Third", "a_number": "A012345678", "version": "1"})
    assert answer.status_code == 422
    assert b"already recorded for another person" in answer.content
    other.person.refresh_from_db()
    assert other.person.family_name == "Second"


def test_an_encounter_recorded_by_hand(client: Client, case: Case) -> None:
    path = f"/cases/{case.id}/facts/encounter/new/"
    assert client.get(path).status_code == 200
    assert client.post(path, {}).status_code == 422
    assert client.post(path, {"met_on": "2024-10-03", "site": "Jail"}).status_code == 302
    assert b"Jail" in client.get(f"/cases/{case.id}/").content


def test_the_page_takes_panels_of_rooms_above(client: Client, case: Case, monkeypatch: Any) -> None:
    from django.core.exceptions import ImproperlyConfigured

    from cases import panels

    monkeypatch.setattr(panels, "_panels", {})
    panels.register(
        "extra",
        "Extra title",
        lambda case, user: {"q": "from the panel", "people": [], "reason": "", "why": "", "kept": ""},
        "cases/search.html",
    )
    assert b"Extra title" in client.get(f"/cases/{case.id}/").content
    with pytest.raises(ImproperlyConfigured):
        panels.register("extra", "Another", lambda case, user: {}, "cases/search.html")


def test_the_timeline_says_the_same_in_a_table(client: Client, case: Case) -> None:
    client.post(f"/cases/{case.id}/facts/conduct/new/", {"what": "Dated conduct", "on": "about 2012"})
    html = client.get(f"/cases/{case.id}/").content.decode()
    timeline = html[html.index('id="timeline"') :]
    assert "<svg" in timeline
    assert "<desc" in timeline
    assert "Dated conduct" in timeline


@pytest.mark.parametrize(
    ("name", "most"), [("list", 8), ("search", 10), ("case", 9), ("status", 9), ("new", 2)]
)
def test_pages_keep_within_their_queries(
    client: Client, officer: User, case: Case, query_budget: Any, name: str, most: int
) -> None:
    """Session, user, the entry with its savepoint, and the reads of the page."""
    fill(officer, case, 5)
    client.post(f"/cases/{case.id}/status/", {"charge": "237(a)(1)(B)", "bases": ["admission_record"]})
    client.get("/cases/new/")  # takes the message of the save out of the session
    client.get("/cases/?q=Quill&why=casework")  # the session keeps a reason once, when it is chosen
    with query_budget(most):
        assert client.get(pages(case)[name]).status_code == 200


def test_the_list_of_the_own_office_leads_to_what_no_office_has_taken(client: Client) -> None:
    assert "that no office has taken yet" not in client.get("/cases/").content.decode()
    Office.objects.get_or_create(key=UNASSIGNED, defaults={"name": "Unassigned"})
    page = client.get("/cases/").content.decode()
    assert '<a href="/cases/?office=unassigned&amp;state=open">Unassigned</a>' in page
    assert "that no office has taken yet" not in client.get("/cases/?office=unassigned").content.decode()


def test_a_fact_is_saved_on_the_way_to_its_evidence(client: Client, case: Case) -> None:
    address = f"/cases/{case.id}/facts/conduct/new/"
    assert 'name="then"' in client.get(address).content.decode()
    sent = {"what": "Broke a window", "then": "evidence"}
    answer = client.post(address, sent)
    assert answer["Location"] == f"/cases/{case.id}/evidence/new/"
    assert "Broke a window" in Fact.objects.get().details.values()
    status = client.post(f"/cases/{case.id}/status/", {"version": "0", "then": "evidence"})
    assert status["Location"] == f"/cases/{case.id}/evidence/new/"
