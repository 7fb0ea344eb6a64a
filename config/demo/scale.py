"""The demonstration at full size: millions of invented cases by COPY, skewed by office, the same for a seed.

The rows carry `origin = demo` and have no entries of their own; a decision says which signed one it is like. Each part
is one transaction, so that a run that was stopped goes on where it stood. The run leaves one entry.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import Final

from django.db import connection, connections, transaction

from assessment.carried_codes import APPROVED_ORALLY, NOTICES
from assessment.workdays import REVIEW_WITHIN, add_working_days
from cases.models import Case
from config.demo.events import DemoCopied
from config.demo.field_offices import Staffed, staffed_offices
from config.demo.names import families, givens
from config.demo.patterns import Pattern, patterns
from ledger.actors import SYSTEM
from ledger.clock import policy_date
from ledger.services import NewEntry, append

PART: Final = 20_000
WORKERS: Final = 2
# Ten years of cases before the practice date; what waits for review was signed in the last two months.
YEARS: Final = 10
WAITED: Final = 60
PENDING: Final = 0.4
FIRST_NUMBER: Final = 920_000_000
SEEDS: Final = 6
TABLES: Final = {
    "cases_person": "id,family_name,given_name,birth_earliest,birth_latest,birth_precision,birth_certainty,birth_words,"
    "version,recorded_at",
    "cases_personidentifier": "id,person_id,kind,namespace,value",
    "cases_case": "id,person_id,office_id,state,restricted,opened_at,opened_by_id,version,origin",
    "assessment_assessment": "id,case_id,office_id,state,started_by_id,started_at,closed_at,edition_key,rules_digest,"
    "content_digest,outcome_order,copied_from,origin",
    "assessment_decision": "id,assessment_id,case_id,office_id,type,direction,state,created_by_id,created_at,answers,"
    "version,saved_from,footing,signed_number,signed_by_id,signed_at,due_on,claimed_by_id,claimed_at,assigned_to_id,"
    "closed_at,urgency,notices,origin,demo_document",
    "assessment_decisionversion": "id,decision_id,number,entry_id,outcome,edition_key,rules_digest,content_digest,"
    "edition_status,overlays,signed_by_id,signed_at",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run makes; every part of it is a function of this and of the part's number."""

    cases: int
    assessments: int
    seed: int
    today: date
    offices: list[Staffed]
    patterns: list[Pattern]

    @property
    def parts(self) -> int:
        return -(-self.cases // PART)


def _id(moment: datetime, table: int, seed: int, number: int) -> str:
    """A UUIDv7 of that moment, the same for a seed: ids of the past sort among the past."""
    at = int(moment.timestamp() * 1000)
    return f"{at >> 16:08x}-{at & 0xFFFF:04x}-7{table:03x}-8{seed:03x}-{number:012x}"


def copy_in(
    *, cases: int, assessments: int, seed: int, tell: Callable[[int, int], None] | None = None
) -> int:
    """Copy the missing parts in; returns how many cases were added. The small demonstration must be there."""
    plan = Plan(cases, assessments, seed % SEEDS, policy_date(), staffed_offices(seed), patterns())

    def work(part: int) -> int:
        try:
            return _part(plan, part)
        finally:
            connections.close_all()

    added = 0
    with ThreadPoolExecutor(WORKERS) as pool:
        for part, number in enumerate(pool.map(work, range(plan.parts)), 1):
            added += number
            if tell is not None:
                tell(part, plan.parts)
    if added:
        with transaction.atomic():
            append(
                NewEntry(
                    payload=DemoCopied(cases=cases, assessments=assessments, seed=seed, added=added),
                    actor=SYSTEM,
                )
            )
    return added


def _part(plan: Plan, part: int) -> int:
    first, last = part * PART, min((part + 1) * PART, plan.cases)
    texts = Writer(plan, part)
    for number in range(first, last):
        texts.case(number)
    with transaction.atomic():
        if Case.objects.filter(pk=texts.first_case).exists():
            return 0
        with connection.cursor() as cursor:
            for table, columns in TABLES.items():
                text = texts.buffers[table]
                text.seek(0)
                cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", text)
    return last - first


class Writer:
    """The rows of one part as texts for COPY, one a table."""

    def __init__(self, plan: Plan, part: int) -> None:
        self.plan = plan
        self.rng = random.Random(f"{plan.seed} {part}")  # noqa: S311 - invented, the same each time
        self.buffers = {table: io.StringIO() for table in TABLES}
        self.families, self.givens = families(), givens()
        # Common names are common: the order is that of the seed, and the first are met far more often.
        order = random.Random(plan.seed)  # noqa: S311
        order.shuffle(self.families)
        order.shuffle(self.givens)
        self.shares = list(accumulate(office.share for office in plan.offices))
        self.end = datetime.combine(plan.today, datetime.min.time(), UTC)
        self.step = timedelta(days=365 * YEARS) / max(plan.cases, 1)
        self.dues = {
            days: add_working_days(plan.today - timedelta(days=days), REVIEW_WITHIN)
            for days in range(WAITED + 1)
        }
        # No row of the demonstration has an oral approval behind it.
        self.notices = [code for code in NOTICES if code != APPROVED_ORALLY]
        self.first_case = ""

    def _write(self, table: str, *values: object) -> None:
        self.buffers[table].write("\t".join(["\\N" if one is None else str(one) for one in values]) + "\n")

    def case(self, number: int) -> None:
        """One person with one case, and with an assessment where the plan has one."""
        plan, rng = self.plan, self.rng
        opened = self.end - self.step * (plan.cases - number)
        person, case = _id(opened, 1, plan.seed, number), _id(opened, 3, plan.seed, number)
        self.first_case = self.first_case or case
        office = rng.choices(plan.offices, cum_weights=self.shares)[0]
        officer = rng.choice(office.officers)
        family = self.families[int(len(self.families) * rng.random() ** 2)]
        given = self.givens[int(len(self.givens) * rng.random() ** 2)]
        year = rng.randint(1940, 2006)
        a_number = f"A{FIRST_NUMBER + plan.seed * 12_000_000 + number:09d}"
        # Assessments are spread evenly over the cases, each on another one.
        place = number * plan.assessments // plan.cases
        assessed = (number + 1) * plan.assessments // plan.cases > place
        waits = assessed and place >= plan.assessments * (1 - PENDING)
        state = "open" if waits or rng.random() < 0.3 else "closed"
        self._write(
            "cases_person",
            person,
            family,
            given,
            f"{year}-01-01",
            f"{year}-12-31",
            "year",
            "stated",
            year,
            1,
            opened,
        )
        self._write(
            "cases_personidentifier", _id(opened, 2, plan.seed, number), person, "a_number", "", a_number
        )
        restricted = "t" if rng.random() < 0.01 else "f"
        self._write("cases_case", case, person, office.key, state, restricted, opened, officer, 1, "demo")
        if assessed:
            subject = (
                f'{{"name": "{family}, {given}", "identifiers": ["A-number {a_number}"], '
                f'"age": "{plan.today.year - year - 1} or {plan.today.year - year}", "office": "{office.key}"}}'
            )
            self._decision(number, case, office, officer, subject, opened, waits)

    def _decision(
        self,
        number: int,
        case: str,
        office: Staffed,
        officer: str,
        subject: str,
        opened: datetime,
        waits: bool,
    ) -> None:
        plan, rng = self.plan, self.rng
        pattern = rng.choice(plan.patterns)
        signed = opened + timedelta(days=rng.randint(2, 30))
        due: date = (signed + timedelta(days=2)).date()
        state = "approved"
        closed: datetime | None = signed + timedelta(days=2)
        claimed = given = None
        if waits:
            days = rng.randint(0, WAITED)
            signed, due, closed = (
                self.end - timedelta(days=days, seconds=number % 80_000),
                self.dues[days],
                None,
            )
            taken = rng.random()
            state = "claimed" if taken < 0.03 else "submitted"
            claimed = rng.choice(office.supervisors) if taken < 0.03 else None
            given = rng.choice(office.supervisors) if 0.03 <= taken < 0.08 else None
        elif rng.random() < 0.1:
            state = "signed_not_selected"
        assessment = _id(signed, 4, plan.seed, number)
        decision = _id(signed, 5, plan.seed, number)
        version = _id(signed, 6, plan.seed, number)
        notices = pattern.notices or ((rng.choice(self.notices),) if rng.random() < 0.5 else ())
        order = "{act,decline}" if rng.random() < 0.5 else "{decline,act}"
        edition = pattern.edition
        stands = "open" if waits else "closed"
        self._write(
            "assessment_assessment",
            assessment,
            case,
            office.key,
            stands,
            officer,
            signed,
            closed,
            *edition[:3],
            order,
            "",
            "demo",
        )
        own = f'{{"like": "{pattern.version}", "day": "{signed.date()}", "subject": {subject}}}'
        self._write(
            "assessment_decision",
            decision,
            assessment,
            case,
            office.key,
            pattern.type,
            pattern.direction,
            state,
            officer,
            signed,
            "{}",
            1,
            "",
            "{}",
            1,
            officer,
            signed,
            due,
            claimed,
            signed if claimed else None,
            given,
            closed,
            pattern.urgency,
            "{" + ",".join(notices) + "}",
            "demo",
            own,
        )
        self._write(
            "assessment_decisionversion",
            version,
            decision,
            1,
            version,
            pattern.outcome,
            *edition,
            "[]",
            officer,
            signed,
        )
