"""Two databases with the demonstration, small and large, and the SQL that the product sends on each."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
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
    waiting: int

    def run(self, name: str) -> float:
        """Milliseconds of one statement, as a client sees them."""
        with self.connection.cursor() as cursor:
            began = time.perf_counter()
            cursor.execute(self.sent[name].sql)
            cursor.fetchall()
            return (time.perf_counter() - began) * 1000


def fill(assessments: int, cases: int) -> Filled:
    """Fill the database that Django points at; the statements are those of the largest office's supervisor."""
    settings.DEMONSTRATION = True
    call_command("seed_demo", verbosity=0)
    began = time.perf_counter()
    call_command("seed_demo", cases=cases, assessments=assessments, seed=1, verbosity=0)
    took = time.perf_counter() - began
    return found(took)


def found(took: float = 0.0) -> Filled:
    """The database that Django points at, filled already."""
    _analyze()
    connection.ensure_connection()
    own = psycopg2.connect(connection.connection.dsn, password=_password())
    own.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM assessment_decision WHERE office_id = 'los-angeles'"
            " AND state IN ('submitted', 'claimed', 'escalated')"
        )
        waiting = cursor.fetchone()[0]
    return Filled(own, statements(waiting), took, waiting)


def _password() -> str:
    return str(connections["default"].settings_dict["PASSWORD"])


def _analyze() -> None:
    from tests.support.database import owner_connection

    with owner_connection() as owner, owner.cursor() as cursor:
        cursor.execute(
            "VACUUM (ANALYZE) assessment_decision, cases_case, cases_person, cases_personidentifier"
        )


def statements(waiting: int) -> dict[str, Sent]:
    """The first statement that each read of the product sends, by name."""
    from accounts.models import User
    from assessment.carried_codes import NOTICES
    from cases.models import Case, PersonIdentifier
    from cases.selectors import find_people
    from review.desk.filters import DUES, WAITED, Cursor, QueueFilter
    from review.desk.queue import queue

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
    reads: dict[str, Callable[[], object]] = {
        "first page": lambda: queue(boss, QueueFilter()),
        "deep page": lambda: queue(boss, QueueFilter(), deep),
        **{f"filter {name}": (lambda one=one: queue(boss, one)) for name, one in filters.items()},  # type: ignore[misc]
        "A-number": lambda: find_people(boss, number),
        "name prefix": lambda: find_people(boss, family[:6]),
    }
    case = Case.objects.order_by("id")[5000]
    found = {name: Sent(name, _first(read)) for name, read in reads.items()}
    by_key = PersonIdentifier.objects.filter(pk=PersonIdentifier.objects.get(value=number).pk)
    found["primary key"] = Sent(
        "primary key", _first(lambda: list(by_key.values_list("person_id", flat=True)))
    )
    found["case by primary key"] = Sent("case", _first(lambda: Case.objects.get(pk=case.pk)))
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


def _first(read: Callable[[], object]) -> str:
    with recorded() as sent:
        read()
    return sent[0]


@contextmanager
def recorded() -> Iterator[list[str]]:
    """The statements that are sent inside the block, with their values."""
    sent: list[str] = []

    def keep(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        sent.append(context["cursor"].mogrify(sql, params).decode())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield sent
