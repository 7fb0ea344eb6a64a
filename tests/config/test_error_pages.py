"""Error pages say what happened and what to do, and nothing of the inside."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from accounts.models import User
from config.routes import ROUTES, STAFF
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as product
from tests import factories
from tests.architecture.scene import signed_in

__all__ = ["handler400", "handler403", "handler404", "handler500"]
INSIDES = (
    "Traceback",
    "Exception",
    "settings",
    "django",
    "psycopg",
    ".py",
    "DEBUG",
    "RuntimeError",
    "A012345678",
)


def _fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the person with A012345678")


def _forbids(request: HttpRequest) -> HttpResponse:
    from django.core.exceptions import PermissionDenied

    raise PermissionDenied("The draft is closed. Nothing was saved.")


urlpatterns = [*product, path("fails/", _fails, name="fails"), path("forbids/", _forbids, name="forbids")]


@pytest.fixture
def officer(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> User:
    settings.DEBUG = False
    for name in ("fails", "forbids"):
        monkeypatch.setitem(ROUTES, name, STAFF)
    return factories.user("officer")


def page_of(answer: Any) -> str:
    text = str(answer.content.decode())
    main = text.split("<main")[1].split("</main>")[0]
    assert text.count("<h1") == 1
    for word in INSIDES:
        assert word not in main, word
    return main


def test_a_page_that_does_not_exist(officer: User) -> None:
    for client in (Client(), signed_in(officer)):
        answer = client.get("/nowhere/")
        assert answer.status_code == 404
        main = page_of(answer)
        assert "There is no such page" in main
        assert "Nothing was changed" in main
        assert 'href="/"' in main
        assert "/nowhere/" not in main


@pytest.mark.parametrize(
    "address", ["/cases/%00/", "/cases/not-an-id/", "/policy/1999-01-01/", "/policy/on/tomorrow/"]
)
def test_an_address_that_cannot_be_is_not_found(officer: User, address: str) -> None:
    answer = signed_in(officer).get(address)
    assert answer.status_code == 404
    page_of(answer)


def test_a_page_for_other_roles(officer: User) -> None:
    answer = signed_in(officer).get("/log/")
    assert answer.status_code == 403
    main = page_of(answer)
    assert "It is for these roles: auditor." in main
    assert "Nothing was changed" in main


@pytest.mark.urls("tests.config.test_error_pages")
def test_a_refusal_gives_its_reason(officer: User) -> None:
    answer = signed_in(officer).get("/forbids/")
    assert answer.status_code == 403
    assert "The draft is closed. Nothing was saved." in page_of(answer)


@pytest.mark.urls("tests.config.test_error_pages")
def test_a_failure_shows_a_number_and_nothing_of_the_inside(officer: User) -> None:
    client = signed_in(officer)
    client.raise_request_exception = False
    answer = client.get("/fails/")
    assert answer.status_code == 500
    main = page_of(answer)
    assert "Something failed on our side" in main
    assert "Nothing was changed" in main
    assert answer["X-Request-ID"] in main
    assert officer.full_name not in answer.content.decode()
    assert client.get("/fails/")["X-Request-ID"] != answer["X-Request-ID"]


def test_too_many_fields_are_said(officer: User) -> None:
    client = signed_in(officer)
    answer = client.post("/cases/new/", {f"field{number}": "x" for number in range(4001)})
    assert answer.status_code == 400
    assert "could not read what was sent" in page_of(answer)


def test_a_text_of_ten_megabytes_is_answered(officer: User) -> None:
    answer = signed_in(officer).post("/cases/new/", {"family_name": "x" * 10_000_000})
    assert answer.status_code == 422


def test_a_text_that_is_too_long_for_the_server_is_said(officer: User) -> None:
    answer = signed_in(officer).post(
        "/cases/new/", {"family_name": "x" * 17_000_000}, content_type="text/plain"
    )
    assert answer.status_code in {400, 422}


def test_a_foreign_host_is_refused(officer: User) -> None:
    answer = Client().get("/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "elsewhere.example" not in answer.content.decode()


def test_a_method_that_a_page_does_not_know(officer: User) -> None:
    assert signed_in(officer).delete("/policy/").status_code == 405
