"""Sealed notes: written, opened with a purpose and an entry, ruled on by another; no word of them is anywhere else."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Office, User
from cases import selectors, services
from cases.errors import Refused
from cases.events import SealedNoteRead
from cases.models import Case, CaseFlag, Fact, SealedNote, SealedReading
from cases.protected import gate
from ledger.clock import policy_date
from ledger.ids import new_id
from ledger.models import Entry
from ledger.services import NewEntry, append
from tests.data.running import everything

WORDS = "Her claim rests on the zorblatt rite of her mother"
STATUTE = "INA 208(z)"


@pytest.fixture
def boss(make_user: Callable[..., User], office: Office) -> User:
    return make_user("supervisor", office)


@pytest.fixture
def note(officer: User, case: Case) -> SealedNote:
    return services.seal_note(
        actor=officer.actor(), user=officer, case=case, ground="ground_of_relief", text=WORDS, statute=STATUTE
    )


def opened(user: User, case: Case, note: SealedNote, purpose: str = "review") -> gate.Note:
    return services.open_note(actor=user.actor(), user=user, case=case, note=note.pk, purpose=purpose)


def test_it_is_read_with_a_purpose_and_the_log_tells_of_it(boss: User, case: Case, note: SealedNote) -> None:
    read = opened(boss, case, note, "relief")
    assert (read.text, read.statute) == (WORDS, STATUTE)
    assert WORDS not in repr(read)
    entry = Entry.objects.get(event="cases.sealed_note.read")
    assert (entry.actor_id, entry.case_id) == (str(boss.pk), case.pk)
    assert SealedReading.objects.get().entry == entry.pk
    with pytest.raises(Refused):
        opened(boss, case, note, "curiosity")


def test_the_door_opens_only_within_the_transaction_of_its_entry(
    boss: User, case: Case, note: SealedNote
) -> None:
    def entry_for(which: uuid.UUID, purpose: str = "relief") -> uuid.UUID:
        payload = SealedNoteRead(note=str(which), purpose=purpose)
        subject = {"case": case.pk, "person": case.person_id}
        return append(NewEntry(payload=payload, actor=boss.actor(), subject=subject))[0].pk

    with transaction.atomic():
        assert gate.read_note(note=note.pk, entry=entry_for(note.pk)) is not None
    for wrong in (new_id, lambda: entry_for(new_id()), lambda: entry_for(note.pk, "")):
        with pytest.raises(DatabaseError), transaction.atomic():
            gate.read_note(note=note.pk, entry=wrong())


@pytest.mark.django_db(transaction=True)
def test_an_entry_of_an_earlier_transaction_opens_nothing(boss: User, case: Case, note: SealedNote) -> None:
    opened(boss, case, note)
    earlier = Entry.objects.get(event="cases.sealed_note.read").pk
    with pytest.raises(DatabaseError), transaction.atomic():
        gate.read_note(note=note.pk, entry=earlier)


@pytest.mark.django_db(transaction=True)
def test_no_word_is_in_any_table_or_entry(owner: Any, boss: User, case: Case, note: SealedNote) -> None:
    opened(boss, case, note)
    for table, rows in everything(owner).items():
        for row in rows:
            assert "zorblatt" not in row.lower(), table
            assert STATUTE not in row, table


def test_decision_pages_say_claimed_until_another_confirms(
    officer: User, boss: User, case: Case, note: SealedNote
) -> None:
    def relief() -> list[str]:
        return [
            line
            for line in selectors.case_record(case, policy_date()).statements
            if line.startswith("Relief:")
        ]

    assert relief() == ["Relief: claimed, not yet confirmed."]
    assert relief() == [line for line in gate.coded_statements(case_id=case.pk) if line.startswith("Relief:")]
    with pytest.raises(Refused, match="Open the sealed note"):
        services.rule_on_notes(actor=boss.actor(), user=boss, case=case, rulings={note.pk: True})
    opened(boss, case, note)
    with transaction.atomic():
        services.rule_on_notes(actor=boss.actor(), user=boss, case=case, rulings={note.pk: True})
    assert relief() == ["Relief: claimed; a supervisor confirmed the sealed note."]
    with pytest.raises(Refused):
        services.rule_on_notes(actor=officer.actor(), user=officer, case=case, rulings={note.pk: True})


def test_the_database_refuses_that_the_author_confirms(officer: User, note: SealedNote) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedNote.objects.filter(pk=note.pk).update(
            state="confirmed", ruled_by=officer, ruled_at=note.written_at
        )


def test_the_page_hides_what_it_says_until_it_is_opened(
    signed_in: Callable[[User], Client], boss: User, case: Case, note: SealedNote
) -> None:
    client, address = signed_in(boss), reverse("cases:sealed", args=[case.pk])
    assert "zorblatt" not in client.get(address).content.decode()
    without_purpose = client.post(address, {"do": "open", "note": str(note.pk)})
    assert without_purpose.status_code == 422
    assert "zorblatt" not in without_purpose.content.decode()
    shown = client.post(address, {"do": "open", "note": str(note.pk), "purpose": "review"})
    assert WORDS in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert "zorblatt" not in client.get(address).content.decode()


def test_another_office_and_a_supervisor_write_nothing(other_officer: User, boss: User, case: Case) -> None:
    for user in (other_officer, boss):
        with pytest.raises(Refused):
            services.seal_note(
                actor=user.actor(), user=user, case=case, ground="bias_motive", text="x", statute="y"
            )
    assert not SealedNote.objects.exists()


def test_found_words_move_into_a_note_and_leave_the_text(officer: User, case: Case) -> None:
    fact = services.record_fact(
        actor=officer.actor(),
        user=officer,
        case=case,
        kind="conduct",
        details={"what": "He fled. The suspect is Bolivian and rents a room."},
    )
    line = selectors.words_of_case(case)[0]
    services.move_words(
        actor=officer.actor(),
        user=officer,
        case=case,
        screened=line.screened,
        key=line.word.key,
        ground="element_of_benefit",
        statute=STATUTE,
    )
    fact.refresh_from_db()
    assert "Bolivian" not in fact.details["what"]
    assert "He fled." in fact.details["what"]
    assert selectors.words_of_case(case) == []
    assert "Bolivian" in opened(officer, case, SealedNote.objects.get(), "relief").text


def test_a_filing_moves_to_restricted_detail_and_the_flag_is_proposed(
    signed_in: Callable[[User], Client], officer: User, case: Case
) -> None:
    fact = services.record_fact(
        actor=officer.actor(),
        user=officer,
        case=case,
        kind="conduct",
        details={"what": "Her VAWA petition is pending; she works nights."},
    )
    client, address = signed_in(officer), reverse("cases:sealed", args=[case.pk])
    assert (
        "a text names a filing of restricted kind"
        in client.get(reverse("cases:detail", args=[case.pk])).content.decode()
    )
    assert "Move to restricted detail" in client.get(address).content.decode()
    answer = client.post(address, {"do": "move_filing", "target": f"fact|{fact.pk}|what"})
    assert answer["Location"] == reverse("cases:flags", args=[case.pk]) + "?kind=section_1367#set-a-flag"
    assert not CaseFlag.objects.exists()
    assert Fact.objects.get().details["what"] == "A filing of restricted kind is pending; she works nights."
    assert selectors.texts_with_filings(case) == []
    assert "VAWA petition" in opened(officer, case, SealedNote.objects.get(), "relief").text
    assert not [line for line in gate.coded_statements(case_id=case.pk) if "estrict" in line]
    again = client.post(address, {"do": "move_filing", "target": f"fact|{fact.pk}|what"})
    assert again.status_code == 422
