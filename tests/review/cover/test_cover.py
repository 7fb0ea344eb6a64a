"""Cover after hours opens urgent decisions of one office to a supervisor of another, for a time, one by one."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from accounts.models import User
from accounts.zones import set_zone
from assessment import workflow
from assessment.models import Decision
from cases.models import Case
from ledger.actors import SYSTEM
from ledger.models import Entry
from review.cover.models import Cover, CoverTaken
from review.cover.selectors import active_for
from review.cover.services import end_cover, record_cover, take_as_cover
from review.errors import Refused
from review.selectors import reviewable_by
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.samples import approve, detail_url

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V.B#23")]

# The practice day of the tests, whatever the time of day is.
STARTS = datetime.datetime(2024, 12, 9, 18, 0, tzinfo=datetime.UTC)
ENDS = datetime.datetime(2024, 12, 11, 18, 0, tzinfo=datetime.UTC)
FORM = {
    "cover_from_day": "2024-12-09",
    "cover_from_time": "18:00",
    "cover_until_day": "2024-12-11",
    "cover_until_time": "18:00",
}


def covered(boss: User, far_boss: User, **changes: Any) -> Cover:
    given: dict[str, Any] = {"person": far_boss.pk, "starts": STARTS, "ends": ENDS} | changes
    return record_cover(actor=boss.actor(), user=boss, **given)


def taken(far_boss: User, decision: Decision) -> Decision:
    return take_as_cover(actor=far_boss.actor(), user=far_boss, decision=decision.pk)


def test_a_form_sent_twice_sets_one_cover(boss: User, far_boss: User) -> None:
    web = situations.client(boss)
    for _ in range(2):
        answer = web.post(reverse("review:cover"), FORM | {"cover_person": far_boss.pk}, follow=True)
        assert answer.status_code == 200
    assert Cover.objects.count() == 1
    assert Entry.objects.filter(event="review.cover.recorded").count() == 1
    end_cover(actor=boss.actor(), user=boss, cover=Cover.objects.get().pk)
    assert covered(boss, far_boss).ended_at is None


def test_who_covers_takes_an_urgent_one_and_reviews_it(
    at: Situation, waiting: Decision, boss: User, far_boss: User
) -> None:
    assert not reviewable_by(far_boss).exists()
    row = covered(boss, far_boss)
    web = situations.client(far_boss)
    page = situations.main_of(web.get(reverse("review:cover")))
    assert "Quillworth, Tamsin" in page
    answer = web.post(reverse("review:cover-take"), {"decision": waiting.pk}, follow=True)
    assert answer.status_code == 200
    stored = Decision.objects.get(pk=waiting.pk)
    assert (stored.state, stored.claimed_by, stored.assigned_to) == (workflow.CLAIMED, far_boss, far_boss)
    told = situations.told(Entry.objects.get(event="review.cover.taken"))
    assert told == {"number": 1, "cover": str(row.pk), "office": at.case.office_id, "given_before": ""}
    approve(far_boss, stored)
    mark = f"{far_boss.full_name} ({far_boss.office.name}) took version 1 on"
    for person, address in (
        (far_boss, detail_url(waiting)),
        (boss, detail_url(waiting)),
        (at.officer, reverse("assessment:signed", args=[waiting.pk, 1])),
    ):
        assert mark in situations.main_of(situations.client(person).get(address)), address


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_both_outcomes_are_covered_alike(at: Situation, boss: User, far_boss: User, outcome: str) -> None:
    decision = situations.signed(at, outcome=outcome)
    covered(boss, far_boss)
    assert taken(far_boss, decision).claimed_by == far_boss


def test_only_urgent_ones(at: Situation, boss: User, far_boss: User) -> None:
    decision = situations.signed(at, "notice_to_appear")
    assert decision.urgency == ""
    covered(boss, far_boss)
    assert "Quillworth" not in situations.main_of(situations.client(far_boss).get(reverse("review:cover")))
    with pytest.raises(Refused, match="cannot be taken as cover"):
        taken(far_boss, decision)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(STARTS + datetime.timedelta(days=2), ENDS + datetime.timedelta(days=2)), (STARTS, ENDS)],
)
def test_only_while_it_lasts(
    waiting: Decision, boss: User, far_boss: User, starts: datetime.datetime, ends: datetime.datetime
) -> None:
    row = covered(boss, far_boss, starts=starts, ends=ends)
    if starts == STARTS:
        end_cover(actor=boss.actor(), user=boss, cover=row.pk)
    assert active_for(far_boss) == []
    with pytest.raises(Refused):
        taken(far_boss, waiting)
    assert Decision.objects.get(pk=waiting.pk).state == workflow.SUBMITTED


def test_no_restricted_case_and_nobody_else(
    at: Situation, waiting: Decision, boss: User, far_boss: User, other_boss: User
) -> None:
    covered(boss, far_boss)
    with pytest.raises(Refused):
        taken(other_boss, waiting)
    Case.objects.filter(pk=at.case.pk).update(restricted=True, version=at.case.version + 1)
    with pytest.raises(Refused):
        taken(far_boss, waiting)


def test_it_is_taken_once(waiting: Decision, boss: User, far_boss: User) -> None:
    covered(boss, far_boss)
    taken(far_boss, waiting)
    with pytest.raises(Refused):
        taken(far_boss, waiting)
    assert CoverTaken.objects.count() == 1
    with pytest.raises(ProgrammingError), transaction.atomic():
        CoverTaken.objects.update(version_number=2)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person": None}, "cover_person"),
        ({"starts": None}, "cover_from_day"),
        ({"ends": None}, "cover_until_day"),
        ({"ends": STARTS}, "cover_until_day"),
        ({"ends": datetime.datetime(2024, 12, 9, 19, 0, tzinfo=datetime.UTC)}, "cover_until_day"),
        ({"ends": ENDS + datetime.timedelta(days=20)}, "cover_until_day"),
    ],
)
def test_a_cover_is_whole(boss: User, far_boss: User, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        covered(boss, far_boss, **changes)
    assert set(refused.value.errors) == {field}
    assert not Cover.objects.exists()


def test_a_supervisor_of_the_same_office_covers_nothing(boss: User, other_boss: User) -> None:
    with pytest.raises(Refused) as refused:
        covered(boss, other_boss)
    assert set(refused.value.errors) == {"cover_person"}


def test_the_form_speaks_the_offices_time_and_keeps_what_was_written(
    at: Situation, boss: User, far_boss: User
) -> None:
    set_zone(actor=SYSTEM, office=at.case.office, zone="America/Los_Angeles")
    web, address = situations.client(boss), reverse("review:cover")
    wrong = web.post(address, FORM | {"cover_person": str(far_boss.pk), "cover_until_time": "late"})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "Write the time as 18:00." in text
    assert 'value="late"' in text
    assert web.post(address, FORM | {"cover_person": str(far_boss.pk)}).status_code == 302
    row = Cover.objects.get()
    assert row.starts == datetime.datetime(2024, 12, 10, 2, 0, tzinfo=datetime.UTC)
    told = situations.told(Entry.objects.get(event="review.cover.recorded"))
    assert told["starts"] == "2024-12-10T02:00+00:00"
    page = situations.main_of(web.get(address))
    assert "from 2024-12-09 18:00 PST (2024-12-10 02:00 UTC)" in page
    assert web.post(address, {"end": str(row.pk)}, follow=True).status_code == 200
    assert "Nobody covers your office now or later." in situations.main_of(web.get(address))
