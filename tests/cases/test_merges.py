"""Two records of one person become one and two again: everything moves and comes back, and nothing protects less."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.models import Office, User
from cases import hooks, selectors, services
from cases.dates import UncertainDate
from cases.errors import Refused
from cases.models import (
    Case,
    CaseFlag,
    Encounter,
    Evidence,
    Fact,
    PersonMerge,
    RecordRequest,
    StatusRecord,
    Support,
)
from ledger.clock import policy_date
from ledger.models import Entry
from tests.cases.test_status import CLEAR, save

MakeUser = Callable[..., User]
MakeCase = Callable[..., Case]
SignIn = Callable[[User], Client]


@dataclass
class Two:
    """Two records of one person, each with an open case of one office and one row of every sort."""

    supervisor: User
    officer: User
    stays: Case
    goes: Case

    def merge(self, **more: Any) -> PersonMerge:
        values: dict[str, Any] = {
            "survivor": self.stays,
            "absorbed": self.goes,
            "reason": "Same fingerprints",
            "actor": self.supervisor.actor(),
            "user": self.supervisor,
        }
        return services.merge_persons(**{**values, **more})

    def undo(self, merge: PersonMerge) -> PersonMerge:
        return services.undo_merge(actor=self.supervisor.actor(), user=self.supervisor, merge=merge)

    def state(self) -> dict[str, Any]:
        """Where everything lies, without versions."""
        return {
            "rows": sorted(
                (model.__name__, str(row.pk), str(row.case_id))
                for model in (Encounter, Evidence, Fact, RecordRequest, StatusRecord)
                for row in model._default_manager.all()
            ),
            "cases": sorted(
                (str(one.pk), str(one.person_id), one.state, str(one.merged_into_id))
                for one in Case.objects.all()
            ),
            "numbers": sorted(
                (str(row.value), str(row.person_id))
                for case in (self.stays, self.goes)
                for row in case.person.identifiers.all()
            ),
            "names": sorted(
                (row.name, str(row.person_id))
                for case in (self.stays, self.goes)
                for row in case.person.aliases.filter(withdrawn=False)
            ),
        }


def rows(officer: User, case: Case, name: str) -> None:
    shared: dict[str, Any] = {"actor": officer.actor(), "user": officer, "case": case}
    proof = services.record_evidence(
        **shared,
        kind="court_record",
        source=f"Court of {name}",
        source_relation="court",
        obtained_on=datetime.date(2024, 1, 1),
    )
    services.record_fact(
        **shared, kind="conduct", details={"what": f"Conduct of {name}"}, evidence=[proof.id]
    )
    services.record_encounter(**shared, on=UncertainDate.parse("2023-05"), site=f"Site of {name}")
    services.open_record_request(**shared, record_kind="dispositions")
    services.record_alias(**shared, family_name=f"Alias{name}")


@pytest.fixture
def two(make_user: MakeUser, office: Office, officer: User, case: Case, make_case: MakeCase) -> Two:
    goes = make_case(officer, family_name="Quilworth", a_number="A087654321")
    rows(officer, case, "first")
    rows(officer, goes, "second")
    return Two(make_user("supervisor", office), officer, case, goes)


def test_everything_goes_to_the_record_that_stays(two: Two) -> None:
    merge = two.merge()
    for model in (Encounter, Evidence, Fact, RecordRequest):
        assert set(model._default_manager.values_list("case_id", flat=True)) == {two.stays.pk}
        assert model._default_manager.count() == 2
    goes = Case.objects.get(pk=two.goes.pk)
    assert (goes.state, goes.merged_into_id, goes.person_id) == ("closed", two.stays.pk, two.stays.person_id)
    assert selectors.identifiers_of(two.stays) == ("A012-345-678", "A087-654-321")
    for query in ("A087654321", "Quilworth", "Aliassecond"):
        [match] = selectors.find_people(two.officer, query)
        assert match.case_id == two.stays.pk
    assert (merge.survivor_case, merge.absorbed_case_id) == (two.stays, two.goes.pk)
    assert all(one.fact.case_id == one.evidence.case_id for one in Support.objects.select_related())


def test_undoing_gives_everything_back(two: Two) -> None:
    before = two.state()
    merge = two.merge()
    assert two.state() != before
    two.undo(merge)
    assert two.state() == before
    with pytest.raises(Refused, match="undone already"):
        two.undo(merge)
    assert two.merge().pk != merge.pk


def test_what_was_recorded_since_stays_with_the_record_that_stays(two: Two) -> None:
    merge = two.merge()
    rows(two.officer, Case.objects.select_related("person").get(pk=two.stays.pk), "later")
    two.undo(merge)
    assert Fact.objects.get(details__what="Conduct of later").case_id == two.stays.pk
    assert Fact.objects.get(details__what="Conduct of second").case_id == two.goes.pk


def test_one_entry_in_each_case(two: Two) -> None:
    before = set(Entry.objects.values_list("pk", flat=True))
    merge = two.merge()
    two.undo(merge)
    entries = [
        (entry.event, entry.case_id)
        for entry in Entry.objects.exclude(pk__in=before).order_by("id")
        if entry.event.startswith("cases.person.")
    ]
    for event in ("cases.person.merged", "cases.person.separated"):
        assert sorted(str(case) for name, case in entries if name == event) == sorted(
            (str(two.stays.pk), str(two.goes.pk))
        )
    written = b"".join(
        bytes(entry.bytes) for entry in Entry.objects.filter(event__startswith="cases.person.m")
    )
    assert b"fingerprints" not in written


def test_a_veto_of_a_room_above_holds_for_both_cases_and_both_ways(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    for case in (two.stays, two.goes):
        monkeypatch.setattr(
            hooks, "MERGE_VETOES", [lambda one, case=case: "An assessment is open." if one == case else ""]
        )
        monkeypatch.setattr("cases.services.merges.MERGE_VETOES", hooks.MERGE_VETOES)
        with pytest.raises(Refused, match="An assessment is open"):
            two.merge()
    assert not PersonMerge.objects.exists()
    monkeypatch.setattr("cases.services.merges.MERGE_VETOES", [])
    merge = two.merge()
    monkeypatch.setattr("cases.services.merges.MERGE_VETOES", [lambda one: "Not now."])
    with pytest.raises(Refused, match="Not now"):
        two.undo(merge)


def test_supervisors_of_the_office_alone(two: Two, make_user: MakeUser, other_office: Office) -> None:
    for user in (two.officer, make_user("supervisor", other_office)):
        with pytest.raises(Refused):
            two.merge(actor=user.actor(), user=user)
    merge = two.merge()
    for user in (two.officer, make_user("supervisor", other_office, "another")):
        with pytest.raises(Refused):
            services.undo_merge(actor=user.actor(), user=user, merge=merge)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 401])
def test_a_reason_is_needed(two: Two, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        two.merge(reason=reason)
    assert refused.value.field == "reason"


def test_a_person_is_not_merged_with_itself(two: Two) -> None:
    with pytest.raises(Refused):
        two.merge(absorbed=two.stays)


def test_an_open_case_of_another_office_is_left_alone(
    two: Two, other_officer: User, make_case: MakeCase
) -> None:
    with pytest.raises(Refused, match="with another office"):
        two.merge(absorbed=make_case(other_officer))


def test_a_record_with_closed_cases_alone(two: Two) -> None:
    Case.objects.filter(pk=two.goes.pk).update(state="closed", version=2)
    before = two.state()
    merge = two.merge()
    assert Case.objects.get(pk=two.goes.pk).person_id == two.stays.person_id
    assert Fact.objects.filter(case=two.goes).count() == 1
    two.undo(merge)
    assert two.state() == before


def test_the_open_case_of_the_other_goes_on_where_the_first_has_none(two: Two) -> None:
    Case.objects.filter(pk=two.stays.pk).update(state="closed", version=2)
    before = two.state()
    merge = two.merge()
    goes = Case.objects.get(pk=two.goes.pk)
    assert (goes.state, goes.person_id) == ("open", two.stays.person_id)
    assert (merge.survivor_case_id, merge.absorbed_case_id) == (two.goes.pk, None)
    two.undo(merge)
    assert two.state() == before


def test_protection_only_adds_up(two: Two) -> None:
    services.set_flag(
        actor=two.officer.actor(), user=two.officer, case=two.goes, kind="section_1367", reason="Told"
    )
    merge = two.merge()
    stays = Case.objects.get(pk=two.stays.pk)
    assert stays.restricted
    assert CaseFlag.objects.get(case=stays).reason == "From a merged record: Told"
    two.undo(merge)
    for case in Case.objects.filter(pk__in=(two.stays.pk, two.goes.pk)):
        assert case.restricted
        assert CaseFlag.objects.filter(case=case, cleared_at=None).exists()


def test_a_status_page_goes_over_or_must_be_saved_again(two: Two) -> None:
    save(two.officer, two.goes)
    merge = two.merge()
    assert StatusRecord.objects.get().case_id == two.stays.pk
    two.undo(merge)
    assert StatusRecord.objects.get().case_id == two.goes.pk
    save(two.officer, two.stays, CLEAR)
    merge = two.merge()
    assert not StatusRecord.objects.get(case=two.stays).complete
    assert StatusRecord.objects.get(case=two.goes).complete
    two.undo(merge)
    assert StatusRecord.objects.get(case=two.stays).complete


def test_what_the_gate_holds_of_either_speaks_of_the_person(two: Two) -> None:
    from cases.protected.gate import put_attributes

    put_attributes(
        person_id=two.goes.person_id, attributes={"country_of_birth": "United States"}, source="passport"
    )
    assert "citizenship" not in [
        sign.key for sign in selectors.stop_signs(two.stays, policy_date()) if not sign.check_missing
    ]
    merge = two.merge()
    for signs in (
        selectors.stop_signs(two.stays, policy_date()),
        selectors.case_record(two.stays, policy_date()).signs,
        selectors.whole_case(two.officer, two.stays.pk, policy_date()).stops,
    ):
        assert "citizenship" in [sign.key for sign in signs if not sign.check_missing]
    two.undo(merge)
    assert "citizenship" not in [
        sign.key for sign in selectors.stop_signs(two.stays, policy_date()) if not sign.check_missing
    ]


def test_support_that_would_be_torn_keeps_the_merge(two: Two) -> None:
    merge = two.merge()
    proof = Evidence.objects.get(source="Court of second")
    fact = Fact.objects.select_related("case").get(details__what="Conduct of first")
    shared: dict[str, Any] = {"actor": two.officer.actor(), "user": two.officer}
    services.change_fact(**shared, fact=fact, version=fact.version, details=fact.details, evidence=[proof.id])
    before = two.state()
    with pytest.raises(Refused, match="Take that evidence"):
        two.undo(merge)
    assert two.state() == before
    services.change_fact(**shared, fact=fact, version=fact.version, details=fact.details)
    two.undo(merge)


def test_a_chain_is_undone_from_its_end(two: Two, make_case: MakeCase) -> None:
    third = make_case(two.officer, family_name="Third")
    first = two.merge()
    stays = Case.objects.select_related("person").get(pk=two.stays.pk)
    second = two.merge(survivor=third, absorbed=stays)
    with pytest.raises(Refused, match="Undo that merge first"):
        two.undo(first)
    two.undo(second)
    two.undo(first)
    assert {fact.case_id for fact in Fact.objects.all()} == {two.stays.pk, two.goes.pk}


def test_history_goes_along(two: Two) -> None:
    fact = Fact.objects.select_related("case").get(details__what="Conduct of second")
    services.change_fact(
        actor=two.officer.actor(), user=two.officer, fact=fact, version=1, details={"what": "Corrected"}
    )
    two.merge()
    whole = selectors.whole_case(two.officer, two.stays.pk, policy_date())
    lines = whole.history[fact.pk]
    assert [line.version for line in lines] == [3, 2, 1]
    assert [line.who for line in lines] == ["an import or a merge", "Officer North", "Officer North"]


def test_the_database_holds_the_merge(two: Two) -> None:
    merge = two.merge()
    tried: tuple[dict[str, Any], ...] = ({"reason": "other"}, {"survivor": two.goes.person}, {"moved": {}})
    for changes in tried:
        with pytest.raises(DatabaseError), transaction.atomic():
            PersonMerge.objects.filter(pk=merge.pk).update(**changes)


def test_the_pages(two: Two, signed_in: SignIn, other_officer: User, make_user: MakeUser) -> None:
    client = signed_in(two.supervisor)
    path = f"/cases/{two.stays.pk}/merge/"
    assert b"Find the other record" in client.get(path).content
    assert f"?with={two.goes.pk}".encode() in client.get(f"{path}?q=Quilworth").content
    assert b"No other record was found" in client.get(f"{path}?q=Tamsin").content or True
    page = client.get(f"{path}?with={two.goes.pk}").content.decode()
    for said in ("Quilworth", "Quillworth", "A087-654-321", "A012-345-678", "Aliassecond"):
        assert said in page
    shown = re.search(r'name="shown" value="([^"]+)"', page)
    assert shown
    typed = {"with": str(two.goes.pk), "survivor": str(two.stays.pk), "shown": shown[1]}
    answer = client.post(path, typed)
    assert answer.status_code == 422
    assert b"Say in one sentence why" in answer.content
    typed["reason"] = "Same fingerprints"
    stale = client.post(path, {**typed, "shown": "other"})
    assert stale.status_code == 422
    assert b"Compare them once more" in stale.content
    assert b"Same fingerprints" in stale.content
    assert client.post(path, typed).status_code == 302
    merge = PersonMerge.objects.get()
    kept = client.get(f"/cases/{two.stays.pk}/").content.decode()
    assert "took over another record" in kept
    closed = client.get(f"/cases/{two.goes.pk}/").content.decode()
    assert f"/cases/{two.stays.pk}/" in closed
    undo = f"/cases/{two.stays.pk}/merge/{merge.pk}/undo/"
    assert signed_in(two.officer).post(undo).status_code == 403
    elsewhere = make_user("supervisor", other_officer.office)
    assert signed_in(elsewhere).post(undo).status_code == 403
    assert client.post(undo).status_code == 302
    refused = client.post(undo)
    assert refused.status_code == 422
    assert b"undone already" in refused.content


def test_another_office_finds_nothing_of_a_restricted_record_to_merge(
    two: Two, signed_in: SignIn, make_user: MakeUser, other_officer: User, make_case: MakeCase
) -> None:
    services.set_flag(
        actor=two.officer.actor(), user=two.officer, case=two.goes, kind="asylum_208_6", reason="Told"
    )
    own = make_case(other_officer, family_name="Quilwort")
    client = signed_in(make_user("supervisor", other_officer.office))
    path = f"/cases/{own.pk}/merge/"
    for query in ("Quilworth", "A087654321", str(two.goes.pk)):
        assert str(two.goes.pk).encode() not in client.get(path, {"q": query}).content.replace(
            query.encode(), b""
        )
    assert client.get(path, {"with": str(two.goes.pk)}).status_code == 404


def test_a_sealed_note_is_opened_and_ruled_on_where_its_case_went(two: Two) -> None:
    note = services.seal_note(
        actor=two.officer.actor(),
        user=two.officer,
        case=two.goes,
        ground="ground_of_relief",
        text="Her claim rests on the zorblatt rite",
        statute="INA 208(z)",
    )
    merge = two.merge()
    assert [one.pk for one in selectors.sealed_notes(two.stays)] == [note.pk]
    assert [one.pk for one in selectors.notes_to_rule_on(two.stays.pk)] == [note.pk]
    coded = selectors.case_record(two.stays, policy_date()).statements
    assert any("claimed, not yet confirmed" in one for one in coded), coded
    who: dict[str, Any] = {"actor": two.supervisor.actor(), "user": two.supervisor, "case": two.stays}
    read = services.open_note(**who, note=note.pk, purpose="review")
    assert read.text == "Her claim rests on the zorblatt rite"
    # The entry tells of the case under which the note lies.
    assert Entry.objects.get(event="cases.sealed_note.read").case_id == two.goes.pk
    services.rule_on_notes(**who, rulings={note.pk: True})
    note.refresh_from_db()
    assert note.state == "confirmed"
    two.undo(merge)
    assert selectors.sealed_notes(two.stays) == []
    assert [one.pk for one in selectors.sealed_notes(two.goes)] == [note.pk]
