"""A value goes by order alone, with an entry that tells of it, and no proof breaks."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction

from ledger.commitments import Committed
from ledger.erasing import Authority, NothingToErase, erase_disclosure
from ledger.ids import new_id
from ledger.models import CaseLink, Disclosure, Entry
from ledger.own_events import DisclosureErased
from ledger.selectors import entry_with_checks, open_entry_payload
from ledger.services import NewEntry, append
from tests.ledger.samples import ACTOR, change, written

pytestmark = pytest.mark.django_db(transaction=True)


def erase(entry: Entry, pointer: str = "/data/note") -> Entry:
    return erase_disclosure(
        actor=ACTOR,
        entry=entry,
        pointer=pointer,
        authority=Authority.COURT,
        order="24-1234 of the invented court",
    )


def order(entry_id: uuid.UUID, pointer: str) -> NewEntry:
    payload = DisclosureErased(pointer=pointer, authority="court", order=Committed("24-1234"))
    return NewEntry(payload=payload, actor=ACTOR, subject={"entry": entry_id})


def gate(entry_id: uuid.UUID, pointer: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_gate.erase_disclosure(%s, %s)", [str(entry_id), pointer])
        return cursor.fetchone()


def ordered(told: NewEntry | None, then: Callable[[], Any]) -> None:
    """In one transaction: the entry, if any, then the deed."""
    with transaction.atomic():
        if told is not None:
            append(told)
        then()


def delete_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_disclosure")


def test_the_value_is_gone_and_the_entry_still_holds() -> None:
    case = new_id()
    entry, other = written(change(case, note="a name"), change(case, note="another name"))
    before = bytes(entry.bytes)
    told = erase(entry)
    assert not Disclosure.objects.filter(entry_id=entry.id).exists()
    assert open_entry_payload(other) == {"number": 1, "note": "another name"}
    checked = entry_with_checks(entry.id)
    assert checked is not None
    assert bytes(checked.entry.bytes) == before
    assert not [check for check in checked.checks if check.holds is False]
    assert "1 committed value not disclosed here" in " ".join(check.words for check in checked.checks)
    assert (told.event, told.case_id) == ("ledger.disclosure.erased", case)
    assert CaseLink.objects.get(entry_id=told.id).number == 3
    payload = open_entry_payload(told)
    assert payload == {
        "pointer": "/data/note",
        "authority": "court",
        "order": "24-1234 of the invented court",
    }
    assert b"24-1234" not in bytes(told.bytes)


def test_what_is_not_there_cannot_be_erased_and_nothing_is_told() -> None:
    [entry] = written(change(new_id(), note="a name"))
    with pytest.raises(NothingToErase):
        erase(entry, "/data/number")
    erase(entry)
    with pytest.raises(NothingToErase):
        erase(entry)
    assert Entry.objects.filter(event="ledger.disclosure.erased").count() == 1


@pytest.mark.parametrize("told", ["nothing", "another entry", "another place", "earlier"])
def test_the_gate_stays_shut_without_its_entry(told: str) -> None:
    entry, other = written(change(new_id(), note="a name"), change(new_id(), note="another"))
    if told == "earlier":
        written(order(entry.id, "/data/note"))
    about = {"another entry": order(other.id, "/data/note"), "another place": order(entry.id, "/data/number")}
    with pytest.raises(DatabaseError, match="no entry of this transaction tells of an order"):
        ordered(about.get(told), lambda: gate(entry.id, "/data/note"))
    assert Disclosure.objects.count() >= 2
    assert Disclosure.objects.filter(entry_id=entry.id).exists()


def test_with_its_entry_only_the_gate_erases(owner: Any) -> None:
    """Neither the application nor the owner, who see the same entry, may delete by themselves."""
    [entry] = written(change(new_id(), note="a name"))
    with pytest.raises(DatabaseError) as refused:
        ordered(order(entry.id, "/data/note"), delete_all)
    assert isinstance(refused.value.__cause__, psycopg2.errors.InsufficientPrivilege)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="the log only grows"):
        owner.execute("DELETE FROM ledger_disclosure")
    owner.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'totality_protected'")
    assert owner.fetchone() == (False,)
    assert Disclosure.objects.filter(entry_id=entry.id).exists()
