"""Months: made ahead of time through the owner's function, which the application may call and cannot
misuse.
"""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from ledger import clock, partitions
from ledger.ids import id_floor, new_id
from ledger.selectors import partitions_missing
from ledger.tasks import ensure_partitions


def _make(month: Any) -> str:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT public.ledger_make_partition(%s)", [month])
        return str(cursor.fetchone()[0])


def _bounds(cursor: Any, name: str) -> str:
    cursor.execute("SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = %s", [name])
    return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_migrated_database_has_this_month_and_the_next_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """That of the migration: the month may end between it and this test."""
    migrated = MigrationRecorder.Migration.objects.filter(app="ledger").earliest("applied").applied
    monkeypatch.setattr(clock, "now", lambda: migrated)
    assert partitions_missing() == []
    assert partitions.missing(ahead=3) == []
    assert partitions.missing(ahead=4) == [f"{partitions.months(4)[-1]:%Y-%m}"]


@pytest.mark.django_db
def test_making_a_month_makes_it_once() -> None:
    month = partitions.months(5)[-1]
    name = f"ledger_entry_{month:%Y_%m}"
    assert [_make(month), _make(month.replace(day=28))] == [name, name]
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    first, end = (id_floor(datetime(day.year, day.month, 1, tzinfo=UTC)) for day in (month, following))
    with connection.cursor() as cursor:
        assert _bounds(cursor, name) == f"FOR VALUES FROM ('{first}') TO ('{end}')"
        cursor.execute("SELECT has_table_privilege('totality_app', %s, 'UPDATE, DELETE, TRUNCATE')", [name])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass ORDER BY 1", [name])
        assert [row[0] for row in cursor.fetchall()] == [
            "ledger_fill_entry",
            "ledger_only_grows",
            "ledger_only_grows_row",
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("month", [None, "infinity", "-infinity", "2020-01-01", "2999-01-01"])
def test_other_months_are_refused(month: Any) -> None:
    with pytest.raises(DatabaseError, match="ledger:"):
        _make(month)


@pytest.mark.django_db
def test_the_application_makes_no_table_itself() -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("CREATE TABLE public.ledger_entry_2099_01 (LIKE public.ledger_entry)")


@pytest.mark.django_db
def test_others_may_not_call_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r FROM unnest(ARRAY['totality_app', 'totality_sealer', 'totality_statistics']) AS r"
            " WHERE has_function_privilege(r, 'public.ledger_make_partition(date)', 'EXECUTE')"
        )
        assert cursor.fetchall() == [("totality_app",)]


@pytest.mark.django_db
def test_the_scheduled_task_can_run_again_and_again() -> None:
    assert (
        ensure_partitions()
        == ensure_partitions()
        == [f"ledger_entry_{month:%Y_%m}" for month in partitions.months()]
    )


def test_months_go_over_the_turn_of_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 30, 23, 59, tzinfo=UTC))
    assert partitions.months(3) == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]


def test_ids_sort_by_time_and_are_new() -> None:
    made = [new_id() for _ in range(1000)]
    assert made == sorted(set(made))
    assert {id.version for id in made} == {7}
    assert id_floor(clock.now().replace(microsecond=0)) <= made[-1] or id_floor(clock.now()) > made[0]


@pytest.mark.resilience
@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_make_one_partition(owner: Any) -> None:
    month = partitions.months(7)[-1]
    names: list[str] = []

    def make() -> None:
        try:
            names.append(_make(month))
        finally:
            connection.close()

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    connection.close()
    owner.execute("SELECT to_regclass(%s) IS NOT NULL", [f"public.ledger_entry_{month:%Y_%m}"])
    assert owner.fetchone() == (True,)
    owner.execute(f'DROP TABLE "ledger_entry_{month:%Y_%m}"')
    assert names == [f"ledger_entry_{month:%Y_%m}"] * 4
