"""Pages are saved as typed, never over somebody's text, and never lost."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from assessment import services
from assessment.answers import form_errors, read_day, read_posted
from assessment.errors import Conflict, NotAllowed
from assessment.fields import LONGEST_TEXT, all_fields
from assessment.models import Decision, StepAnswers
from assessment.services import drafting
from ledger.models import Entry
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import EDITION_KEY, Situation, events, save, step_url

pytestmark = pytest.mark.django_db
LIVE = {"hx-request": "true"}


@pytest.fixture
def web(at: Situation) -> Client:
    return situations.client(at.officer)


def row(draft: Decision, step: str = "consequences") -> StepAnswers:
    return StepAnswers.objects.get(assessment=draft.assessment_id, step=step)


def field_value(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*>\n(.*?)</textarea>', response.content.decode(), re.DOTALL)
    assert found
    return html.unescape(found.group(1))


# The service


def test_a_save_takes_the_next_version(draft: Decision) -> None:
    assert save(draft, "consequences", {"consequences": "Loses work."}, version=1) == 2
    assert row(draft).answers == {"consequences": "Loses work."}
    assert row(draft).saved_by == draft.created_by


@pytest.mark.parametrize("step", ["consequences", "outcome"])
def test_a_stale_version_gets_both_texts_and_changes_nothing(draft: Decision, step: str) -> None:
    name = "consequences" if step == "consequences" else "rationale"
    save(draft, step, {name: "First."}, version=1, page="a")
    with pytest.raises(Conflict) as conflict:
        save(draft, step, {name: "Second."}, version=1, page="b")
    assert conflict.value.saved == {name: "First."}
    assert conflict.value.mine == {name: "Second."}
    assert conflict.value.version == 2
    assert conflict.value.saved_by == draft.created_by
    assert save(draft, step, {name: "Second."}, version=2, page="b") == 3


@pytest.mark.parametrize("step", ["consequences", "outcome"])
def test_a_page_never_conflicts_with_its_own_autosave(draft: Decision, step: str) -> None:
    name = "consequences" if step == "consequences" else "rationale"
    save(draft, step, {name: "Fir"}, version=1, page="a", by_button=False)
    save(draft, step, {name: "First"}, version=1, page="a", by_button=False)
    draft = Decision.objects.get(pk=draft.pk)
    assert save(draft, step, {name: "First."}, version=1, page="a") == 4


def test_no_page_is_nobodys_page(draft: Decision) -> None:
    save(draft, "consequences", {"consequences": "First."}, version=1, page="")
    with pytest.raises(Conflict):
        save(draft, "consequences", {"consequences": "Second."}, version=1, page="")


def test_autosave_leaves_no_entry_and_the_button_one(draft: Decision) -> None:
    before = Entry.objects.count()
    save(draft, "consequences", {"consequences": "Typing"}, version=1, page="a", by_button=False)
    assert Entry.objects.count() == before
    save(draft, "consequences", {"consequences": "Loses her work."}, version=2, page="a")
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.order_by("id").last()
    assert entry is not None
    assert entry.event == "assessment.step.saved"
    assert b"Loses her work" not in bytes(entry.bytes)
    assert situations.told(entry)["answers"] == {"consequences": "Loses her work."}


def test_a_failing_log_saves_nothing(draft: Decision, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*entries: Any) -> Any:
        raise RuntimeError("no log")

    monkeypatch.setattr(drafting, "append", fails)
    with pytest.raises(RuntimeError):
        save(draft, "consequences", {"consequences": "Loses work."}, version=1)
    assert row(draft).version == 1


def test_a_signed_decision_is_not_edited_by_a_page_that_was_open(at: Situation, full: Decision) -> None:
    stale = Decision.objects.get(pk=full.pk)
    situations.sign(full)
    with pytest.raises(NotAllowed, match="cannot be edited"):
        save(stale, "outcome", {"outcome": "decline"}, version=stale.version, page="a")
    assert Decision.objects.get(pk=full.pk).answers == full.answers


def test_a_closed_assessment_is_not_written_by_a_page_that_was_open(at: Situation, draft: Decision) -> None:
    assessment = draft.assessment
    services.withdraw_decision(actor=at.officer.actor(), user=at.officer, decision=draft)
    with pytest.raises(NotAllowed, match="only while it is open"):
        services.save_step(
            actor=at.officer.actor(),
            user=at.officer,
            assessment=assessment,
            step="consequences",
            answers={"consequences": "Late."},
            version=1,
            page="",
            by_button=True,
        )
    assert row(draft).answers == {}


# What is read from a page


def test_nul_is_taken_out_and_lines_are_kept() -> None:
    fields = all_fields(EDITION_KEY, "consequences")
    read = read_posted(
        {"consequences": "a\x00b\r\nc", "consequences_pins": ["x\x00y", ""], "other": "z"}, fields
    )
    assert read == {"consequences": "ab\nc", "consequences_pins": ["xy"]}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 11/29/2021 ", "2021-11-29"),
        ("Nov 29, 2021", "2021-11-29"),
        ("some day", "some day"),
        ("2021", "2021"),
    ],
)
def test_a_day_is_kept_in_one_spelling_and_what_is_none_as_typed(typed: str, kept: str) -> None:
    fields = all_fields(EDITION_KEY, "records")
    assert read_posted({"record_dispositions_on": typed}, fields) == {"record_dispositions_on": kept}


@pytest.mark.parametrize("text", ["2024-11", "2024", "about 2024-11-02", "soon", ""])
def test_what_is_not_one_day(text: str) -> None:
    with pytest.raises(ValidationError):
        read_day(text)


def test_the_longest_text_fits_and_one_more_does_not() -> None:
    fields = all_fields(EDITION_KEY, "consequences")
    assert form_errors({"consequences": "x" * LONGEST_TEXT}, fields) == {}
    assert (
        "20,001 characters" in form_errors({"consequences": "x" * (LONGEST_TEXT + 1)}, fields)["consequences"]
    )


# The page


def test_the_button_saves_and_goes_on(web: Client, draft: Decision) -> None:
    answer = web.post(
        step_url(draft, "consequences"), {"version": 1, "page": "a", "consequences": "Loses work."}
    )
    assert answer.status_code == 302
    assert "/outcome/" in answer["Location"]
    assert row(draft).answers == {"consequences": "Loses work."}


def test_what_was_saved_comes_back(web: Client, draft: Decision) -> None:
    text = 'Loses work & home;\n<b>the family</b> a "wage".'
    web.post(step_url(draft, "consequences"), {"version": 1, "page": "a", "consequences": text})
    assert field_value(web.get(step_url(draft, "consequences")), "consequences") == text


def test_nul_through_the_page(web: Client, draft: Decision) -> None:
    web.post(step_url(draft, "consequences"), {"version": 1, "consequences": "a\x00b"})
    assert row(draft).answers == {"consequences": "ab"}


def test_autosave_answers_with_a_line_and_the_new_version(web: Client, draft: Decision) -> None:
    before = events(prefix="assessment.step")
    answer = web.post(
        step_url(draft, "consequences"), {"version": 1, "page": "a", "consequences": "Typing"}, headers=LIVE
    )
    body = " ".join(answer.content.decode().split())
    assert answer.status_code == 200
    assert body.startswith("Saved at ")
    assert 'id="step-version" value="2" hx-swap-oob="true"' in body
    assert "<html" not in body
    assert events(prefix="assessment.step") == before


def test_autosave_in_two_windows_tells_of_it_and_overwrites_nothing(web: Client, draft: Decision) -> None:
    url = step_url(draft, "consequences")
    web.post(url, {"version": 1, "page": "a", "consequences": "First."}, headers=LIVE)
    answer = web.post(url, {"version": 1, "page": "b", "consequences": "Second."}, headers=LIVE)
    assert answer.status_code == 409
    assert "Press Save to see both" in answer.content.decode()
    assert row(draft).answers == {"consequences": "First."}


def test_the_button_in_two_windows_shows_both_texts_and_takes_the_choice(
    web: Client, draft: Decision
) -> None:
    url = step_url(draft, "consequences")
    pins = [situations.ready.__name__]
    web.post(url, {"version": 1, "page": "a", "consequences": "First <text>."})
    answer = web.post(
        url, {"version": 1, "page": "b", "consequences": "Second & text.", "consequences_pins": pins}
    )
    assert answer.status_code == 409
    body = answer.content.decode()
    assert field_value(answer, "consequences") == "Second & text."
    assert "First &lt;text&gt;." in body
    assert draft.created_by.full_name in body
    assert 'name="version" value="2"' in body
    assert f'name="consequences_pins" value="{pins[0]}"' in body
    web.post(url, {"version": 2, "page": "c", "consequences": "Second & text.", "stay": "1"})
    assert row(draft).answers == {"consequences": "Second & text."}


@pytest.mark.parametrize("live", [False, True])
def test_a_text_that_does_not_fit_stays_in_the_page(web: Client, draft: Decision, live: bool) -> None:
    text = "x" * (LONGEST_TEXT + 1)
    answer = web.post(
        step_url(draft, "consequences"),
        {"version": 1, "page": "a", "consequences": text},
        headers=LIVE if live else None,
    )
    assert row(draft).answers == {}
    if live:
        assert answer.content.decode().startswith("Not saved yet")
        return
    assert answer.status_code == 422
    assert field_value(answer, "consequences") == text
    body = answer.content.decode()
    assert 'href="#id_consequences"' in body
    assert "It is still here and is not saved" in body
    assert 'name="version" id="step-version" value="1"' in body


def test_ten_megabytes_pasted_stay_in_the_page(web: Client, draft: Decision) -> None:
    text = "Zeile mit Ümlaut. " * 560_000
    assert len(text.encode()) > 10 * 1024 * 1024
    answer = web.post(step_url(draft, "consequences"), {"version": 1, "page": "a", "consequences": text})
    assert answer.status_code == 422
    assert field_value(answer, "consequences") == text
    assert f"{len(text):,} characters" in answer.content.decode()
    assert row(draft).answers == {}


def test_a_wrong_day_is_kept_as_typed_and_said(web: Client, draft: Decision) -> None:
    url = step_url(draft, "records")
    answer = web.post(
        url,
        {
            "version": 1,
            "page": "a",
            "record_dispositions_state": "obtained_reviewed",
            "record_dispositions_on": "30/02/2024",
        },
    )
    assert answer.status_code == 422
    body = answer.content.decode()
    assert 'value="30/02/2024"' in body
    assert 'href="#id_record_dispositions_on"' in body
    assert row(draft, "records").answers["record_dispositions_on"] == "30/02/2024"


def test_a_value_that_is_not_in_the_list_is_said(web: Client, draft: Decision) -> None:
    answer = web.post(step_url(draft, "dispute"), {"version": 1, "page": "a", "dispute": "perhaps"})
    assert answer.status_code == 422
    assert "This answer is not one of the list" in answer.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "2.5", "²"])
def test_a_version_that_is_none_is_a_conflict_and_no_crash(
    web: Client, draft: Decision, version: str
) -> None:
    answer = web.post(step_url(draft, "consequences"), {"version": version, "consequences": "Mine."})
    assert answer.status_code == 409
    assert field_value(answer, "consequences") == "Mine."


@pytest.mark.parametrize("token", ["p" * 36, "p" * 500, "a\x00b"])
def test_any_page_token_is_taken(web: Client, draft: Decision, token: str) -> None:
    answer = web.post(step_url(draft, "consequences"), {"version": 1, "page": token, "consequences": "A"})
    assert answer.status_code == 302
    answer = web.post(step_url(draft, "consequences"), {"version": 1, "page": token, "consequences": "B"})
    assert answer.status_code == 302
    assert row(draft).answers == {"consequences": "B"}


def test_the_block_for_records_answers_only_what_is_open(web: Client, draft: Decision) -> None:
    web.post(
        step_url(draft, "records"),
        {
            "version": 1,
            "page": "a",
            "block": "read_all",
            "block_read_on": "2024-12-05",
            "record_dispositions_state": "not_applicable",
        },
    )
    stored = row(draft, "records").answers
    assert stored["record_dispositions_state"] == "not_applicable"
    assert "record_dispositions_on" not in stored
    assert stored["record_criminal_record_state"] == "obtained_reviewed"
    assert stored["record_criminal_record_on"] == "2024-12-05"


def test_the_blocks_for_factors_never_answer_what_somebody_answered(web: Client, draft: Decision) -> None:
    url = step_url(draft, "factors")
    given = {
        "version": 1,
        "page": "a",
        "factor_lengthy_presence_presence": "not_applicable",
        "factor_sophistication_of_offense_presence": "did_not_look",  # that record could answer it
    }
    web.post(url, given | {"block": "looked_not_found", "block_record": "criminal_record"})
    stored = row(draft, "factors").answers
    assert stored["factor_lengthy_presence_presence"] == "not_applicable"
    assert stored["factor_sophistication_of_offense_presence"] == "did_not_look"
    assert stored["factor_serious_prior_criminal_record_presence"] == "looked_not_found"
    assert stored["factor_serious_prior_criminal_record_record"] == "criminal_record"
    assert "factor_impact_on_family_presence" not in stored  # that record cannot answer it
    web.post(url, given | stored | {"block": "did_not_look"})
    stored = row(draft, "factors").answers
    assert stored["factor_impact_on_family_presence"] == "did_not_look"
    assert stored["factor_serious_prior_criminal_record_presence"] == "looked_not_found"
    assert stored["factor_lengthy_presence_presence"] == "not_applicable"


@pytest.mark.parametrize("step", ["consequences", "outcome"])
def test_an_ended_session_keeps_the_text(web: Client, draft: Decision, step: str) -> None:
    name = "consequences" if step == "consequences" else "rationale"
    text = 'Loses "work" & <home>.\nÜber all.'
    url = step_url(draft, step)
    web.logout()
    answer = web.post(url, {"version": 1, "page": "a", name: text})
    assert answer.status_code == 401
    resume = re.search(r'name="resume" value="([^"]*)"', answer.content.decode())
    assert resume
    answer = web.post(
        reverse("accounts:login"),
        {
            "username": draft.created_by.username,
            "password": factories.PASSWORD,
            "next": url,
            "resume": html.unescape(resume.group(1)),
        },
    )
    body = answer.content.decode()
    assert f'action="{html.escape(url)}"' in body
    again = {
        key: html.unescape(value)
        for key, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', body, re.DOTALL)
        if key != "csrfmiddlewaretoken"
    }
    assert again[name] == text
    assert web.post(url, again).status_code == 302
    stored = Decision.objects.get(pk=draft.pk).answers if step == "outcome" else row(draft).answers
    assert stored == {name: text}


@pytest.mark.parametrize("step", ["status", "unknown", "submit2"])
def test_an_unknown_page_is_none(web: Client, draft: Decision, step: str) -> None:
    assert web.get(step_url(draft, step)).status_code == 404


@pytest.mark.parametrize("named", ["nonsense", "", "0195f0a0-0000-7000-8000-000000000000"])
def test_a_decision_of_another_assessment_is_none(web: Client, draft: Decision, named: str) -> None:
    url = reverse("assessment:tasks", args=[draft.assessment_id]) + f"?decision={named}"
    assert web.get(url).status_code == (200 if not named else 404)
