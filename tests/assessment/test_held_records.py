"""What the case holds of the records is shown and taken over with one action; nothing is dated by guess."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from assessment.held_records import MIXED, UNREAD, HeldRecord, held_records, taken_over
from assessment.models import Decision, StepAnswers
from cases import services as case_services
from cases.selectors import RequestView
from tests.assessment import situations
from tests.assessment.drafts import DAY, EDITION
from tests.assessment.situations import Situation, main_of, step_url


def request(state: str, **more: Any) -> RequestView:
    given: dict[str, Any] = {
        "record_kind": "dispositions",
        "state": state,
        "asked_of": "Millbrook Superior Court",
        "requested_on": None,
        "answered_on": None,
        "reviewed_on": None,
        "reviewed_by": "",
        "unavailable_reason": "",
        "recorded_by": "Ada Officer",
    }
    return RequestView(**(given | more))


def held(*requests: RequestView) -> HeldRecord:
    return next(one for one in held_records(EDITION, requests, DAY) if one.key == "dispositions")


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_what_was_read_is_taken_over_with_the_day_of_reading() -> None:
    one = held(
        request(
            "obtained", answered_on=on("2024-12-01"), reviewed_on=on("2024-12-03"), reviewed_by="Ada Officer"
        ),
        request("obtained", answered_on=on("2024-12-02"), reviewed_on=on("2024-12-05")),
    )
    assert one.answers == {
        "record_dispositions_state": "obtained_reviewed",
        "record_dispositions_on": "2024-12-05",  # the whole was read when its last part was
    }
    assert "read 2024-12-03 by Ada Officer" in one.lines[0]
    assert "asked of Millbrook Superior Court" in one.lines[0]
    assert "written down by Ada Officer" in one.lines[0]


def test_a_record_that_came_is_not_one_that_was_read() -> None:
    one = held(request("obtained", answered_on=on("2024-12-01")))
    assert (one.answers, one.why_not) == ({}, UNREAD)


def test_the_longest_wait_counts() -> None:
    one = held(
        request("requested", requested_on=on("2024-12-04")),
        request("requested", requested_on=on("2024-11-04")),
    )
    assert one.answers["record_dispositions_on"] == "2024-11-04"
    assert one.answers["record_dispositions_state"] == "requested"


def test_a_reason_is_taken_over() -> None:
    one = held(request("unavailable", unavailable_reason="held_abroad"))
    assert one.answers == {
        "record_dispositions_state": "unavailable",
        "record_dispositions_reason": "held_abroad",
    }
    assert "held abroad" in one.words


@pytest.mark.parametrize(
    "requests",
    [
        (request("requested", requested_on=on("2024-12-04")), request("open")),
        (
            request("unavailable", unavailable_reason="held_abroad"),
            request("unavailable", unavailable_reason="no_answer"),
        ),
    ],
)
def test_what_does_not_agree_is_not_made_to_agree(requests: tuple[RequestView, ...]) -> None:
    one = held(*requests)
    assert (one.answers, one.why_not) == ({}, MIXED)


def test_a_day_ahead_is_not_taken_over() -> None:
    assert held(request("requested", requested_on=on("2024-12-11"))).answers == {}


def test_taking_over_leaves_what_somebody_answered() -> None:
    lines = held_records(EDITION, [request("unavailable", unavailable_reason="held_abroad")], DAY)
    given = taken_over({"record_dispositions_state": "not_applicable"}, lines)
    assert given == {"record_dispositions_state": "not_applicable"}


def ask(at: Situation, kind: str, state: str, **more: Any) -> None:
    case_services.open_record_request(
        actor=at.officer.actor(), user=at.officer, case=at.case, record_kind=kind, state=state, **more
    )


def stored(draft: Decision) -> dict[str, Any]:
    answers: dict[str, Any] = StepAnswers.objects.get(assessment=draft.assessment_id, step="records").answers
    return answers


def test_the_page_shows_the_case_and_asks_for_the_rest(at: Situation, draft: Decision) -> None:
    read = {"answered_on": on("2024-12-01"), "reviewed_on": on("2024-12-03")}
    ask(at, "criminal_record", "obtained", **read)
    ask(at, "dispositions", "requested", requested_on=on("2024-11-20"), asked_of="Fallowmere Court")
    web = situations.client(at.officer)
    page = main_of(web.get(step_url(draft, "records")))
    assert "asked of Fallowmere Court, asked 2024-11-20" in page
    assert f"by {at.officer.full_name}" in page
    assert stored(draft) == {}  # shown, and not decided
    answer = web.post(step_url(draft, "records"), {"version": 1, "page": "a", "block": "take_over"})
    assert answer.status_code == 200  # two records are left to answer
    assert stored(draft) == {
        "record_criminal_record_state": "obtained_reviewed",
        "record_criminal_record_on": "2024-12-03",
        "record_dispositions_state": "requested",
        "record_dispositions_on": "2024-11-20",
    }
    # The block for the rest asks for the day, keeps what was written, and leaves out what the case is waiting for.
    given = {"page": "a", "block": "read_all"}
    web.post(step_url(draft, "records"), {**given, "version": 2})
    assert "record_administrative_file_state" not in stored(draft)
    answer = web.post(step_url(draft, "records"), {**given, "version": 3, "block_read_on": "05.12.2024"})
    assert answer.status_code == 422
    assert 'value="05.12.2024"' in answer.content.decode()
    web.post(step_url(draft, "records"), {**given, "version": 4, "block_read_on": "2024-12-06"})
    assert stored(draft) == {
        "record_administrative_file_state": "obtained_reviewed",
        "record_administrative_file_on": "2024-12-06",
        "record_other_investigative_state": "obtained_reviewed",
        "record_other_investigative_on": "2024-12-06",
    }


def test_a_whole_file_is_one_action(at: Situation, draft: Decision) -> None:
    for kind in EDITION.record_kinds:
        ask(at, kind.key, "obtained", answered_on=on("2024-12-01"), reviewed_on=on("2024-12-03"))
    web: Client = situations.client(at.officer)
    answer = web.post(step_url(draft, "records"), {"version": 1, "page": "a", "block": "take_over"})
    assert answer.status_code == 302
    assert "/national-security/" in answer["Location"]
    assert {stored(draft)[f"record_{kind.key}_on"] for kind in EDITION.record_kinds} == {"2024-12-03"}


def test_the_block_never_calls_a_day_ahead_read(at: Situation, draft: Decision) -> None:
    web = situations.client(at.officer)
    given = {"version": 1, "page": "a", "block": "read_all", "block_read_on": "2024-12-11"}
    answer = web.post(step_url(draft, "records"), given)
    assert answer.status_code == 422
    assert "lies after 2024-12-10" in answer.content.decode()
    assert stored(draft) == {}
