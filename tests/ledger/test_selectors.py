"""Reads: pages by id, filters that compose, a case by number, payloads with their committed values."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest

from ledger import selectors
from ledger.actors import Actor
from ledger.events import EventKind
from ledger.filters import LogFilter
from ledger.ids import new_id
from ledger.models import Entry
from ledger.services import NewEntry
from tests.ledger import samples
from tests.ledger.samples import change, read, written

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def _ids(entries: list[Entry]) -> list[uuid.UUID]:
    return [entry.id for entry in entries]


def test_pages_go_back_through_every_entry_once(query_budget: Any) -> None:
    entries = written(*(read() for _ in range(7)))
    seen: list[uuid.UUID] = []
    before, pages = None, 0
    while True:
        with query_budget(1):
            page = selectors.log_page(LogFilter(), before, size=3)
        seen += _ids(page.entries)
        pages += 1
        if page.older is None:
            break
        before = page.older
    assert seen == _ids(entries)[::-1]
    assert pages == 3


def test_a_full_last_page_has_no_older_one() -> None:
    written(read(), read())
    assert selectors.log_page(LogFilter(), size=2).older is None


def test_each_filter_lets_through_what_it_says() -> None:
    case, decision = new_id(), new_id()
    other = Actor(id=str(new_id()), name="Al", role="supervisor", office="south")
    changed, seen, decided = written(
        change(case), read(case, actor=other), change(new_id(), decision=decision)
    )
    today = changed.at.date()
    expected = {
        LogFilter(): [decided, seen, changed],
        LogFilter(event="ledger.sample.read"): [seen],
        LogFilter(room="ledger"): [decided, seen, changed],
        LogFilter(room="ledge"): [],
        LogFilter(kind=EventKind.ACCESS): [seen],
        LogFilter(actor=other.id): [seen],
        LogFilter(case=case): [seen, changed],
        LogFilter(case=case, kind=EventKind.CHANGE): [changed],
        LogFilter(decision=decision): [decided],
        LogFilter(since=today, until=today + DAY): [decided, seen, changed],
        LogFilter(since=today + DAY): [],
        LogFilter(until=today): [],
    }
    for filter, entries in expected.items():
        assert _ids(selectors.log_page(filter).entries) == _ids(entries), filter


def test_a_page_of_many_entries_asks_nothing_more(query_budget: Any) -> None:
    written(*(change(new_id()) for _ in range(60)))
    with query_budget(1):
        page = selectors.log_page(LogFilter())
        assert [(entry.words, str(entry.case_id), entry.actor_name) for entry in page.entries]
    assert len(page.entries) == 50


def test_the_filter_is_said_in_one_sentence() -> None:
    assert LogFilter().in_words() == "All entries, newest first."
    filter = LogFilter(
        event="ledger.sample.read",
        kind=EventKind.ACCESS,
        actor="system",
        since=datetime.date(2024, 1, 1),
        until=datetime.date(2024, 2, 1),
    )
    assert filter.in_words() == (
        "Entries of the event “Read a sample” (ledger.sample.read), that tell of an access,"
        " by the actor system, from 2024-01-01, before 2024-02-01 (days in UTC), newest first."
    )
    assert filter.as_query() == {
        "event": "ledger.sample.read",
        "kind": "access",
        "actor": "system",
        "from": "2024-01-01",
        "to": "2024-02-01",
    }


def test_a_timeline_is_in_order_of_numbers(query_budget: Any) -> None:
    case = new_id()
    entries = written(*(change(case, number=n) for n in range(12)), read(case))
    with query_budget(2):
        rows = selectors.case_timeline(case)
        assert [(row.number, row.entry.id, row.entry.words) for row in rows] == [
            (place, entry.id, "Changed a sample") for place, entry in enumerate(entries[:12], start=1)
        ]
    assert selectors.case_timeline(new_id()) == []


def test_payloads_come_with_their_committed_values(query_budget: Any) -> None:
    filled = samples.filled()
    new = NewEntry(payload=filled, actor=samples.ACTOR, subject={"case": new_id()})
    entries = [*written(new), *written(change(new_id(), note="second"))]
    with query_budget(1):
        opened = selectors.open_payloads(entries)
    assert opened[entries[0].id] == {
        "id": str(filled.id),
        "day": "2024-02-29",
        "colour": "red",
        "flag": True,
        "nothing": None,
        "rows": [{"text": "first secret", "clear": "seen"}, {"text": "second secret", "clear": "seen"}],
        "named": {"a/b~c": [1, 2]},
    }
    assert opened[entries[1].id] == {"number": 1, "note": "second"}


def test_an_entry_page_asks_three_things(query_budget: Any) -> None:
    case = new_id()
    entries = written(*(change(case, note="x") for _ in range(30)))
    with query_budget(3):
        assert selectors.entry_with_checks(entries[3].id) is not None
    assert selectors.entry_with_checks(new_id()) is None
