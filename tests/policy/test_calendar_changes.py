"""The calendar is changed by two people: what each may do, what the log then has, and what the database refuses."""

from __future__ import annotations

import datetime
import threading
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Role
from ledger.clock import now
from ledger.models import Entry
from ledger.selectors import open_entry_payload
from policy import calendar_store, selectors
from policy.calendar import Calendar
from policy.calendar_changes import services
from policy.calendar_changes.rows import ProposedRow
from policy.calendar_changes.services import RowRefused
from policy.errors import NotPossible, NotThatPerson
from policy.models import CalendarChange, CalendarRow
from tests import factories
from tests.policy.orders import an_order

pytestmark = [pytest.mark.django_db, pytest.mark.clause("VI#27", "VI#28")]
DAY = datetime.date(2024, 12, 10)


def manager() -> Any:
    return factories.user(Role.POLICY)


def put_forward(who: Any, *rows: ProposedRow, reason: str = "An order came") -> CalendarChange:
    return services.put_forward(actor=who.actor(), rows=rows or (an_order(),), reason=reason)


def activate(who: Any, change: CalendarChange) -> CalendarChange:
    return services.activate(actor=who.actor(), change_id=change.pk, seen=CalendarRow.objects.count())


def through(*rows: ProposedRow) -> CalendarChange:
    """Both steps."""
    change = put_forward(manager(), *rows)
    activate(manager(), change)
    calendar_store.forget()
    return change


def told(change: CalendarChange) -> list[tuple[str, str]]:
    found = Entry.objects.filter(event__startswith="policy.calendar.").order_by("id")
    payloads: list[tuple[Entry, Any]] = [(entry, open_entry_payload(entry)) for entry in found]
    return [(entry.event, entry.actor_id) for entry, said in payloads if said["change"] == str(change.pk)]


def test_a_row_counts_only_after_a_second_person() -> None:
    first, second = manager(), manager()
    before = CalendarRow.objects.count()
    change = put_forward(first)
    calendar_store.forget()
    assert selectors.standing(DAY, "custody").status == "in_force"
    with pytest.raises(NotThatPerson, match="second policy manager"):
        activate(first, change)
    assert CalendarRow.objects.count() == before
    activate(second, change)
    calendar_store.forget()
    assert selectors.standing(DAY, "custody").status == "partly_enjoined"
    assert selectors.standing(DAY, "arrest").status == "in_force"
    assert told(change) == [
        ("policy.calendar.proposed", str(first.pk)),
        ("policy.calendar.activated", str(second.pk)),
    ]
    said: Any = open_entry_payload(Entry.objects.get(event="policy.calendar.activated"))
    assert (said["proposed_by"], said["recorded"]) == (str(first.pk), now().date().isoformat())
    assert said["rows"] == [an_order().model_dump()]


def test_a_row_is_recorded_on_the_day_of_its_activation() -> None:
    through()
    row = CalendarRow.objects.get(pk=an_order().key)
    today = now().date()
    assert row.recorded == today
    said = calendar_store.read_now()
    (known,) = [one for one in said.on(DAY, today, "custody") if one.edition == "2021-09-30"]
    (unknown,) = [
        one
        for one in said.on(DAY, today - datetime.timedelta(days=1), "custody")
        if one.edition == "2021-09-30"
    ]
    assert (known.status, unknown.status) == ("partly_enjoined", "in_force")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.POLICY])
def test_nobody_else_changes_the_calendar(role: str) -> None:
    somebody = factories.user(role)
    with pytest.raises(NotThatPerson):
        put_forward(somebody)
    change = put_forward(manager())
    with pytest.raises(NotThatPerson):
        activate(somebody, change)
    with pytest.raises(NotThatPerson):
        services.decline(actor=somebody.actor(), change_id=change.pk, reason="No")


def test_a_second_person_declines_with_a_reason_and_the_calendar_stays() -> None:
    change = put_forward(manager())
    second = manager()
    before = CalendarRow.objects.count()
    with pytest.raises(RowRefused, match="reason is missing") as refused:
        services.decline(actor=second.actor(), change_id=change.pk, reason="  ")
    assert refused.value.field == "declined"
    services.decline(actor=second.actor(), change_id=change.pk, reason="The order was stayed the same day")
    change.refresh_from_db()
    assert (change.state, change.settled_reason) == ("discarded", "The order was stayed the same day")
    assert CalendarRow.objects.count() == before
    with pytest.raises(NotPossible, match="settled"):
        activate(second, change)
    assert [event for event, _ in told(change)] == ["policy.calendar.proposed", "policy.calendar.set_aside"]


def test_who_put_it_forward_may_take_it_back() -> None:
    first = manager()
    change = put_forward(first)
    services.decline(actor=first.actor(), change_id=change.pk, reason="Wrong day")
    change.refresh_from_db()
    assert (change.state, change.settled_by) == ("discarded", str(first.pk))


def test_what_was_not_shown_is_not_activated() -> None:
    second = manager()
    change = put_forward(manager())
    seen = CalendarRow.objects.count()
    through(an_order(key="another", since="2024-12-05", track="District of Elsewhere, 2024"))
    with pytest.raises(NotPossible, match="changed since this page was opened"):
        services.activate(actor=second.actor(), change_id=change.pk, seen=seen)
    assert not CalendarRow.objects.filter(change=change).exists()
    activate(second, change)


def test_the_same_is_not_put_forward_twice() -> None:
    put_forward(manager())
    with pytest.raises(NotPossible, match="put the same forward already"):
        put_forward(manager(), reason="In other words")
    kept = CalendarChange.objects.get()
    with pytest.raises(IntegrityError, match="calendar_change_once"), transaction.atomic():
        CalendarChange.objects.create(
            rows=kept.rows, reason="x", proposed_by="x", proposed_name="X", proposed_at=now()
        )


def test_two_changes_that_are_right_alone_are_checked_against_each_other() -> None:
    one = put_forward(manager())
    other = put_forward(manager(), an_order(key="other", scope="Something else."))
    second = manager()
    activate(second, one)
    with pytest.raises(RowRefused, match=f"“{an_order().key}” says something for the same day"):
        activate(second, other)


def test_a_correction_leaves_the_wrong_row_in_its_place() -> None:
    through()
    right = an_order(key="right", since="2024-12-03", replaces=an_order().key)
    through(right)
    calendar = calendar_store.read_now()
    assert CalendarRow.objects.filter(pk=an_order().key).exists()
    keys = {row.key for row in calendar.known_at(None)}
    assert "right" in keys
    assert an_order().key not in keys
    again = put_forward(
        manager(), right.model_copy(update={"key": "later", "since": "2024-12-04", "replaces": "right"})
    )
    through(an_order(key="gone", event="retracted", since="2024-12-03", replaces="right"))
    with pytest.raises(RowRefused, match="does not stand any more"):
        activate(manager(), again)
    assert [one.status for one in _guidelines(calendar_store.read_now(), "custody")] == ["in_force"]


def _guidelines(calendar: Calendar, decision: str) -> list[Any]:
    return [one for one in calendar.on(DAY, None, decision) if one.edition == "2021-09-30"]


@pytest.mark.django_db(transaction=True)
def test_two_activations_at_once_leave_one() -> None:
    """Two people press at the same moment; and two changes that overlap are activated at the same moment."""
    first = manager()
    same = put_forward(first)
    overlapping = put_forward(first, an_order(key="other", scope="Something else."))
    seen = CalendarRow.objects.count()
    people = [manager(), manager(), manager()]
    aims = [same.pk, same.pk, overlapping.pk]
    start = threading.Barrier(len(aims))
    results: list[str] = []

    def press(who: Any, aim: uuid.UUID) -> None:
        actor = who.actor()
        start.wait()
        try:
            services.activate(actor=actor, change_id=aim, seen=seen)
            results.append("done")
        except NotPossible as refused:
            results.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=pair) for pair in zip(people, aims, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results).count("done") == 1
    assert CalendarRow.objects.filter(change__isnull=False).count() == 1
    assert Entry.objects.filter(event="policy.calendar.activated").count() == 1
