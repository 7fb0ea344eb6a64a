"""Writers that race for one case: every change gets its own number, none is lost, nobody waits for ever."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from ledger import services
from ledger.checks import leaf, running
from ledger.errors import CaseContended
from ledger.ids import new_id
from ledger.models import CaseLink, Entry
from ledger.services import append
from tests.ledger.samples import change, written

pytestmark = [pytest.mark.resilience, pytest.mark.django_db(transaction=True)]


def _together(count: int, work: Callable[[int], None]) -> list[BaseException]:
    failed: list[BaseException] = []
    start = threading.Barrier(count)

    def run(place: int) -> None:
        try:
            start.wait(timeout=60)
            work(place)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads)
    return failed


def _when_one_waits(release: threading.Event) -> None:
    """Release the one that holds the chain once the database says that another waits for it."""
    try:
        with connection.cursor() as cursor:
            for _ in range(3000):
                cursor.execute(
                    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
                if cursor.fetchone() or release.wait(0.02):
                    break
        release.set()
    finally:
        connection.close()


def _chain_holds(case: uuid.UUID) -> int:
    previous, count = b"", 0
    for link in CaseLink.objects.filter(case_id=case).order_by("number"):
        count += 1
        assert link.number == count
        previous = running(previous, leaf(bytes(Entry.objects.get(id=link.entry_id).bytes)))
        assert bytes(link.case_hash) == previous
    return count


def test_eight_writers_of_one_case() -> None:
    case = new_id()

    def work(place: int) -> None:
        for number in range(12):
            written(change(case, number=number, note=f"{place}"))

    assert _together(8, work) == []
    assert _chain_holds(case) == 96
    assert Entry.objects.filter(case_id=case).count() == 96


def test_writers_of_several_cases_do_not_block_each_other_in_a_circle() -> None:
    cases = [new_id() for _ in range(4)]

    def work(place: int) -> None:
        mine = cases if place % 2 else cases[::-1]
        for _ in range(8):
            written(*(change(case) for case in mine))

    assert _together(6, work) == []
    assert [_chain_holds(case) for case in cases] == [48] * 4


def test_a_loser_keeps_what_its_transaction_did_before() -> None:
    """The retry undoes the lost append alone, not the change that it belongs to."""
    case, other = new_id(), new_id()
    holding, release = threading.Event(), threading.Event()

    def work(place: int) -> None:
        if place == 0:
            with transaction.atomic():
                append(change(case))
                holding.set()
                release.wait(timeout=60)
        else:
            holding.wait(timeout=60)
            threading.Thread(target=_when_one_waits, args=(release,)).start()
            with transaction.atomic():
                append(change(other, note="before"))
                append(change(case, note="retried"))

    assert _together(2, work) == []
    assert (_chain_holds(case), _chain_holds(other)) == (2, 1)


@pytest.mark.parametrize("first_commits", [True, False])
def test_waiting_longer_than_the_clocks_tolerance_is_survived(first_commits: bool) -> None:
    """A writer that waited for another's end writes its entries with a new time, not with the old one.

    When the other commits, its number is taken; else only the time of what follows is too old.
    """
    case, following, holding = new_id(), new_id(), threading.Event()

    def work(place: int) -> None:
        if place == 0:
            with transaction.atomic():
                append(change(case))
                holding.set()
                time.sleep(5.5)
                transaction.set_rollback(not first_commits)
        else:
            holding.wait(timeout=60)
            written(change(case), change(following))

    assert _together(2, work) == []
    assert (_chain_holds(case), _chain_holds(following)) == (1 + first_commits, 1)


def test_a_crowd_that_never_gives_way_is_an_error_and_no_entry(owner: Any) -> None:
    """With a thousand rounds nobody could show it, so the function has one here."""
    function = (Path(services.__file__).parent / "migrations" / "sql" / "0005_next_number.sql").read_text()
    assert "1..1000" in function
    owner.execute(function.replace("1..1000", "1..1"))
    try:
        _lose_the_only_round()
    finally:
        owner.execute(function)


def _lose_the_only_round() -> None:
    case, holding, release = new_id(), threading.Event(), threading.Event()

    def work(place: int) -> None:
        if place == 0:
            with transaction.atomic():
                append(change(case))
                holding.set()
                release.wait(timeout=60)
        else:
            holding.wait(timeout=60)
            threading.Thread(target=_when_one_waits, args=(release,)).start()
            with transaction.atomic():
                append(change(case))

    failed = _together(2, work)
    assert [type(error) for error in failed] == [CaseContended]
    assert _chain_holds(case) == 1
    assert Entry.objects.count() == 1
