"""From the order that arrives to the signature: two people change the calendar, and the drafts of the day are asked."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import Settings

from accounts.models import Role
from assessment.errors import RulesUnmet
from assessment.models import Decision
from ledger.models import Entry
from ledger.selectors import open_entry_payload
from policy import calendar_store
from policy.calendar_changes import selectors, services
from policy.calendar_changes.rows import ProposedRow
from policy.models import CalendarRow
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation, fill, sign, started
from tests.assessment.test_straddling import reaffirm
from tests.policy.orders import an_order

pytestmark = [pytest.mark.django_db, pytest.mark.clause("VI#27")]


@pytest.fixture(autouse=True)
def practice_day(settings: Settings) -> None:
    settings.PRACTICE_DATE = datetime.date(2024, 12, 10)


def order_comes(row: ProposedRow) -> selectors.Effect:
    """Both steps; what the second person was shown."""
    first, second = factories.user(Role.POLICY), factories.user(Role.POLICY)
    change = services.put_forward(actor=first.actor(), rows=[row], reason="An order came")
    shown = selectors.effect_of(change)
    services.activate(actor=second.actor(), change_id=change.pk, seen=CalendarRow.objects.count())
    calendar_store.forget()
    return shown


def test_a_draft_of_today_shows_the_order_and_is_signed_only_after_its_author_re_affirmed(
    at: Situation,
) -> None:
    signed = situations.signed(at, "custody")
    version = signed.versions.get()
    draft = fill(at, started(at, "custody"))
    arrest = started(at, "arrest")
    shown = order_comes(an_order())
    assert [(one.office, one.open, one.reached) for one in shown.reached] == [(at.case.office.name, 2, 1)]
    with pytest.raises(RulesUnmet) as refused:
        sign(draft)
    assert [one.rule for one in refused.value.unmet] == ["reaffirmed_after_change"]
    client = situations.client(at.officer)
    address = reverse("assessment:reaffirm", args=[draft.assessment_id])
    text = client.get(f"{address}?decision={draft.pk}").content.decode()
    assert "District of Nowhere, 2024-12-01" in text
    assert "Part II, as far as it speaks of custody." in text
    tasks = reverse("assessment:tasks", args=[arrest.assessment_id])
    assert "The guidance changed" not in client.get(f"{tasks}?decision={arrest.pk}").content.decode()
    reaffirm(draft)
    new = sign(draft)
    assert [one["key"] for one in new.overlays] == [an_order().key]
    assert new.edition_status == "partly_enjoined"
    version.refresh_from_db()
    assert (version.edition_status, version.overlays) == ("in_force", [])
    old = client.get(reverse("assessment:signed", args=[signed.pk, 1])).content.decode()
    assert "District of Nowhere" not in old


def test_a_vacatur_takes_the_priorities_from_every_draft_and_its_end_gives_them_back(at: Situation) -> None:
    draft = fill(at, started(at))
    vacatur: dict[str, Any] = {"event": "vacated", "decision_types": [], "scope": "", "statutes": []}
    order_comes(an_order(key="vacated", **vacatur))
    with pytest.raises(RulesUnmet) as asked:
        sign(draft)
    assert [one.rule for one in asked.value.unmet] == ["reaffirmed_after_change"]
    reaffirm(draft)
    order_comes(an_order(key="back", event="reinstated", since="2024-12-08", decision_types=[], scope=""))
    with pytest.raises(RulesUnmet) as refused:
        sign(Decision.objects.get(pk=draft.pk))
    assert "reaffirmed_after_change" in {one.rule for one in refused.value.unmet}
    reaffirm(draft)
    assert sign(draft).edition_status == "in_force"


def test_who_may_see_the_case_finds_the_drafts_and_nobody_else(at: Situation) -> None:
    signed = situations.signed(at, "custody")
    custody, arrest = started(at, "custody"), started(at, "arrest")
    order_comes(an_order())
    address = reverse("assessment:moved")
    mine = situations.client(at.officer).get(address).content.decode()
    assert f"?decision={custody.pk}" in mine
    assert "see what changed" in mine
    for other in (arrest, signed):
        assert str(other.pk) not in mine
    colleague = factories.user(Role.OFFICER, at=at.officer.office)
    theirs = situations.client(colleague).get(address).content.decode()
    assert f"?decision={custody.pk}" in theirs
    assert "see what changed" not in theirs
    elsewhere = factories.user(Role.OFFICER, at=factories.office("elsewhere", "Elsewhere"))
    nothing = situations.client(elsewhere).get(address).content.decode()
    assert str(custody.pk) not in nothing
    assert "None: every open draft that you may see stands on the guidance of today." in nothing
    entry = Entry.objects.filter(event="assessment.moved.shown", actor_id=str(at.officer.pk)).get()
    payload: Any = open_entry_payload(entry)
    assert payload["shown"] == [str(custody.pk)]
    reaffirm(custody)
    assert str(custody.pk) not in situations.client(at.officer).get(address).content.decode()
