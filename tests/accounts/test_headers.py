"""Headers that every answer carries, good or bad, and the cookies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


def held(answer: Any) -> None:
    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part.strip()
    )
    assert policy == POLICY
    assert "Content-Security-Policy-Report-Only" not in answer
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert len(answer["X-Request-ID"]) == 36
    assert "Server" not in answer
    assert "X-Powered-By" not in answer


def test_every_kind_of_answer_has_them(officer: User, client_of: Callable[..., Client]) -> None:
    visitor, client = Client(), client_of(officer)
    answers = [
        (visitor.get("/accounts/login/"), 200),
        (visitor.get("/healthz"), 200),
        (visitor.get("/"), 302),
        (visitor.post("/cases/"), 401),
        (visitor.get("/nowhere/"), 404),
        (client.get("/"), 200),
        (client.get("/log/"), 403),
        (client.get("/nowhere/"), 404),
        (client.post("/policy/"), 405),
        (Client(enforce_csrf_checks=True).post("/accounts/login/"), 403),
    ]
    for answer, status in answers:
        assert answer.status_code == status
        held(answer)
        assert answer["Cache-Control"] == "no-store"


def test_a_failure_has_them_too(officer: User, client_of: Callable[..., Client], owner: Any) -> None:
    client = client_of(officer)
    client.raise_request_exception = False
    owner.execute("REVOKE INSERT ON public.ledger_entry FROM totality_app")
    try:
        answer = client.get("/cases/")
    finally:
        owner.execute("GRANT INSERT ON public.ledger_entry TO totality_app")
    assert answer.status_code == 500
    held(answer)


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(
    officer: User, client_of: Callable[..., Client]
) -> None:
    client = client_of(officer, strict=True)
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
    assert not client.cookies["sessionid"]["max-age"], "The session ends with the browser."


def test_each_request_has_its_own_number(db: None) -> None:
    numbers = {Client().get("/healthz")["X-Request-ID"] for _ in range(3)}
    assert len(numbers) == 3


@pytest.mark.parametrize("word", ["script", "style", "object"])
def test_nothing_inline_is_allowed(db: None, word: str) -> None:
    policy = Client().get("/accounts/login/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert f"{word}-src" in policy
