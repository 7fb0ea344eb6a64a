"""Invariant 8: a page that shows something leaves one entry before it answers, or it is not shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.signals import request_started
from django.db import close_old_connections, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accounts.models import Office, Role
from config.routes import PUBLIC, ROUTES, STAFF
from config.urls import urlpatterns as product
from ledger.models import Entry
from tests.architecture.pages import PAGES, SHOW_NOTHING, Page
from tests.architecture.scene import A_NUMBER, CONDUCT, FAMILY_NAME, RATIONALE, Scene, signed_in

SECRETS = (FAMILY_NAME, "Tamsin", A_NUMBER, CONDUCT, RATIONALE, "Millbrook")
INSIDES = ("Traceback", "permission denied", "ledger_entry", "psycopg", "DatabaseError", ".py")


def test_every_route_is_listed_as_showing_something_or_nothing() -> None:
    assert {page.route for page in PAGES} | set(SHOW_NOTHING) == set(ROUTES)
    assert not {page.route for page in PAGES} & set(SHOW_NOTHING)


@pytest.mark.sweep
def test_every_page_leaves_exactly_one_entry_of_its_event(scene: Scene) -> None:
    for page in PAGES:
        user = scene.person(page.role)
        before = set(Entry.objects.values_list("pk", flat=True))
        answer = signed_in(user).get(page.where(scene))
        assert answer.status_code == 200, str(page)
        if answer.streaming:
            answer.getvalue()  # A file that is sent is closed by whoever reads it to its end.
        new = list(Entry.objects.exclude(pk__in=before))
        assert [entry.event for entry in new] == [page.event], str(page)
        assert new[0].actor_id == str(user.pk), str(page)
        assert new[0].kind == "access", str(page)
        if page.event.startswith("cases.case"):
            assert new[0].case_id == scene.case.pk


@pytest.mark.sweep
def test_other_pages_leave_none(scene: Scene) -> None:
    for route in SHOW_NOTHING:
        role = "officer" if ROUTES[route] == PUBLIC else sorted(ROUTES[route])[0]
        before = Entry.objects.count()
        signed_in(scene.person(role)).get(scene.address(route))
        assert Entry.objects.count() == before, route
    for role in set(Role.values) - {"officer", "supervisor"}:
        before = Entry.objects.count()
        answer = signed_in(scene.person(role)).get("/")
        assert Entry.objects.count() == before, role
        assert FAMILY_NAME.encode() not in answer.content, role


@contextmanager
def _nothing_can_be_written(owner: Any) -> Iterator[None]:
    owner.execute("REVOKE INSERT ON public.ledger_entry FROM totality_app")
    try:
        yield
    finally:
        owner.execute("GRANT INSERT ON public.ledger_entry TO totality_app")


@pytest.mark.sweep
def test_what_cannot_be_logged_is_not_shown(scene: Scene, owner: Any) -> None:
    clients = {page.role: signed_in(scene.person(page.role)) for page in PAGES}
    for client in clients.values():
        client.raise_request_exception = False
    with _nothing_can_be_written(owner):
        for page in PAGES:
            answer = clients[page.role].get(page.where(scene))
            assert answer.status_code == 500, str(page)
            text = answer.content.decode()
            assert answer["X-Request-ID"] in text, str(page)
            for word in (*SECRETS, *INSIDES):
                assert word not in text, f"{page}: {word}"
    # And it was the missing right, not something else.
    page = PAGES[0]
    assert clients[page.role].get(page.where(scene)).status_code == 200


def test_a_change_that_cannot_be_logged_does_not_happen(scene: Scene, owner: Any) -> None:
    client = signed_in(scene.officer)
    client.raise_request_exception = False
    versions = scene.assessment.steps.get(step="consequences").version
    with _nothing_can_be_written(owner):
        for address, fields in (
            (scene.address("cases:fact-new"), {"what": "Something else", "on": "2024-01-01"}),
            (scene.address("assessment:decide"), {"decision_type": "custody:do"}),
            (scene.address("assessment:abandon"), {"decision": str(scene.draft.pk)}),
            (
                f"/assessments/{scene.assessment.pk}/consequences/",
                {"consequences": "Other words", "version": str(versions), "page": ""},
            ),
        ):
            assert client.post(address, fields).status_code == 500, address
    assert scene.case.facts.count() == 1
    assert scene.assessment.decisions.count() == 2
    scene.draft.refresh_from_db()
    assert scene.draft.state == "draft"
    row = scene.assessment.steps.get(step="consequences")
    assert (row.version, row.answers["consequences"]) == (versions, "Loses the work on the river.")


def test_autosave_leaves_no_entry(scene: Scene) -> None:
    row = scene.assessment.steps.get(step="consequences")
    before = Entry.objects.count()
    answer = signed_in(scene.officer).post(
        f"/assessments/{scene.assessment.pk}/consequences/",
        {"consequences": "Half a sen", "version": str(row.version), "page": "p"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    row.refresh_from_db()
    assert row.answers["consequences"] == "Half a sen"
    assert Entry.objects.count() == before


def test_a_head_request_is_a_reading_too(scene: Scene) -> None:
    before = Entry.objects.count()
    assert signed_in(scene.officer).head(scene.address("cases:detail")).status_code == 200
    assert Entry.objects.count() == before + 1


def _writes(request: HttpRequest) -> HttpResponse:
    Office.objects.create(key="written", name="By a reading")
    return HttpResponse("written")


urlpatterns = [*product, path("writes/", _writes, name="writes")]


@pytest.mark.urls("tests.architecture.test_reading_is_an_event")
def test_the_run_refuses_a_get_that_writes(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROUTES, "writes", STAFF)
    client = signed_in(scene.officer)
    for method in (client.get, client.head):
        with pytest.raises(AssertionError, match="A GET must not write"), transaction.atomic():
            method("/writes/")
    assert not Office.objects.filter(key="written").exists()
    assert client.post("/writes/").content == b"written"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO accounts_office (key, name) VALUES ('x', 'x')",
        "  update accounts_user set full_name = 'x'",
        "DELETE FROM cases_support",
        "TRUNCATE cases_support",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_run_refuses_a_raw_statement_during_a_get(db: None, method: str, statement: str) -> None:
    # Django's own receiver would close the connection of the test's transaction.
    request_started.disconnect(close_old_connections)
    try:
        request_started.send(sender=None, environ={"REQUEST_METHOD": method})
    finally:
        request_started.connect(close_old_connections)
    with connection.cursor() as cursor, pytest.raises(AssertionError, match="A GET must not write"):
        cursor.execute(statement)


def test_a_get_may_still_write_its_entry(scene: Scene) -> None:
    assert Client().get("/healthz").status_code == 200
    before = Entry.objects.count()
    signed_in(scene.officer).get(scene.address("cases:detail"))
    assert Entry.objects.count() == before + 1


def test_pages_are_told_apart() -> None:
    assert len({str(page) for page in PAGES}) == len(PAGES)
    assert all(isinstance(page, Page) for page in PAGES)
