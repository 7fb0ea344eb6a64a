"""From an assessment to a reviewed decision by API, with the stops, versions and texts of the pages."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Role, User
from assessment.fields import DECISION_STEP, FACT_STEPS, all_fields
from assessment.models import Assessment, Decision
from ledger.models import Entry
from tests import factories
from tests.api.speaking import Api
from tests.assessment import situations
from tests.assessment.situations import EDITION_KEY, Situation

PASSWORD = {"password": factories.PASSWORD}
DETAINER = {"decision_type": "detainer", "direction": "do"}
REVIEW = {"number": 1, "review_overriding_answer": "found", "review_reason": "The conduct is recent."}


def _begin(api: Api, at: Situation, **body: str) -> tuple[str, str]:
    begun = api.post(f"cases/{at.case.pk}/assessments/", DETAINER | body)
    return f"assessments/{begun['assessment']}/", f"decisions/{begun['decision']}/"


def _answer(api: Api, at: Situation, assessment: str, decision: str, **changes: Any) -> None:
    given = situations.step_answers(at, **changes)
    versions = {one["step"]: one["version"] for one in api.get(assessment)["steps"]}
    for step in FACT_STEPS:
        mine = {name: given[name] for name in all_fields(EDITION_KEY, step) if name in given}
        api.put(f"{assessment}steps/{step}/", {"answers": mine, "version": versions[step]})
    own = {name: given[name] for name in all_fields(EDITION_KEY, DECISION_STEP) if name in given}
    api.put(f"{decision}draft/", {"answers": own, "version": 1})


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_the_whole_way(api: Api, at: Situation, boss: User, outcome: str) -> None:
    assessment, decision = _begin(api, at)
    found = api.post(f"{decision}sign/", PASSWORD, 422)
    assert found["type"].endswith("#rules-unmet")
    assert all(one["next"] and one["clause"] and one["clause_words"] for one in found["errors"])
    _answer(api, at, assessment, decision, outcome=outcome)
    read = api.get(assessment)
    assert read["unmet"] == []
    assert read["decisions"][0]["answers"]["outcome"] == outcome
    signed = api.post(f"{decision}sign/", PASSWORD, 200)
    assert (signed["number"], signed["state"]) == (1, "submitted")
    assert Entry.objects.get(pk=signed["entry"]).event == "assessment.decision.signed"
    with_boss = Api(boss)
    queue = with_boss.get("review/")["results"]
    assert [(one["person"], one["number"]) for one in queue] == [("Quillworth, Tamsin", 1)]
    taken = with_boss.post("review/next/", status=200)
    assert taken == {"decision": signed["decision"], "number": 1}
    assert with_boss.post("review/next/", status=200) == {"decision": None, "number": None}
    page = with_boss.get(f"review/{taken['decision']}/")
    assert page["document"]["outcome"] == outcome
    done = with_boss.post(f"review/{taken['decision']}/approve/", REVIEW, 200)
    assert done["state"] == "approved"
    codes = situations.events(at.case)
    for code in (
        "assessment.assessment.started",
        "assessment.assessment.opened",
        "assessment.step.saved",
        "assessment.signing.refused",
        "review.decision.claimed",
        "review.decision.opened",
        "review.decision.approved",
    ):
        assert code in codes, code
    assert "review.queue.listed" in situations.events()
    with_boss.post(f"review/{taken['decision']}/approve/", REVIEW, 409)


def test_nothing_is_chosen_for_anybody_and_the_order_is_the_stored_one(api: Api, at: Situation) -> None:
    assessment, _ = _begin(api, at)
    for order in (["act", "decline"], ["decline", "act"]):
        Assessment.objects.update(outcome_order=order)
        read = api.get(assessment)
        assert [one["value"] for one in read["decisions"][0]["outcomes"]] == order
        assert read["decisions"][0]["answers"] == {}
        assert all(step["answers"] == {} for step in read["steps"])


def test_reading_an_assessment_is_an_entry(api: Api, at: Situation, boss: User) -> None:
    assessment, _ = _begin(api, at)
    api.put(f"{assessment}steps/consequences/", {"answers": {"consequences": "Loses the boat"}, "version": 1})
    for who in (api, Api(boss)):
        before = Entry.objects.count()
        read = who.get(assessment)
        assert Entry.objects.count() == before + 1
        assert Entry.objects.order_by("-id").first().event == "assessment.assessment.opened"  # type: ignore[union-attr]
        assert ("Loses the boat" in str(read)) is (who is api), "answers are for whom the page shows them"


def test_two_who_save_one_page(api: Api, at: Situation) -> None:
    assessment, decision = _begin(api, at)
    page = f"{assessment}steps/consequences/"
    assert api.put(page, {"answers": {"consequences": "First"}, "version": 1})["version"] == 2
    found = api.put(page, {"answers": {"consequences": "Second"}, "version": 1}, 409)
    assert (found["stored"], found["yours"]) == ({"consequences": "First"}, {"consequences": "Second"})
    assert found["version"] == 2
    api.put(f"{decision}draft/", {"answers": {"rationale": "First"}, "version": 1})
    found = api.put(f"{decision}draft/", {"answers": {"rationale": "Second"}, "version": 1}, 409)
    assert found["stored"] == {"rationale": "First"}


def test_answers_that_no_page_would_take(api: Api, at: Situation) -> None:
    assessment, _ = _begin(api, at)
    page = f"{assessment}steps/"
    for step, answers, field in (
        ("consequences", {"consequences": "x" * 20_001}, "consequences"),
        ("consequences", {"consequence": "x"}, "consequence"),
        ("consequences", {"consequences": ["x"]}, "consequences"),
        ("dispute", {"dispute": "perhaps"}, "dispute"),
        ("records", {"record_criminal_record_on": "soon"}, "record_criminal_record_on"),
    ):
        found = api.put(f"{page}{step}/", {"answers": answers, "version": 1}, 422)
        assert [one["field"] for one in found["errors"]] == [field]
    bodies: list[dict[str, Any]] = [{}, {"answers": []}, {"answers": {}}, {"answers": {}, "version": -1}]
    for body in bodies:
        api.put(f"{page}dispute/", body, 422)
    api.put(f"{page}outcome/", {"answers": {}, "version": 1}, 404)
    api.put(f"{page}nothing/", {"answers": {}, "version": 1}, 404)
    assert {one["version"] for one in api.get(assessment)["steps"]} == {1}


def test_a_wrong_password_signs_nothing_and_locks_after_five(api: Api, full: Decision) -> None:
    address = f"decisions/{full.pk}/sign/"
    for _ in range(4):
        found = api.post(address, {"password": "wrong"}, 422)
        assert found["errors"][0]["field"] == "password"
    api.post(address, {"password": "wrong"}, 429)
    api.post(address, PASSWORD, 429)
    full.refresh_from_db()
    assert full.state == "draft"


@pytest.mark.parametrize(
    "sign",
    [
        {"citizenship_claim": "yes"},
        {"section_1367_check": "yes"},
        {"minor_check": "yes"},
        {"citizenship_looked": "did_not_look"},
    ],
)
def test_no_adverse_step_is_signed_under_a_stop(
    api: Api, at: Situation, full: Decision, sign: dict[str, str]
) -> None:
    at.change_status(**sign)
    assert api.get(f"cases/{at.case.pk}/")["stops"]
    found = api.post(f"decisions/{full.pk}/sign/", PASSWORD, 422)
    assert "stops_halt_adverse_steps" in {one["rule"] for one in found["errors"]}
    full.refresh_from_db()
    assert (full.state, full.signed_number) == ("draft", 0)
    answers = full.answers | {"outcome": "decline"}
    api.put(f"decisions/{full.pk}/draft/", {"answers": answers, "version": full.version})
    found = api.send("post", f"decisions/{full.pk}/sign/", PASSWORD)
    assert "stops_halt_adverse_steps" not in found.content.decode()


def test_a_stop_after_the_signature_halts_the_approval(at: Situation, boss: User) -> None:
    decision = situations.signed(at)
    at.change_status(citizenship_claim="yes")
    api = Api(boss)
    found = api.post(f"review/{decision.pk}/approve/", REVIEW, 422)
    assert "Not approved" in found["errors"][0]["reason"]
    returned = api.post(f"review/{decision.pk}/return/", REVIEW | {"point_1": "Settle the claim."}, 200)
    assert returned["state"] == "returned"


def test_a_review_asks_what_the_page_asks(at: Situation, boss: User) -> None:
    decision = situations.signed(at)
    api = Api(boss)
    address = f"review/{decision.pk}/"
    found = api.post(f"{address}approve/", {"number": 1}, 422)
    assert {one["field"] for one in found["errors"]} == {"review_overriding_answer", "review_reason"}
    found = api.post(f"{address}return/", REVIEW, 422)
    assert {one["field"] for one in found["errors"]} == {"point_1"}
    api.post(f"{address}approve/", REVIEW | {"point_1": "x"}, 422)
    api.post(f"{address}approve/", REVIEW | {"number": 2}, 409)
    page = situations.client(boss).post(f"/review/{decision.pk}/", {"verdict": "return", **REVIEW})
    assert found["errors"][0]["reason"] in page.content.decode()


def test_nobody_else_writes_in_an_assessment(api: Api, at: Situation, full: Decision, elsewhere: Api) -> None:
    colleague = Api(factories.user(Role.OFFICER))
    assessment = f"assessments/{full.assessment_id}/"
    for who, status in ((colleague, 403), (elsewhere, 404)):
        who.put(f"{assessment}steps/dispute/", {"answers": {"dispute": "no"}, "version": 2}, status)
        who.put(f"decisions/{full.pk}/draft/", {"answers": {}, "version": 2}, status)
        who.post(f"decisions/{full.pk}/sign/", PASSWORD, status)
        who.post(f"decisions/{full.pk}/withdraw/", status=status)
        who.post(f"{assessment}decisions/", DETAINER, status)
    elsewhere.get(assessment, 404)
    colleague.get(assessment)
    full.refresh_from_db()
    assert full.state == "draft"


def test_a_supervisor_of_another_office_finds_nothing(at: Situation) -> None:
    decision = situations.signed(at)
    api = Api(factories.user(Role.SUPERVISOR, at=situations.second_office()))
    assert api.get("review/")["results"] == []
    api.get(f"review/{decision.pk}/", 404)
    api.post(f"review/{decision.pk}/approve/", REVIEW, 404)
    assert api.post("review/next/", status=200)["decision"] is None


def test_more_decisions_and_the_end_of_a_draft(api: Api, at: Situation) -> None:
    assessment, decision = _begin(api, at)
    more = api.post(f"{assessment}decisions/", {"decision_type": "custody", "direction": "undo"})
    assert len(api.get(assessment)["decisions"]) == 2
    assert api.get(f"{assessment}?decision={more['decision']}")["decision"] == more["decision"]
    api.get(f"{assessment}?decision=x", 404)
    for body in ({}, {"decision_type": "nothing", "direction": "do"}, {"decision_type": "custody"}):
        found = api.post(f"{assessment}decisions/", body, 422)
        assert "Choose the decision" in found["errors"][0]["reason"]
    assert api.post(f"{decision}withdraw/", status=200)["state"] == "withdrawn"
    found = api.post(f"{decision}withdraw/", status=409)
    assert "withdrawn now" in found["detail"]
    found = api.put(f"{decision}draft/", {"answers": {}, "version": 1}, 403)
    assert "cannot be edited" in found["detail"]


def test_an_assessment_waits_for_a_complete_status(at: Situation) -> None:
    api = Api(at.officer)
    other = api.post("cases/", {"family_name": "Marl"})["id"]
    found = api.post(f"cases/{other}/assessments/", DETAINER, 403)
    assert "Status and removability comes before" in found["detail"]
