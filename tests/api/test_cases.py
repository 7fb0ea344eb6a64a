"""Cases by API: the page's names, the page's texts, the page's entries."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from cases.models import Case, Evidence
from cases.searching import NOT_CHOSEN
from ledger.models import Entry
from tests import factories
from tests.api.speaking import Api
from tests.assessment import situations
from tests.assessment.situations import Situation


def _fields(found: Any) -> dict[str, str]:
    return {one["field"]: one["reason"] for one in found["errors"]}


def _new_entries(before: int) -> list[str]:
    return list(Entry.objects.order_by("id").values_list("event", flat=True))[before:]


def test_a_person_is_found_and_the_search_is_an_entry(api: Api, at: Situation) -> None:
    for q, found in (("Quillworth", 1), ("Nobodyatall", 0)):
        before = Entry.objects.count()
        answer = api.get(f"cases/?q={q}&why=casework")
        assert len(answer["results"]) == found
        assert _new_entries(before) == ["cases.person.searched"]
    assert api.get("cases/?q=Quillworth&why=casework")["results"][0]["id"] == str(at.case.pk)


@pytest.mark.parametrize("why", ["", "&why=", "&why=curious"])
def test_a_search_without_a_chosen_reason_is_refused(api: Api, at: Situation, why: str) -> None:
    before = Entry.objects.count()
    refused = api.get(f"cases/?q=Quillworth{why}", 422)
    assert _fields(refused) == {"why": NOT_CHOSEN}
    assert _new_entries(before) == []


def test_the_list_goes_on_by_its_own_address(api: Api, at: Situation) -> None:
    for number in range(26):
        api.post("cases/", {"family_name": f"Marl{number:02}"})
    before = Entry.objects.count()
    first = api.get("cases/")
    assert _new_entries(before) == ["cases.list.shown"]
    second = api.get(first["next"].removeprefix("/api/v1/"))
    assert second["next"] == ""
    seen = [one["id"] for one in (*first["results"], *second["results"])]
    assert len(seen) == len(set(seen)) == Case.objects.count()


def test_the_record_and_its_entry(api: Api, at: Situation) -> None:
    before = Entry.objects.count()
    record = api.get(f"cases/{at.case.pk}/")
    assert _new_entries(before) == ["cases.case.opened"]
    assert record["person"]["name"] == "Quillworth, Tamsin"
    assert {one["kind"] for one in record["facts"]} == {"conviction", "conduct", "presence"}
    assert [one["id"] for one in record["evidence"]] == [str(at.evidence.pk)]
    assert len(record["encounters"]) == 1
    assert record["status"] == {"version": 1, "complete": True}
    assert record["statements"][0].startswith("Alienage stated, not yet supported")
    assert record["stops"] == []


def test_a_supervisor_reads_and_writes_nothing(at: Situation, boss: User) -> None:
    api = Api(boss)
    api.get(f"cases/{at.case.pk}/")
    api.post(f"cases/{at.case.pk}/facts/", {"kind": "conduct", "what": "x"}, 403)


def test_a_new_person_with_an_encounter(api: Api) -> None:
    body = {
        "family_name": "Marl",
        "given_name": "Ida",
        "birth": "about 1990",
        "a_number": "A012-345-678",
        "met_on": "2024-11",
    }
    before = Entry.objects.count()
    made = api.post("cases/", body)
    assert _new_entries(before) == ["cases.person.recorded", "cases.record.changed"]
    record = api.get(f"cases/{made['id']}/")
    assert record["person"]["birth"] == "about 1990"
    assert record["person"]["identifiers"] == ["A012-345-678"]
    assert len(record["encounters"]) == 1


def test_possible_duplicates_are_shown_before_a_second_record(api: Api, at: Situation) -> None:
    body = {"family_name": "Quillworth", "given_name": "Tamsin"}
    before = Entry.objects.count()
    found = api.post("cases/", body, 409)
    assert [one["id"] for one in found["people"]] == [str(at.case.pk)]
    assert _new_entries(before) == ["cases.person.searched"]
    api.post("cases/", body | {"confirmed": "x"}, 409)
    api.post("cases/", body | {"confirmed": found["confirmed"]})
    assert Case.objects.count() == 2


def test_another_office_is_told_of_no_duplicate_in_a_restricted_case(elsewhere: Api, at: Situation) -> None:
    at.change_status(section_1367_check="yes")
    elsewhere.post("cases/", {"family_name": "Quillworth", "given_name": "Tamsin"})


PAGES: list[tuple[str, str, dict[str, Any]]] = [
    ("cases/", "/cases/new/", {}),
    ("cases/", "/cases/new/", {"family_name": "X" * 101, "birth": "someday"}),
    ("cases/", "/cases/new/", {"family_name": "X", "identifier_value": "7"}),
    ("cases/", "/cases/new/", {"family_name": "X", "birth": "2999"}),
    ("cases/{case}/facts/", "/cases/{case}/facts/conviction/new/", {}),
    ("cases/{case}/facts/", "/cases/{case}/facts/conviction/new/", {"disposition": "perhaps", "on": "x"}),
    ("cases/{case}/evidence/", "/cases/{case}/evidence/new/", {}),
    (
        "cases/{case}/evidence/",
        "/cases/{case}/evidence/new/",
        {
            "kind": "court_record",
            "source": "Court",
            "source_relation": "court",
            "obtained_on": "2024-12-02",
            "reviewed_on": "2024-12-01",
        },
    ),
]


@pytest.mark.parametrize(("address", "page", "body"), PAGES)
def test_the_texts_are_those_of_the_page(
    api: Api, at: Situation, address: str, page: str, body: dict[str, Any]
) -> None:
    case = str(at.case.pk)
    shown = situations.client(at.officer).post(page.format(case=case), body)
    assert shown.status_code == 422
    kind: dict[str, Any] = {"kind": "conviction"} if "facts" in address else {}
    found = api.post(address.format(case=case), body | kind, 422)
    assert found["errors"]
    text = shown.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
    for one in found["errors"]:
        assert one["reason"] in text, one
    assert Case.objects.count() == 1


def test_a_name_that_no_page_has_is_refused(api: Api, at: Situation) -> None:
    address = f"cases/{at.case.pk}/facts/"
    found = api.post(address, {"kind": "conduct", "what": "x", "wat": "y"}, 422)
    assert "no such field" in _fields(found)["wat"]
    for value in ({"a": "b"}, 1.5, [["x"]]):
        api.post(address, {"kind": "conduct", "what": value}, 422)
    wrong: tuple[Any, ...] = ("nothing", None, [], {})
    for kind in wrong:
        assert "kind" in _fields(api.post(address, {"kind": kind}, 422))
    assert at.case.facts.count() == 3


def test_a_fact_with_its_evidence_and_two_who_change_it(api: Api, at: Situation) -> None:
    facts = f"cases/{at.case.pk}/facts/"
    made = api.post(
        facts,
        {"kind": "conduct", "what": "Rang the bell", "on": "2024-01", "evidence": [str(at.evidence.pk)]},
    )
    assert made["version"] == 1
    assert situations.events(at.case)[-1] == "cases.record.changed"
    fact = f"{facts}{made['id']}/"
    assert api.put(fact, {"what": "Rang it twice", "version": 1})["version"] == 2
    found = api.put(fact, {"what": "Rang it thrice", "version": 1}, 409)
    assert "Rang it twice" in found["stored"]
    assert "Rang it thrice" in found["yours"]
    assert found["version"] == 2
    api.put(fact, {"withdraw": 1}, 409)
    api.put(fact, {"withdraw": 2})
    api.put(fact, {"what": "x", "version": 3}, 404)


def test_evidence_of_another_case_supports_nothing(api: Api, at: Situation) -> None:
    other = api.post("cases/", {"family_name": "Marl"})["id"]
    body = {"kind": "conduct", "what": "x", "evidence": [str(at.evidence.pk)]}
    assert "evidence" in _fields(api.post(f"cases/{other}/facts/", body, 422))


def test_evidence_and_an_encounter(api: Api, at: Situation) -> None:
    made = api.post(
        f"cases/{at.case.pk}/evidence/",
        {
            "kind": "court_record",
            "source": "Court",
            "source_relation": "court",
            "obtained_on": "2024-12-02",
            "information_date": None,
        },
    )
    assert Evidence.objects.get(pk=made["id"]).reviewed_on is None
    api.post(f"cases/{at.case.pk}/facts/", {"kind": "encounter", "met_on": "2024-10-01"})
    api.post(f"cases/{at.case.pk}/facts/", {"kind": "encounter"}, 422)
    assert at.case.encounters.count() == 2


def test_status_is_replaced_by_version_and_protected_facts_come_back_as_statements(
    api: Api, at: Situation
) -> None:
    address = f"cases/{at.case.pk}/status/"
    body = {
        "version": 1,
        "charge": "237(a)(1)(B)",
        "bases": ["admission_record"],
        "citizenship_claim": "no",
        "citizenship_looked": "looked_not_found",
        "protected_country_of_birth": "Zubrowka",
    }
    saved = api.put(address, body)
    assert (saved["version"], saved["complete"]) == (2, False)
    assert "minor_check" in saved["missing"]
    found = api.put(address, body | {"citizenship_claim": "yes"}, 409)
    assert found["version"] == 2
    assert "Zubrowka" not in str(found)
    record = api.send("get", f"cases/{at.case.pk}/").content.decode()
    assert "Zubrowka" not in record
    assert "A place of birth abroad is recorded" in record
    wrong = api.put(address, body | {"version": 2, "charge_other": "9 U.S.C. 9"}, 422)
    assert "Correct one of the two" in _fields(wrong)["charge"]


def test_another_office_reads_and_changes_nothing(elsewhere: Api, at: Situation) -> None:
    elsewhere.get(f"cases/{at.case.pk}/")
    before = Entry.objects.filter(kind="change").count()
    facts = f"cases/{at.case.pk}/facts/"
    assert "office" in elsewhere.post(facts, {"kind": "conduct", "what": "x"}, 403)["detail"]
    elsewhere.put(f"{facts}{at.rows['conduct'].pk}/", {"what": "x", "version": 1}, 403)
    elsewhere.post(f"cases/{at.case.pk}/evidence/", {}, 403)
    elsewhere.put(f"cases/{at.case.pk}/status/", {"version": 1}, 422)
    elsewhere.post(f"cases/{at.case.pk}/assessments/", {"decision_type": "detainer", "direction": "do"}, 403)
    assert Entry.objects.filter(kind="change").count() == before


def test_a_restricted_case_does_not_exist_elsewhere(elsewhere: Api, at: Situation) -> None:
    fact = at.rows["conduct"].pk
    at.change_status(section_1367_check="yes")
    nothing = elsewhere.get(f"cases/{elsewhere.user.pk}/", 404)
    hidden = elsewhere.get(f"cases/{at.case.pk}/", 404)
    assert {**nothing, "request_id": ""} == {**hidden, "request_id": ""}
    for q in ("Quillworth", str(at.case.pk)):
        assert elsewhere.get(f"cases/?q={q}&why=casework")["results"] == []
    for address in ("cases/?office=", f"cases/?office={at.case.office_id}&state="):
        assert str(at.case.pk) not in str(elsewhere.get(address))
    elsewhere.put(f"cases/{at.case.pk}/facts/{fact}/", {"what": "x", "version": 1}, 404)
    elsewhere.post(f"cases/{at.case.pk}/facts/", {"kind": "conduct", "what": "x"}, 404)
    elsewhere.post(f"cases/{at.case.pk}/evidence/", {}, 404)
    elsewhere.put(f"cases/{at.case.pk}/status/", {"version": 1}, 404)
    elsewhere.post(f"cases/{at.case.pk}/assessments/", {"decision_type": "detainer", "direction": "do"}, 404)
    Api(at.officer).get(f"cases/{at.case.pk}/")


def test_a_fact_is_not_reached_through_another_case(api: Api, at: Situation) -> None:
    other = api.post("cases/", {"family_name": "Marl"})["id"]
    api.put(f"cases/{other}/facts/{at.rows['conduct'].pk}/", {"what": "x", "version": 1}, 404)


def test_what_cannot_be_logged_is_not_shown(api: Api, at: Situation, owner: Any) -> None:
    owner.execute("REVOKE INSERT ON public.ledger_entry FROM totality_app")
    try:
        for address in ("cases/", "cases/?q=Quillworth&why=casework", f"cases/{at.case.pk}/"):
            assert "Quillworth" not in str(api.get(address, 500))
    finally:
        owner.execute("GRANT INSERT ON public.ledger_entry TO totality_app")
    api.get("cases/")


def test_an_unassigned_user_cannot_write(at: Situation) -> None:
    api = Api(factories.user("officer", at=factories.unassigned()))
    api.post(f"cases/{at.case.pk}/evidence/", {}, 403)
