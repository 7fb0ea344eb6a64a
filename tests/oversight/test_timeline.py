"""A case in the log: its changes, its readers, the lists that named it and the files that hold it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from cases.models import Case
from cases.services import create_person_and_case
from ledger.exports import jobs, running
from ledger.exports.scope import Sample, Scope
from ledger.models import CaseLink, Entry
from oversight import timeline
from oversight.timeline import Which
from tests import factories
from tests.assessment.situations import client
from tests.ledger.sealing import seal
from tests.oversight.records import mask, signed

pytestmark = pytest.mark.django_db

NUMBER = "A012-345-678"


@pytest.fixture
def auditor() -> Client:
    return client(factories.user(Role.AUDITOR))


@pytest.fixture
def officer() -> User:
    return factories.user(Role.OFFICER)


@pytest.fixture
def case(officer: User) -> Case:
    return create_person_and_case(
        actor=officer.actor(),
        user=officer,
        family_name="Quillworth",
        given_name="Perrin",
        birth=None,
        identifiers=[("a_number", NUMBER)],
    )


def _codes(case: Case, which: Which) -> list[str]:
    return [one.entry.event for one in timeline.timeline(case.pk, which).moments]


def test_changes_have_their_numbers_and_readings_none(case: Case, officer: User) -> None:
    client(officer).get(reverse("cases:detail", args=[case.pk]))
    both = timeline.timeline(case.pk, Which.ALL).moments
    assert both[0].entry.event == "cases.case.opened"
    assert both[0].number is None
    changes = timeline.timeline(case.pk, Which.CHANGES).moments
    assert [one.number for one in changes] == list(
        range(CaseLink.objects.filter(case_id=case.pk).count(), 0, -1)
    )
    assert _codes(case, Which.READS) == ["cases.case.opened"]


def test_lists_searches_and_reports_that_named_it(case: Case, officer: User, auditor: Client) -> None:
    other, _ = signed()
    client(officer).get(reverse("cases:list"), {"q": "Quillworth, Perrin", "why": "casework"})
    auditor.get(reverse("ledger:log"), {"case": str(case.pk)})
    auditor.get(reverse("ledger:log"), {"case": str(other.case.pk)})
    assert _codes(case, Which.LISTS) == ["ledger.log.listed", "cases.person.searched"]


def test_a_list_names_it_by_its_decision(auditor: Client) -> None:
    at, decision = signed()
    supervisor = factories.user(Role.SUPERVISOR, at=at.case.office)
    client(supervisor).get(reverse("review:queue"))
    assert "review.queue.listed" in _codes(at.case, Which.LISTS)
    assert decision.case_id == at.case.pk


def test_pages_follow_each_other(case: Case, officer: User) -> None:
    for _ in range(5):
        client(officer).get(reverse("cases:detail", args=[case.pk]))
    whole = timeline.timeline(case.pk, Which.ALL)
    first = timeline.timeline(case.pk, Which.ALL, None, 4)
    second = timeline.timeline(case.pk, Which.ALL, first.older, 4)
    assert [*first.moments, *second.moments] == whole.moments
    assert second.older is None


def test_a_download_that_holds_it_is_named(case: Case, auditor: Client) -> None:
    other, _ = signed()
    for one in (case, other.case):
        b"".join(auditor.get(reverse("ledger:download"), {"case": str(one.pk)}))
    b"".join(auditor.get(reverse("ledger:download"), {"event": "cases.case.closed"}))
    assert [one.words for one in timeline.taken(case.pk)] == [
        f"Entries about the case {case.pk}, newest first."
    ]


@pytest.mark.django_db(transaction=True)
def test_an_export_that_holds_it_is_named(
    case: Case, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EXPORTS_DIR = tmp_path
    monkeypatch.setattr("ledger.exports.jobs._nudge", lambda: None)
    at, _ = signed()
    auditor = factories.user(Role.AUDITOR)
    scopes = {
        "whole": Scope(),
        "other": Scope(case=at.case.pk),
        "office": Scope(office="el-paso"),
        "mine": Scope(case=case.pk),
        "acting": Scope(chosen={"outcome": "act"}),
        "declining": Scope(chosen={"outcome": "decline"}),
        "sample": Scope(sample=Sample(size=1, seed="s")),
    }
    asked = {
        jobs.request(
            actor=auditor.actor(), scope=scope, purpose="A test of the timeline", formats=["csv"]
        ).pk: name
        for name, scope in scopes.items()
    }
    seal()
    while export := jobs.claim():
        running.run(export)
    assert _files(case, asked) == {"whole", "mine"}
    assert _files(at.case, asked) == {"whole", "other", "acting", "sample"}


def _files(case: Case, asked: dict[Any, str]) -> set[str]:
    return {asked[one.export] for one in timeline.taken(case.pk)}


def test_the_page_leaves_an_entry_about_the_case(case: Case, auditor: Client) -> None:
    page = auditor.get(reverse("oversight:timeline", args=[case.pk])).content.decode()
    assert "number 1" in page
    assert "None of the newest fifty exports" in page
    entry = Entry.objects.get(event="oversight.timeline.opened")
    assert entry.case_id == case.pk
    assert auditor.get(reverse("oversight:timeline", args=[case.pk]), {"which": "x"}).status_code == 404


@pytest.mark.parametrize("spelling", [NUMBER, "a12345678", "012 345 678"])
def test_a_case_is_found_by_its_number_which_no_address_and_no_entry_shows(
    case: Case, auditor: Client, spelling: str
) -> None:
    answer = auditor.post(reverse("oversight:case"), {"a_number": spelling})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("oversight:timeline", args=[case.pk])
    entry = Entry.objects.get(event="oversight.case.searched")
    data = json.loads(bytes(entry.bytes))["data"]
    assert data["shown"] == [str(case.pk)]
    assert spelling not in bytes(entry.bytes).decode()


def test_what_the_law_masks_is_not_found_by_number(case: Case, auditor: Client) -> None:
    mask(case.pk)
    answer = auditor.post(reverse("oversight:case"), {"a_number": NUMBER})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "No case that can be looked up here has this number" in page
    assert f'value="{NUMBER}"' in page
    assert auditor.post(reverse("oversight:case"), {"a_number": " "}).status_code == 422


def test_the_log_is_filtered_by_outcome_and_says_so(auditor: Client) -> None:
    acting, _ = signed()
    declining, _ = signed(outcome="decline")
    page = auditor.get(reverse("ledger:log"), {"outcome": "decline", "event": "assessment.decision.signed"})
    text = page.content.decode()
    assert "about decisions with the outcome “Decline”" in text
    shown = {entry.case_id for entry in page.context["page"].entries}
    assert shown == {declining.case.pk}
    assert acting.case.pk not in shown
    assert auditor.get(reverse("ledger:log"), {"outcome": "perhaps"}).status_code == 400
