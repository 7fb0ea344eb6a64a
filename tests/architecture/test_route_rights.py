"""Invariant 10: who may reach which route is one table, default is deny, and the pages agree with the table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path

from accounts.models import Role
from config.routes import PUBLIC, ROUTES
from config.urls import urlpatterns as product
from ledger.models import Entry
from tests.architecture.scene import FAMILY_NAME, Scene, signed_in

GUARDED = sorted(name for name, roles in ROUTES.items() if roles != PUBLIC)
# The answer of a page to a method that it does not know; the right to the route was granted before.
NOT_ALLOWED = 405
# An address of two operations: this one has the roles of the page that does the same.
NARROWER = {("api:cases", "post"): "cases:new"}
# The answer of an operation to a form: the body of a program is JSON. The right was granted before.
NOT_JSON = 415


def routes(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Names of every address, as `<room>:<name>`."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, prefix + (f"{one.namespace}:" if one.namespace else ""))
        else:
            assert isinstance(one, URLPattern)
            assert one.name, f"{one.pattern} has no name, so nothing can be said about it"
            yield prefix + one.name


def is_operation(name: str) -> bool:
    """Whether a program calls it; the page that describes the operations is a page like others."""
    return name.startswith("api:") and name != "api:docs"


def test_the_table_and_the_addresses_are_the_same() -> None:
    assert sorted(routes()) == sorted(ROUTES)


def test_the_table_names_roles_that_exist() -> None:
    for name, roles in ROUTES.items():
        assert roles, f"{name} is open to nobody"
        assert roles == PUBLIC or roles <= set(Role.values), name


def test_only_these_are_public() -> None:
    public = {name for name, roles in ROUTES.items() if roles == PUBLIC}
    assert public == {"accounts:login", "healthz", "readyz", "receipt"}


def test_an_administrator_decides_nothing_and_sees_no_case() -> None:
    for name, roles in ROUTES.items():
        if name.partition(":")[0] in {"cases", "assessment", "review", "ledger"} or (
            name.startswith("api:") and name not in {"api:schema", "api:docs"}
        ):
            assert Role.ADMIN not in roles, name


@pytest.mark.sweep
@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete", "patch", "options"])
def test_an_anonymous_visitor_gets_nothing(scene: Scene, method: str) -> None:
    before = Entry.objects.count()
    for name in GUARDED:
        answer = getattr(Client(), method)(scene.address(name))
        if name == "accounts:logout":
            # Nobody wants to come back to it after sign-in.
            assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
        elif is_operation(name):
            # A program is told so and not sent to a form.
            assert answer.status_code == 401, name
            assert answer["Content-Type"] == "application/problem+json", name
        elif method == "post":
            assert answer.status_code == 401, name
            assert b'name="password"' in answer.content
        else:
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/accounts/login/?next="), name
        for secret in (FAMILY_NAME, str(scene.draft.pk), "Millbrook"):
            assert secret.encode() not in answer.content, name
    assert Entry.objects.count() == before


@pytest.mark.sweep
@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_reaches_what_the_table_says(scene: Scene, role: str, method: str) -> None:
    client = signed_in(scene.person(role))
    for name in GUARDED:
        ends = {"assessment:abandon", "assessment:task-done"}
        if name == "accounts:logout" or (name in ends and method == "post"):
            continue  # Each ends what the next ones need; they have tests of their own.
        before = Entry.objects.count()
        answer = getattr(client, method)(scene.address(name))
        if answer.streaming:
            answer.getvalue()  # A file that is sent is closed by whoever reads it to its end.
        if role in ROUTES[NARROWER.get((name, method), name)]:
            expected = {200, 302, 409, 422, NOT_ALLOWED}
            if is_operation(name):
                expected.add(NOT_JSON)
            elif name == "cases:merge-undo":
                expected.add(404)  # Nobody was merged in this scene.
            assert answer.status_code in expected or (
                answer.status_code == 403 and b"It is for these roles" not in answer.content
            ), (name, answer.status_code)
        else:
            assert answer.status_code == 403, name
            assert b"It is for these roles" in answer.content
            assert FAMILY_NAME.encode() not in answer.content, name
            assert Entry.objects.count() == before, f"{name} did something before it refused"


def _forgotten(request: object) -> HttpResponse:
    return HttpResponse("a page that somebody forgot to enter")


handler403 = "config.views.forbidden"
urlpatterns = [*product, path("forgotten/", _forgotten, name="forgotten"), path("nameless/", _forgotten)]


@pytest.mark.urls("tests.architecture.test_route_rights")
@pytest.mark.parametrize("address", ["/forgotten/", "/nameless/"])
def test_a_route_that_is_missing_in_the_table_is_refused_for_everybody(scene: Scene, address: str) -> None:
    assert Client().get(address).status_code == 302
    for role in Role.values:
        answer = signed_in(scene.person(role)).get(address)
        assert answer.status_code == 403
        assert b"somebody forgot" not in answer.content
