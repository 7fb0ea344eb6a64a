"""Sign-in and sign-out: what opens a session, what is refused in which words, and the entry that each leaves."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User
from ledger.models import Disclosure, Entry
from tests import factories
from tests.architecture.scene import Scene, build, signed_in

LOGIN = "/accounts/login/"
ClientOf = Callable[..., Client]
Events = Callable[[], list[str]]


def send(client: Client, username: str, password: str, **more: str) -> Any:
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_the_page_asks_for_both_fields_and_chooses_nothing(db: None) -> None:
    page = Client().get(LOGIN).content.decode()
    assert 'name="username"' in page
    assert 'name="password"' in page
    assert 'autocomplete="current-password"' in page
    assert "authorized use only" in page


def test_the_right_password_opens_a_session_and_leaves_an_entry(officer: User, events: Events) -> None:
    client = Client()
    answer = send(client, "officer", factories.PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert events() == ["accounts.session.opened"]
    entry = Entry.objects.get(event="accounts.session.opened")
    assert (entry.actor_id, entry.actor_role) == (str(officer.pk), "officer")
    assert "My work" in client.get("/").content.decode()


def test_a_signed_in_person_who_opens_the_page_goes_on(officer: User, client_of: ClientOf) -> None:
    answer = client_of(officer).get(LOGIN, {"next": "/policy/"})
    assert (answer.status_code, answer["Location"]) == (302, "/policy/")


def test_a_new_sign_in_gets_a_new_session_key(officer: User) -> None:
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["planted"] = "x"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted or ""
    send(client, "officer", factories.PASSWORD)
    assert client.session.session_key != planted
    assert not Session.objects.filter(pk=planted).exists()


@pytest.mark.parametrize(
    ("username", "password"),
    [("officer", "wrong"), ("nobody", factories.PASSWORD), ("OFFICER", factories.PASSWORD)],
)
def test_a_refusal_says_the_same_whatever_was_wrong(
    officer: User, events: Events, username: str, password: str
) -> None:
    answer = send(Client(), username, password)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "do not match an active account" in page
    assert "after five failures" in page
    assert "locked for 15 minutes" in page
    assert 'role="alert"' in page
    assert f'value="{username}"' in page
    assert password not in page
    assert events() == ["accounts.session.refused"]


def test_an_inactive_account_is_refused_in_the_same_words(officer: User, events: Events) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False)
    answer = send(Client(), "officer", factories.PASSWORD)
    assert answer.status_code == 422
    assert "do not match an active account" in answer.content.decode()
    assert events() == ["accounts.session.refused"]


def test_a_session_ends_when_the_account_is_made_inactive(officer: User, client_of: ClientOf) -> None:
    client = client_of(officer)
    assert client.get("/").status_code == 200
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get("/").status_code == 302


def test_a_session_ends_when_the_password_changes(officer: User, client_of: ClientOf) -> None:
    client = client_of(officer)
    officer.set_password("another long passphrase")
    officer.save()
    assert client.get("/").status_code == 302


def test_empty_fields_are_named(officer: User, events: Events) -> None:
    answer = send(Client(), "", "")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Type your user name." in page
    assert "Type your password." in page
    assert events() == []


def test_a_refused_name_is_committed_and_no_password_is_kept(officer: User) -> None:
    """The name as typed may be a password in the wrong field."""
    send(Client(), "my secret passphrase", "another secret")
    entry = Entry.objects.get(event="accounts.session.refused")
    assert b"secret" not in bytes(entry.bytes)
    assert entry.actor_name != "my secret passphrase"
    opened = [json.loads(bytes(one.value_bytes)) for one in Disclosure.objects.filter(entry_id=entry.pk)]
    assert opened == ["my secret passphrase"]


def test_no_password_is_kept_by_the_lock_out(officer: User) -> None:
    send(Client(), "officer", "wrong password here")
    for attempt in AccessAttempt.objects.all():
        assert "wrong password here" not in attempt.post_data
        assert "wrong password here" not in attempt.get_data


def test_five_failures_lock_the_name_for_fifteen_minutes(officer: User, events: Events) -> None:
    client = Client()
    answers = [send(client, "officer", "wrong").status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]
    right = send(Client(), "officer", factories.PASSWORD)
    assert right.status_code == 429
    assert "locked for 15 minutes" in right.content.decode()
    assert events() == ["accounts.session.refused"] * 6
    locked = [json.loads(bytes(entry.bytes))["data"]["locked"] for entry in Entry.objects.order_by("pk")]
    assert locked == [False, False, False, False, True, True]


def test_the_lock_is_of_one_name_and_passes_by_itself(officer: User) -> None:
    other = factories.user("officer", username="officer2")
    for _ in range(5):
        send(Client(), "officer", "wrong")
    assert send(Client(), other.username, factories.PASSWORD).status_code == 302
    assert send(Client(), "officer", factories.PASSWORD).status_code == 429
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            attempt_time=attempt.attempt_time - datetime.timedelta(minutes=16)
        )
    assert send(Client(), "officer", factories.PASSWORD).status_code == 302


def test_four_failures_are_forgotten_after_a_success(officer: User) -> None:
    for _ in range(4):
        send(Client(), "officer", "wrong")
    assert send(Client(), "officer", factories.PASSWORD).status_code == 302
    for _ in range(4):
        assert send(Client(), "officer", "wrong").status_code == 422


@pytest.fixture
def scene(db: None) -> Scene:
    made = build()
    made.officer.set_password(factories.PASSWORD)
    made.officer.save()
    return made


def test_wrong_passwords_while_signing_lock_the_account_too(scene: Scene) -> None:
    from assessment.models import Decision

    client = signed_in(scene.officer)
    address = f"/assessments/{scene.assessment.pk}/submit/"
    fields = {"decision": str(scene.draft.pk), "password": "wrong"}
    statuses = [client.post(address, fields).status_code for _ in range(5)]
    assert statuses[:4] == [422] * 4
    assert statuses[4] == 429
    assert client.post(address, {**fields, "password": factories.PASSWORD}).status_code == 429
    assert send(Client(), scene.officer.username, factories.PASSWORD).status_code == 429
    assert Decision.objects.get(pk=scene.draft.pk).state == "draft"


def test_sign_out_ends_the_session_and_leaves_an_entry(
    officer: User, client_of: ClientOf, events: Events
) -> None:
    client = client_of(officer)
    key = client.session.session_key
    answer = client.post("/accounts/logout/")
    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert not Session.objects.filter(pk=key).exists()
    assert client.get("/").status_code == 302
    assert events() == ["accounts.session.opened", "accounts.session.closed"]
    entry = Entry.objects.get(event="accounts.session.closed")
    assert json.loads(bytes(entry.bytes))["data"] == {"reason": "asked"}
    assert entry.actor_id == str(officer.pk)


def test_sign_out_takes_no_get(officer: User, client_of: ClientOf) -> None:
    client = client_of(officer)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.get("/").status_code == 200


def test_sign_out_without_a_session_leads_to_sign_in(db: None) -> None:
    answer = Client().post("/accounts/logout/")
    assert (answer.status_code, answer["Location"]) == (302, LOGIN)


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "http:elsewhere.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " //elsewhere.example",
        "https://testserver@elsewhere.example/",
        "https://testserver.elsewhere.example/",
        "",
    ],
)
@pytest.mark.parametrize("way", ["address", "field"])
def test_the_next_page_is_never_elsewhere(officer: User, target: str, way: str) -> None:
    client = Client()
    if way == "address":
        page = client.get(LOGIN, {"next": target})
        assert b'name="next" value="/"' in page.content
        answer = client.post(
            f"{LOGIN}?next={target}", {"username": "officer", "password": factories.PASSWORD}
        )
    else:
        answer = send(client, "officer", factories.PASSWORD, next=target)
    assert answer["Location"] == "/"


def test_a_page_of_this_site_comes_back_after_sign_in(officer: User) -> None:
    client = Client()
    asked = client.get("/cases/?office=north&state=closed")
    page = client.get(asked["Location"]).content.decode()
    assert 'value="/cases/?office=north&amp;state=closed"' in page
    answer = send(client, "officer", factories.PASSWORD, next="/cases/?office=north&state=closed")
    assert answer["Location"] == "/cases/?office=north&state=closed"


def test_no_session_opens_when_the_entry_cannot_be_written(officer: User, owner: Any) -> None:
    owner.execute("REVOKE INSERT ON public.ledger_entry FROM totality_app")
    try:
        client = Client(raise_request_exception=False)
        assert send(client, "officer", factories.PASSWORD).status_code == 500
    finally:
        owner.execute("GRANT INSERT ON public.ledger_entry TO totality_app")
    assert not Session.objects.exists()
    assert client.get("/").status_code == 302
