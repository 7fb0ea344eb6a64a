"""Session with CSRF token, or token; the table of routes; and nothing but problems where it goes wrong."""

from __future__ import annotations

import json
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Role
from accounts.tokens import ApiToken, issue_token, user_of_token
from ledger.actors import SYSTEM
from ledger.clock import now
from ledger.models import Entry
from tests import factories
from tests.api.speaking import Api, told
from tests.assessment import situations
from tests.assessment.situations import Situation


def test_nobody_gets_anything(at: Situation) -> None:
    before = Entry.objects.count()
    for address in ("cases/", f"cases/{at.case.pk}/", "review/", "schema/"):
        answer = Client().get(f"/api/v1/{address}")
        told(answer, 401)
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert b"Quillworth" not in answer.content
    told(Client().post("/api/v1/cases/", {"family_name": "X"}, content_type="application/json"), 401)
    assert Entry.objects.count() == before


def test_a_token_that_is_not_known_is_refused(at: Situation) -> None:
    for token in ("", "x", "Quillworth", "é" * 5, "a" * 5000):
        answer = Client().get("/api/v1/cases/", headers={"Authorization": f"Bearer {token}"})
        told(answer, 401)


def test_a_bad_token_is_not_mended_by_a_session(at: Situation) -> None:
    client = situations.client(at.officer)
    told(client.get("/api/v1/cases/"), 200)
    told(client.get("/api/v1/cases/", headers={"Authorization": "Bearer x"}), 401)


def test_a_token_opens_no_page(api: Api, at: Situation) -> None:
    answer = Client().get(f"/cases/{at.case.pk}/", headers={"Authorization": f"Bearer {api.token}"})
    assert answer.status_code == 302


def test_the_token_is_kept_as_a_digest_and_a_new_one_replaces_it(at: Situation) -> None:
    first = issue_token(actor=SYSTEM, user=at.officer)
    row = ApiToken.objects.get(user=at.officer)
    assert first not in (row.digest, str(row))
    assert user_of_token(first) == at.officer
    second = issue_token(actor=SYSTEM, user=at.officer)
    assert user_of_token(first) is None
    assert user_of_token(second) == at.officer
    entries = Entry.objects.filter(event="accounts.token.issued")
    assert entries.count() == 2
    assert all(first.encode() not in bytes(one.bytes) for one in entries)


def test_a_token_ends_by_itself_and_with_the_account(at: Situation) -> None:
    token = issue_token(actor=SYSTEM, user=at.officer, days=1)
    row = ApiToken.objects.get(user=at.officer)
    with time_machine.travel(row.expires_at, tick=False):
        assert user_of_token(token) is None
    assert row.expires_at > now()
    at.officer.is_active = False
    at.officer.save()
    assert user_of_token(token) is None


def test_the_command_prints_it_once(at: Situation) -> None:
    said = StringIO()
    call_command("create_api_token", at.officer.username, stdout=said)
    assert user_of_token(said.getvalue().strip()) == at.officer
    for wrong in (["nobody"], [at.officer.username, "--days", "0"], [at.officer.username, "--days", "999"]):
        with pytest.raises(CommandError):
            call_command("create_api_token", *wrong, stdout=said)


def test_a_session_writes_only_with_its_csrf_token(at: Situation) -> None:
    client = situations.client(at.officer)
    client.handler.enforce_csrf_checks = True
    address = f"/api/v1/cases/{at.case.pk}/facts/"
    body = json.dumps({"kind": "conduct", "what": "Rang the bell"})
    found = told(client.post(address, body, content_type="application/json"), 403)
    assert "CSRF" in found["detail"]
    assert at.case.facts.count() == 3
    page = client.get("/cases/new/").content.decode()
    csrf = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    told(client.post(address, body, content_type="application/json", headers={"X-CSRFToken": csrf}), 201)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN, Role.PRIVACY])
def test_other_roles_see_no_case(at: Situation, role: Role) -> None:
    other = Api(factories.user(role))
    before = Entry.objects.count()
    for address in ("cases/", f"cases/{at.case.pk}/", "review/"):
        assert "for these roles" in other.get(address, 403)["detail"]
    assert Entry.objects.count() == before
    other.get("schema/")


def test_an_operation_has_the_roles_of_its_page(at: Situation) -> None:
    """One address, two pages: a supervisor lists cases and records no person."""
    boss = Api(factories.user(Role.SUPERVISOR))
    boss.get("cases/")
    assert "officer" in boss.post("cases/", {"family_name": "Marl"}, 403)["detail"]
    assert "supervisor" in Api(at.officer).post("review/next/", status=403)["detail"]


def test_what_cannot_be_read(api: Api, at: Situation) -> None:
    address = f"/api/v1/cases/{at.case.pk}/facts/"
    headers = {"Authorization": f"Bearer {api.token}"}
    bodies = [b"{", b"[]", b'"x"', b"\xff\xfe", b'{"a": NaN}', b'{"what": "\\ud800"}', b"[" * 100_000]
    for body in bodies:
        answer = api.client.post(address, body, content_type="application/json", headers=headers)
        assert "could not be read" in told(answer, 400)["detail"]
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        told(api.client.post(address, b"what=x", content_type=kind, headers=headers), 415)
    large = b'{"what": "' + b"x" * (17 * 1024 * 1024) + b'"}'
    told(api.client.post(address, large, content_type="application/json", headers=headers), 413)
    assert at.case.facts.count() == 3


def test_unknown_addresses_and_methods(api: Api, at: Situation) -> None:
    for address in ("nothing/", "cases/x/", "cases", "assessments/1/"):
        for method in ("get", "post", "put"):
            told(api.send(method, address), 404)
    told(api.send("get", f"cases/{at.officer.pk}/"), 404)
    for method in ("put", "delete", "patch", "options", "trace"):
        answer = api.send(method, "cases/")
        told(answer, 405)
        assert {"GET", "POST"} <= set(answer["Allow"].replace(" ", "").split(","))


def test_json_comes_whatever_is_asked_for(api: Api) -> None:
    told(api.send("get", "cases/", Accept="text/html"), 200)
    told(api.send("get", "nothing/", Accept="text/html"), 404)
    told(api.send("get", "cases/?format=xml"), 200)


def test_a_failure_tells_nothing_but_its_id(api: Api, at: Situation, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("cases.services.note_case_opened", fail)
    answer = api.send("get", f"cases/{at.case.pk}/")
    told(answer, 500)
    assert b"secret" not in answer.content
    assert b"Quillworth" not in answer.content


def test_the_page_of_operations_needs_nothing_from_elsewhere(at: Situation) -> None:
    answer = situations.client(at.officer).get("/api/v1/docs/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<script" not in text.split("<main")[1]
    assert "://" not in text.split("<main")[1]
    for words in ("/api/v1/cases/{case_id}/facts/", "Sign a decision", 'id="conflict"', "family_name"):
        assert words in text
    assert Client().get("/api/v1/docs/").status_code == 302
