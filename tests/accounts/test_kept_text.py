"""Invariant 7 at the door: what was typed survives a session that ended and a token that was outdated."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User
from accounts.resume import unpack_fields
from tests import factories

LOGIN = "/accounts/login/"
ClientOf = Callable[..., Client]
TEXT = 'He said "no" & left <b>at night</b>\r\nSecond line – ✓'
FIELDS: dict[str, Any] = {
    "consequences": TEXT,
    "pins": ["a:1", "b:2"],
    "version": "3",
    "password": "a secret of theirs",
    "csrfmiddlewaretoken": "x",
}
ADDRESS = "/cases/0193a000-0000-7000-8000-000000000000/?edit=person"


def hidden(page: str) -> list[tuple[str, str]]:
    """Hidden fields of the page's main part, in order, without the token."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page.split("<main")[1])
    return [
        (html.unescape(name), html.unescape(value)) for name, value in found if name != "csrfmiddlewaretoken"
    ]


EXPECTED = [("consequences", TEXT), ("pins", "a:1"), ("pins", "b:2"), ("version", "3")]


def test_text_survives_a_session_that_ended(officer: User) -> None:
    client = Client()
    asked = client.post(ADDRESS, FIELDS)
    page = asked.content.decode()
    assert asked.status_code == 401
    assert "Your session ended" in page
    assert "a secret of theirs" not in page
    kept = dict(hidden(page))
    assert kept["next"] == ADDRESS
    assert unpack_fields(kept["resume"]) == EXPECTED

    wrong = client.post(LOGIN, {"username": "officer", "password": "wrong", **kept})
    assert wrong.status_code == 422
    assert unpack_fields(dict(hidden(wrong.content.decode()))["resume"]) == EXPECTED

    back = client.post(LOGIN, {"username": "officer", "password": factories.PASSWORD, **kept})
    page = back.content.decode()
    assert back.status_code == 200
    assert "Your text is kept" in page
    assert f'action="{ADDRESS}"' in page
    assert hidden(page) == EXPECTED
    assert "a secret of theirs" not in page
    assert "<b>at night" not in page
    assert factories.PASSWORD not in page


def test_nothing_of_a_visitor_is_stored(db: None) -> None:
    Client().post(ADDRESS, FIELDS)
    assert not Session.objects.exists()


def test_a_button_without_fields_is_not_lost_either(officer: User) -> None:
    """An address that takes only what is sent cannot be opened after sign-in; the person sends it again."""
    client = Client()
    kept = dict(hidden(client.post("/review/next/").content.decode()))
    page = client.post(
        LOGIN, {"username": "officer", "password": factories.PASSWORD, **kept}
    ).content.decode()
    assert 'action="/review/next/"' in page
    assert hidden(page) == []


def test_text_of_an_expired_session_survives_an_outdated_token(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(ADDRESS, FIELDS, headers={"Origin": "http://testserver"})
    assert answer.status_code == 401
    assert unpack_fields(dict(hidden(answer.content.decode()))["resume"]) == EXPECTED


def test_text_that_waits_in_the_sign_in_page_survives_its_outdated_token(officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    resume = json.dumps([list(pair) for pair in EXPECTED])
    answer = client.post(
        LOGIN,
        {"username": "officer", "password": factories.PASSWORD, "resume": resume, "next": ADDRESS},
        headers={"Origin": "http://testserver"},
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert dict(hidden(page)) == {"next": ADDRESS, "resume": resume}
    assert factories.PASSWORD not in page
    assert not Session.objects.exists()


def test_an_outdated_token_of_our_own_page_shows_the_text_again(officer: User, client_of: ClientOf) -> None:
    client = client_of(officer, strict=True)
    answer = client.post(ADDRESS, FIELDS, headers={"Origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "opened before your last sign-in" in page
    assert f'action="{ADDRESS}"' in page
    assert hidden(page) == EXPECTED
    assert "a secret of theirs" not in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "https://elsewhere.example/"},
        {},
    ],
    ids=str,
)
@pytest.mark.parametrize("address", [ADDRESS, LOGIN, "/accounts/logout/"])
@pytest.mark.parametrize("with_session", [True, False])
def test_what_another_site_sends_is_neither_done_nor_shown(
    officer: User, client_of: ClientOf, headers: dict[str, str], address: str, with_session: bool
) -> None:
    client = client_of(officer, strict=True) if with_session else Client(enforce_csrf_checks=True)
    sessions = Session.objects.count()
    answer = client.post(
        address,
        {**FIELDS, "username": "officer", "password": factories.PASSWORD, "resume": '[["x", "planted"]]'},
        headers=headers,
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "This page was outdated" in page
    for planted in ("at night", "planted", "a:1"):
        assert planted not in page
    assert Session.objects.count() == sessions


def test_a_partial_update_without_a_session_gets_401_and_no_page(db: None) -> None:
    for method in ("get", "post"):
        answer = getattr(Client(), method)(ADDRESS, headers={"HX-Request": "true"})
        assert answer.status_code == 401
        assert answer.content == b"Signed out. Your text is still in this page."


@pytest.mark.parametrize(
    "text",
    ["", "no json", "{}", "null", "[1]", '[["a"]]', '[["a", 1]]', '[["a", "b", "c"]]', '[{"a": "b"}]', '"x"'],
)
def test_a_damaged_resume_gives_no_field(text: str) -> None:
    assert unpack_fields(text) == []


@pytest.mark.parametrize(
    "text", ["no json", '[["password", "x"], ["csrfmiddlewaretoken", "x"], ["ok", "y"]]']
)
def test_a_damaged_or_planted_resume_harms_no_sign_in(officer: User, text: str) -> None:
    answer = Client().post(LOGIN, {"username": "officer", "password": factories.PASSWORD, "resume": text})
    assert answer.status_code == 200
    assert not {"password"} & {name for name, _ in hidden(answer.content.decode())}
    assert answer.content.count(b'name="csrfmiddlewaretoken"') == 2
