"""What the database itself refuses of the calendar, whoever asks as the application."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from ledger.clock import now
from policy.models import CalendarChange, CalendarRow

pytestmark = pytest.mark.django_db


def a_row(**others: Any) -> CalendarRow:
    values: dict[str, Any] = {
        "key": "a-new-row",
        "edition": "2021-09-30",
        "component": "DHS",
        "track": "memorandum",
        "event": "in_force",
        "since": "2026-01-01",
        "recorded": "2026-01-01",
        "authority": "A memorandum",
        "certainty": "confirmed",
        "entered_at": now(),
    }
    return CalendarRow(**values | others)


def a_change(**others: Any) -> CalendarChange:
    values: dict[str, Any] = {
        "rows": [],
        "reason": "A memorandum came",
        "proposed_by": "one",
        "proposed_name": "One",
        "proposed_at": now(),
    }
    return CalendarChange.objects.create(**values | others)


def test_a_row_needs_a_change() -> None:
    with pytest.raises(DatabaseError, match="two people"), transaction.atomic():
        a_row().save(force_insert=True)


def test_a_change_that_is_only_proposed_brings_no_row() -> None:
    change = a_change()
    with pytest.raises(DatabaseError, match="not activated"), transaction.atomic():
        a_row(change=change).save(force_insert=True)


def test_one_person_cannot_be_both() -> None:
    change = a_change()
    with pytest.raises(IntegrityError, match="calendar_change_by_two"), transaction.atomic():
        CalendarChange.objects.filter(pk=change.pk).update(
            state="activated", settled_by="one", settled_at=now()
        )
    with pytest.raises(IntegrityError, match="calendar_change_by_two"), transaction.atomic():
        CalendarChange.objects.filter(pk=change.pk).update(state="activated", settled_at=now())


def test_a_change_is_settled_once_and_says_what_it_said() -> None:
    change = a_change()
    with pytest.raises(DatabaseError), transaction.atomic():
        CalendarChange.objects.filter(pk=change.pk).update(reason="Another")
    CalendarChange.objects.filter(pk=change.pk).update(state="activated", settled_by="two", settled_at=now())
    with pytest.raises(DatabaseError), transaction.atomic():
        CalendarChange.objects.filter(pk=change.pk).update(state="discarded")
    a_row(change=change).save(force_insert=True)
    assert CalendarRow.objects.get(pk="a-new-row").change == change


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE policy_calendarrow SET since = since - 1",
        "DELETE FROM policy_calendarrow",
        "TRUNCATE policy_calendarrow CASCADE",
        "DELETE FROM policy_calendarchange",
    ],
)
def test_nothing_is_changed_in_place(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
