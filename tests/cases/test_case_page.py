"""The case page: what it costs whatever it holds, who wrote earlier versions, the gap map, and how it prints."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import selectors, services
from cases.dates import UncertainDate
from cases.models import Case, Encounter, Evidence, Fact, RecordRequest
from cases.selectors.gap_picture import picture
from ledger.clock import now, policy_date
from tests.cases.test_pages import fill
from tests.cases.test_status import CLEAR, save

SignIn = Callable[[User], Client]


@pytest.fixture
def client(signed_in: SignIn, officer: User) -> Client:
    return signed_in(officer)


def queries(client: Client, case: Case) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/cases/{case.id}/").status_code == 200
    frames = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(frames)]


def change_everything(officer: User, case: Case) -> None:
    """Every row gets a second version."""
    shared = {"actor": officer.actor(), "user": officer}
    for fact in Fact.objects.filter(case=case).select_related("case"):
        services.change_fact(
            **shared,  # type: ignore[arg-type]
            fact=fact,
            version=fact.version,
            details={"what": f"{fact.details['what']}, corrected"},
            on=UncertainDate.parse("2020-03"),
        )
    for proof in Evidence.objects.filter(case=case).select_related("case"):
        services.change_evidence(
            **shared,  # type: ignore[arg-type]
            evidence=proof,
            version=proof.version,
            kind=proof.kind,
            source=f"{proof.source}, corrected",
            source_relation=proof.source_relation,
            obtained_on=proof.obtained_on,
            reviewed_on=datetime.date(2024, 2, 2),
        )
    for request in RecordRequest.objects.filter(case=case).select_related("case"):
        services.change_record_request(
            **shared,  # type: ignore[arg-type]
            request=request,
            version=request.version,
            record_kind=request.record_kind,
            state="requested",
            requested_on=datetime.date(2024, 3, 3),
        )


def test_at_most_eight_queries_whatever_it_holds(client: Client, officer: User, case: Case) -> None:
    client.get(f"/cases/{case.id}/")
    few = queries(client, case)
    assert len(few) <= 8, few
    fill(officer, case, 6)
    save(officer, case)
    change_everything(officer, case)
    services.record_alias(actor=officer.actor(), user=officer, case=case, family_name="Marlowe")
    services.set_flag(actor=officer.actor(), user=officer, case=case, kind="juvenile", reason="Says so")
    many = queries(client, case)
    assert len(many) <= 8, many


def test_history_says_what_it_was_who_wrote_it_and_when(client: Client, officer: User, case: Case) -> None:
    fill(officer, case, 1)
    assert "History" not in client.get(f"/cases/{case.id}/").content.decode()
    change_everything(officer, case)
    Encounter.objects.update(site="Elsewhere", version=2)
    html = re.sub(r"\s+", " ", client.get(f"/cases/{case.id}/").content.decode())
    assert html.count("<summary>History") == 4
    day = f"{now():%Y-%m-%d}"
    for said in (
        f"Version 1, written by Officer North, {day}",
        f"Version 2 (as it stands), written by Officer North, {day}",
        "Conduct: Conduct 0; ",
        "Court 0, obtained 2024-01-01, not reviewed",
        "Court 0, corrected, obtained 2024-01-01, reviewed 2024-02-02",
        "to be requested",
        "Site 0; ",
        "Version 2 (as it stands), written by an import or a merge",
    ):
        assert said in html, said


def test_history_of_several_versions_stands_in_order(officer: User, case: Case) -> None:
    fill(officer, case, 1)
    for _ in range(3):
        change_everything(officer, case)
    whole = selectors.whole_case(officer, case.pk, policy_date())
    lines = whole.history[Fact.objects.get().pk]
    assert [line.version for line in lines] == [4, 3, 2, 1]
    assert [line.now for line in lines] == [True, False, False, False]
    assert all(line.who == officer.full_name for line in lines)
    assert [line.at for line in lines] == sorted((line.at for line in lines if line.at), reverse=True)


def test_withdrawn_facts_stay_readable(client: Client, officer: User, case: Case) -> None:
    fill(officer, case, 1)
    fact = Fact.objects.select_related("case").get()
    services.withdraw_fact(actor=officer.actor(), user=officer, fact=fact, version=1)
    html = client.get(f"/cases/{case.id}/").content.decode()
    assert "Withdrawn from this part (1)" in html
    assert f"/facts/{fact.pk}/" not in html


def test_the_page_and_the_record_of_an_assessment_say_the_same(officer: User, case: Case) -> None:
    fill(officer, case, 3)
    save(officer, case)
    whole, record = (
        selectors.whole_case(officer, case.pk, policy_date()),
        selectors.case_record(case, policy_date()),
    )
    assert [one.fact for one in whole.encounters] + whole.facts == record.facts
    assert whole.evidence == record.evidence
    assert whole.statements == record.statements
    assert whole.stops == record.signs
    assert whole.encounters == selectors.encounters_of(case, policy_date())
    assert whole.requests == selectors.requests_of(case)
    assert tuple(whole.identifiers) == selectors.identifiers_of(case)


def test_the_gap_map_says_the_same_as_its_table(client: Client, officer: User, case: Case) -> None:
    fill(officer, case, 2)
    gaps = selectors.gap_map(case)
    drawn = picture(gaps)
    assert len(drawn.lines) == len(gaps)
    for line, row in zip(drawn.lines, gaps, strict=True):
        assert line.not_looked_for is row.not_looked_for
        assert {cell.state: cell.count for cell in line.cells} == {
            state: count
            for state in ("obtained", "requested", "open", "unavailable")
            if (count := getattr(row, state))
        }
        assert row.label in drawn.words
    html = client.get(f"/cases/{case.id}/").content.decode()
    svg = html[html.index('<svg class="case-gapmap"') :]
    svg = svg[: svg.index("</svg>")]
    assert 'role="img"' in svg
    assert "<title" in svg
    assert "<desc" in svg
    assert svg.count("case-unseen") == sum(row.not_looked_for for row in gaps)
    assert "style=" not in svg


def test_a_representative_is_on_the_page(client: Client, officer: User, case: Case) -> None:
    from dataclasses import replace

    save(officer, case, replace(CLEAR, representative="yes", representative_name="Ines Brack"))
    html = client.get(f"/cases/{case.id}/").content.decode()
    assert "Representative (Form G-28): " in html
    assert "Ines Brack" in html


def test_it_prints_as_a_document(client: Client, case: Case) -> None:
    html = client.get(f"/cases/{case.id}/").content.decode()
    assert 'class="tot-printed"' in html
    assert "edition 2021-09-30, rules " in html
    for part in ('aria-label="On this page"', 'aria-label="About the person"'):
        before = html[: html.index(part)]
        assert "tot-noprint" in before[before.rindex("<") :]
