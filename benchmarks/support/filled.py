"""Two databases with the demonstration, small and large, and the SQL that the product sends on each."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

# Assessments and cases in the small and, unless the environment says otherwise, in the large one.
SMALL = (10_000, 36_000)
LARGE = (
    int(os.environ.get("BENCH_ASSESSMENTS", "300000")),
    int(os.environ.get("BENCH_CASES", "1000000")),
)
# A database of the same server that `seed_demo` filled already, today.
THERE = os.environ.get("BENCH_DATABASE", "")
# Of the rows of the large office, not more than this many lie before the deep page: page 2000.
DEEP = 100_000


@dataclass(frozen=True, slots=True)
class Sent:
    """A statement as the product sends it, values in their place."""

    name: str
    sql: str


@dataclass(slots=True)
class Filled:
    """One database: its own connection, the statements, and how long filling took."""

    connection: Any
    sent: dict[str, Sent]
    seconds: float
    cases: int
    waiting: int

    def run(self, name: str) -> float:
        """Milliseconds of one statement, as a client sees them."""
        with self.connection.cursor() as cursor:
            began = time.perf_counter()
            cursor.execute(self.sent[name].sql)
            cursor.fetchall()
            return (time.perf_counter() - began) * 1000

    def rows(self) -> dict[str, int]:
        """How many rows each page of the queue has here."""
        with self.connection.cursor() as cursor:
            found = {}
            for name, sent in self.sent.items():
                if name.endswith("page") or name.startswith("filter"):
                    cursor.execute(sent.sql)
                    found[name] = len(cursor.fetchall())
        return found


def practice_day() -> datetime.date | None:
    """The day of the demonstration; a database that was filled before has that of its settings."""
    day: datetime.date | None = settings.PRACTICE_DATE
    return day if THERE else datetime.date(2024, 12, 10)


def point_at(name: str) -> None:
    for one in connections.all():
        one.close()
        one.settings_dict["NAME"] = name


@contextmanager
def database_with(assessments: int, cases: int) -> Iterator[str]:
    """Django points at BENCH_DATABASE, or at a database that is filled for this block and dropped after it."""
    from tests.support.database import create_test_database, drop_test_database

    if THERE:
        point_at(THERE)
        yield THERE
        return
    name = create_test_database(f"benchfilled{os.getpid()}")
    try:
        fill(assessments, cases).connection.close()
        yield name
    finally:
        drop_test_database(name)


def fill(assessments: int, cases: int, rows: Mapping[str, int] | None = None) -> Filled:
    """Fill the database that Django points at; the statements are those of the largest office's supervisor."""
    settings.DEMONSTRATION = True
    call_command("seed_demo", verbosity=0)
    began = time.perf_counter()
    call_command("seed_demo", cases=cases, assessments=assessments, seed=1, verbosity=0)
    took = time.perf_counter() - began
    # What autovacuum will have done of itself when a database has been there for some minutes.
    _analyze()
    return found(took, rows)


def found(took: float = 0.0, rows: Mapping[str, int] | None = None) -> Filled:
    """The database that Django points at, filled already, in the state that it was left in.

    `rows` shortens the pages that are named there, so that a page of seven is compared with one of seven.
    """
    connection.ensure_connection()
    own = psycopg2.connect(connection.connection.dsn, password=_password())
    own.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM assessment_decision WHERE office_id = 'los-angeles'"
            " AND state IN ('submitted', 'claimed', 'escalated')"
        )
        waiting = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM cases_case")
        cases = cursor.fetchone()[0]
    return Filled(own, statements(waiting, rows or {}), took, cases, waiting)


def _password() -> str:
    return str(connections["default"].settings_dict["PASSWORD"])


def _analyze() -> None:
    from tests.support.database import owner_connection

    with owner_connection() as owner, owner.cursor() as cursor:
        cursor.execute(
            "VACUUM (ANALYZE) assessment_decision, cases_case, cases_person, cases_personidentifier"
        )


def statements(waiting: int, rows: Mapping[str, int]) -> dict[str, Sent]:
    """The first statement that each read of the product sends, by name."""
    from accounts.models import User
    from assessment.carried_codes import NOTICES
    from cases.models import Case, PersonIdentifier
    from cases.selectors import find_people
    from review.desk.filters import DUES, WAITED, Cursor, QueueFilter
    from review.desk.queue import PAGE, queue

    boss = User.objects.get(username="supervisor")
    officer = User.objects.get(username="of-los-angeles-0")
    offset = min(DEEP, int(waiting * 0.9))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT due_on, id FROM assessment_decision WHERE office_id = 'los-angeles'"
            " AND state IN ('submitted', 'claimed', 'escalated') ORDER BY due_on, id OFFSET %s LIMIT 1",
            [offset],
        )
        deep = Cursor(*cursor.fetchone())
        cursor.execute("SELECT value FROM cases_personidentifier ORDER BY id OFFSET 5000 LIMIT 1")
        number = cursor.fetchone()[0]
        cursor.execute("SELECT family_name FROM cases_person ORDER BY id OFFSET 5000 LIMIT 1")
        family = cursor.fetchone()[0]
    filters = {
        "waiting": QueueFilter(state="waiting"),
        "taken": QueueFilter(state="taken"),
        "second": QueueFilter(state="second"),
        "given to me": QueueFilter(state="given"),
        "type": QueueFilter(decision_type="custody"),
        "direction": QueueFilter(direction="undo"),
        "urgency": QueueFilter(urgency="imminent_removal"),
        **{f"due {due}": QueueFilter(due=due) for due in DUES},
        **{f"waited {days}": QueueFilter(waited=days) for days in WAITED},
        "taken by": QueueFilter(taken_by=boss.pk),
        "officer": QueueFilter(officer=officer.pk),
        **{f"notice {code}": QueueFilter(notices=(code,)) for code in NOTICES},
    }

    def page(name: str, chosen: QueueFilter, after: Cursor | None = None) -> Callable[[], object]:
        most = max(1, rows.get(name, PAGE + 1)) - 1
        return lambda: queue(boss, chosen, after, most)

    reads: dict[str, Callable[[], object]] = {
        "first page": page("first page", QueueFilter()),
        "deep page": page("deep page", QueueFilter(), deep),
        **{f"filter {name}": page(f"filter {name}", one) for name, one in filters.items()},
        "A-number": lambda: find_people(boss, number),
        "name prefix": lambda: find_people(boss, family[:6]),
    }
    # A name is looked for after no number was found.
    place = {"name prefix": 1}
    case = Case.objects.order_by("id")[5000]
    found = {name: Sent(name, _sent(read)[place.get(name, 0)]) for name, read in reads.items()}
    by_key = PersonIdentifier.objects.filter(pk=PersonIdentifier.objects.get(value=number).pk)
    found["primary key"] = Sent(
        "primary key", _sent(lambda: list(by_key.values_list("person_id", flat=True)))[0]
    )
    found["case by primary key"] = Sent("case", _sent(lambda: Case.objects.get(pk=case.pk))[0])
    found["admin"] = Sent(
        "admin",
        "SELECT (SELECT count(*) FROM assessment_decision),"
        " (SELECT count(*) FROM assessment_decision WHERE state = 'submitted'),"
        " (SELECT count(*) FROM (SELECT d.*, p.family_name, u.full_name FROM assessment_decision d"
        " JOIN cases_case c ON c.id = d.case_id JOIN cases_person p ON p.id = c.person_id"
        " JOIN accounts_user u ON u.id = d.created_by_id WHERE d.state = 'submitted'"
        " ORDER BY d.due_on, d.id DESC LIMIT 100) page)",
    )
    return found


def _sent(read: Callable[[], object]) -> list[str]:
    with recorded() as sent:
        read()
    return sent


@contextmanager
def recorded() -> Iterator[list[str]]:
    """The statements that are sent inside the block, with their values."""
    sent: list[str] = []

    def keep(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        sent.append(context["cursor"].mogrify(sql, params).decode())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield sent
