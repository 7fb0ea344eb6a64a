"""Who sees which case: the matrix of role, office and restriction."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Office, Role, User
from cases import selectors
from cases.models import Case

MakeUser = Callable[..., User]


def without_token(page: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)


def restrict(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(restricted=True, version=case.version + 1)


@pytest.mark.parametrize("restricted", [False, True])
@pytest.mark.parametrize("own_office", [True, False])
@pytest.mark.parametrize("role", Role.values)
def test_matrix(
    make_user: MakeUser,
    office: Office,
    other_office: Office,
    case: Case,
    signed_in: Callable[[User], Client],
    role: str,
    own_office: bool,
    restricted: bool,
) -> None:
    if restricted:
        restrict(case)
    user = make_user(role, office if own_office else other_office, username="looker")
    sees = role in {"officer", "supervisor"} and (own_office or not restricted)
    assert selectors.visible_cases(user).filter(pk=case.pk).exists() is sees
    assert bool(selectors.find_people(user, "A012345678")) is sees
    assert bool(selectors.possible_duplicates(user=user, family_name="Quillworth")) is sees
    answer = signed_in(user).get(f"/cases/{case.id}/")
    expected = 200 if sees else 404 if role in {"officer", "supervisor"} else 403
    assert answer.status_code == expected


def test_a_hidden_case_looks_like_one_that_does_not_exist(
    other_officer: User, case: Case, signed_in: Callable[[User], Client]
) -> None:
    restrict(case)
    client = signed_in(other_officer)
    hidden = client.get(f"/cases/{case.id}/")
    absent = client.get(f"/cases/{other_officer.id}/")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert without_token(hidden.content) == without_token(absent.content)
    for path in ("status/", "facts/conduct/new/", "evidence/new/", "requests/new/"):
        assert client.get(f"/cases/{case.id}/{path}").status_code == 404


def test_another_office_reads_and_does_not_write(
    other_officer: User, case: Case, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(other_officer)
    page = client.get(f"/cases/{case.id}/")
    assert b"you can read it" in page.content
    answer = client.post(f"/cases/{case.id}/facts/conduct/new/", {"what": "x"})
    assert answer.status_code == 403
    assert b"North" in answer.content
