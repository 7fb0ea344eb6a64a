"""A client with a token, and what every refusal must look like."""

from __future__ import annotations

from typing import Any

from django.test import Client

from accounts.models import User
from accounts.tokens import issue_token
from ledger.actors import SYSTEM

PROBLEM = "application/problem+json"
INSIDES = ("Traceback", "<html", "<!DOCTYPE", "psycopg", "DoesNotExist", ".py")


class Api:
    """Requests of one person by token. Addresses are given behind `/api/v1/`."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.token = issue_token(actor=SYSTEM, user=user)
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        more: dict[str, Any] = {}
        if body is not None:
            more = {"data": body, "content_type": "application/json"}
        return getattr(self.client, method)(
            f"/api/v1/{address}", headers={"Authorization": f"Bearer {self.token}", **headers}, **more
        )

    def get(self, address: str, status: int = 200) -> Any:
        return told(self.send("get", address), status)

    def post(self, address: str, body: Any = None, status: int = 201) -> Any:
        return told(self.send("post", address, {} if body is None else body), status)

    def put(self, address: str, body: Any, status: int = 200) -> Any:
        return told(self.send("put", address, body), status)


def told(answer: Any, status: int) -> Any:
    """The body of an answer of that status; a refusal is checked for its form."""
    text = answer.content.decode()
    assert answer.status_code == status, text
    if status < 400:
        assert answer["Content-Type"] == "application/json"
        return answer.json()
    assert answer["Content-Type"] == PROBLEM
    found = answer.json()
    assert found["status"] == status
    assert found["title"]
    assert found["detail"]
    assert found["type"].startswith("/api/v1/docs/#")
    assert found["request_id"] == answer["X-Request-ID"]
    assert not any(word in text for word in INSIDES), text
    for one in found["errors"]:
        assert set(one) >= {"field", "reason", "next"}
        assert one["reason"]
    return found
