"""The rows of the demonstration at full size as texts for COPY. A part is a function of the plan and of its numbers."""

from __future__ import annotations

import random
import uuid
from bisect import bisect
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Final

from assessment.carried_codes import APPROVED_ORALLY, NOTICES
from assessment.workdays import REVIEW_WITHIN, URGENT_WITHIN, add_working_days
from config.demo.field_offices import Staffed
from config.demo.names import families, givens
from config.demo.patterns import Pattern

# Ten years of cases before the practice date; what waits for review was signed in the last two months.
YEARS: Final = 10
WAITED: Final = 60
PENDING: Final = 0.4
# Of those that wait, this many have their answers as rows and entries in the log.
NEWEST: Final = 20_000
FIRST_NUMBER: Final = 920_000_000
TABLES: Final = {
    "cases_person": "id,family_name,given_name,birth_earliest,birth_latest,birth_precision,birth_certainty,birth_words,"
    "version,recorded_at",
    "cases_personidentifier": "id,person_id,kind,namespace,value",
    "cases_case": "id,person_id,office_id,state,restricted,opened_at,opened_by_id,version,origin",
    "assessment_assessment": "id,case_id,office_id,state,started_by_id,started_at,closed_at,edition_key,rules_digest,"
    "content_digest,outcome_order,copied_from,origin",
    "assessment_stepanswers": "id,assessment_id,step,answers,version,saved_at,saved_by_id,saved_from",
    "assessment_decision": "id,assessment_id,case_id,office_id,type,direction,state,created_by_id,created_at,answers,"
    "version,saved_from,footing,signed_number,signed_by_id,signed_at,due_on,claimed_by_id,claimed_at,assigned_to_id,"
    "closed_at,urgency,notices,origin,demo_document",
    "assessment_decisionversion": "id,decision_id,number,entry_id,outcome,edition_key,rules_digest,content_digest,"
    "edition_status,overlays,signed_by_id,signed_at",
}


@dataclass(frozen=True)
class Plan:
    """What a run makes: numbered cases, the oldest first, and assessments of some, of which the last ones wait."""

    cases: int
    assessments: int
    seed: int
    today: date
    offices: list[Staffed]
    patterns: list[Pattern]

    @cached_property
    def decided(self) -> int:
        """How many assessments are history."""
        return self.assessments - int(self.assessments * PENDING)

    @property
    def newest(self) -> int:
        return min(NEWEST, self.assessments - self.decided)

    @cached_property
    def first_newest(self) -> int:
        """The number of the first case with entries; assessments are spread evenly over the cases."""
        if not self.newest:
            return self.cases
        return (self.assessments - self.newest) * self.cases // self.assessments

    def a_number(self, number: int) -> str:
        return f"A{FIRST_NUMBER + self.seed * 12_000_000 + number:09d}"


@dataclass(frozen=True, slots=True)
class Newest:
    """One of the newest: whose entries are written, and the lines that they tell of, by part of the record."""

    case: uuid.UUID
    assessment: uuid.UUID
    decision: uuid.UUID
    lines: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of one part, by table, and those among them that the log tells of."""

    lines: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in TABLES})
    newest: list[Newest] = field(default_factory=list)

    def text(self, table: str) -> str:
        return "".join(self.lines[table])


class Writer:
    """Draws the rows of one part: the same for a plan and the same numbers."""

    def __init__(self, plan: Plan, part: range) -> None:
        self.plan = plan
        self.part = part
        self.rng = random.Random(f"{plan.seed} {part.start}")  # noqa: S311 - invented, the same each time
        self.families, self.givens = families(), givens()
        # Common names are common: the order is that of the seed, and the first are met far more often.
        order = random.Random(plan.seed)  # noqa: S311
        order.shuffle(self.families)
        order.shuffle(self.givens)
        self.shares = list(accumulate(office.share for office in plan.offices))
        self.end = datetime.combine(plan.today, datetime.min.time(), UTC)
        self.step = timedelta(days=365 * YEARS) / max(plan.cases, 1)
        self.wait = timedelta(days=WAITED) / max(plan.assessments - plan.decided, 1)
        self.dues = {
            (days, within): add_working_days(plan.today - timedelta(days=days), within)
            for days in range(WAITED + 2)
            for within in (REVIEW_WITHIN, URGENT_WITHIN)
        }
        # No row of the demonstration has an oral approval behind it.
        self.notices = [code for code in NOTICES if code != APPROVED_ORALLY]
        self.rows = Rows()

    def written(self) -> Rows:
        for number in self.part:
            self._case(number)
        return self.rows

    def _write(self, table: str, line: str) -> str:
        self.rows.lines[table].append(line)
        return line

    def _id(self, moment: datetime, table: int, number: int) -> str:
        """A UUIDv7 of that moment, the same for a seed: ids of the past sort among the past."""
        at = int(moment.timestamp() * 1000)
        return f"{at >> 16:08x}-{at & 0xFFFF:04x}-7{table:03x}-8{self.plan.seed:03x}-{number:012x}"

    def _case(self, number: int) -> None:
        """One person with one case, and with an assessment where the plan has one."""
        plan, draw = self.plan, self.rng.random
        opened = self.end - self.step * (plan.cases - number)
        person, case = self._id(opened, 1, number), self._id(opened, 3, number)
        office = plan.offices[bisect(self.shares, draw() * self.shares[-1], hi=len(self.shares) - 1)]
        officer = office.officers[int(draw() * len(office.officers))]
        family = self.families[int(len(self.families) * draw() ** 2)]
        given = self.givens[int(len(self.givens) * draw() ** 2)]
        year = 1940 + int(draw() * 67)
        a_number = plan.a_number(number)
        # Assessments are spread evenly over the cases, each on another one.
        place = number * plan.assessments // plan.cases
        assessed = (number + 1) * plan.assessments // plan.cases > place
        waits = assessed and place >= plan.decided
        state = "open" if waits or draw() < 0.3 else "closed"
        restricted = "t" if draw() < 0.01 else "f"
        self._write(
            "cases_person",
            f"{person}\t{family}\t{given}\t{year}-01-01\t{year}-12-31\tyear\tstated\t{year}\t1\t{opened}\n",
        )
        self._write(
            "cases_personidentifier", f"{self._id(opened, 2, number)}\t{person}\ta_number\t\t{a_number}\n"
        )
        line = self._write(
            "cases_case",
            f"{case}\t{person}\t{office.key}\t{state}\t{restricted}\t{opened}\t{officer}\t1\tdemo\n",
        )
        if assessed:
            age = plan.today.year - year
            subject = (
                f'{{"name": "{family}, {given}", "identifiers": ["A-number {a_number}"], '
                f'"age": "{age - 1} or {age}", "office": "{office.key}"}}'
            )
            self._assessed(number, place, case, line, office, officer, subject, opened)

    def _assessed(
        self,
        number: int,
        place: int,
        case: str,
        case_line: str,
        office: Staffed,
        officer: str,
        subject: str,
        opened: datetime,
    ) -> None:
        """An assessment with one signed decision: it waits, or it is history."""
        plan, draw = self.plan, self.rng.random
        pattern = plan.patterns[int(draw() * len(plan.patterns))]
        claimed = given = "\\N"
        taken = draw()
        if place >= plan.decided:
            signed = self.end - self.wait * (plan.assessments - place)
            days = (self.end - signed).days + 1
            due = self.dues[days, URGENT_WITHIN if pattern.urgency else REVIEW_WITHIN]
            state, stands, closed = "claimed" if taken < 0.03 else "submitted", "open", "\\N"
            someone = office.supervisors[int(draw() * len(office.supervisors))]
            if taken < 0.03:
                claimed = someone
            elif taken < 0.08:
                given = someone
        else:
            signed = opened + timedelta(days=2 + int(draw() * 29))
            after = signed + timedelta(days=2)
            due, closed = after.date(), str(after)
            state, stands = "signed_not_selected" if taken < 0.1 else "approved", "closed"
        assessment, decision, version = (self._id(signed, table, number) for table in (4, 5, 6))
        notices = pattern.notices or (
            (self.notices[int(draw() * len(self.notices))],) if draw() < 0.5 else ()
        )
        order = "{act,decline}" if draw() < 0.5 else "{decline,act}"
        edition, moment = pattern.edition, str(signed)
        newest = place >= plan.assessments - plan.newest
        answers, footing = (pattern.answers, pattern.footing) if newest else ("{}", "{}")
        lines = {
            "case": [case_line],
            "assessment": [
                self._write(
                    "assessment_assessment",
                    f"{assessment}\t{case}\t{office.key}\t{stands}\t{officer}\t{moment}\t{closed}\t{edition[0]}\t"
                    f"{edition[1]}\t{edition[2]}\t{order}\t\tdemo\n",
                )
            ],
            "answers": [
                self._write(
                    "assessment_stepanswers",
                    f"{self._id(signed, 7 + index, number)}\t{assessment}\t{step}\t{text}\t1\t{moment}\t{officer}\t\n",
                )
                for index, (step, text) in enumerate(pattern.steps if newest else ())
            ],
            "decision": [
                self._write(
                    "assessment_decision",
                    f"{decision}\t{assessment}\t{case}\t{office.key}\t{pattern.type}\t{pattern.direction}\t{state}\t"
                    f"{officer}\t{moment}\t{answers}\t1\t\t{footing}\t1\t{officer}\t{moment}\t{due}\t{claimed}\t"
                    f"{moment if state == 'claimed' else chr(92) + 'N'}\t{given}\t{closed}\t{pattern.urgency}\t"
                    f"{{{','.join(notices)}}}\tdemo\t"
                    f'{{"like": "{pattern.version}", "day": "{signed.date()}", "subject": {subject}}}\n',
                )
            ],
            "version": [
                self._write(
                    "assessment_decisionversion",
                    f"{version}\t{decision}\t1\t{version}\t{pattern.outcome}\t{edition[0]}\t{edition[1]}\t{edition[2]}\t"
                    f"{edition[3]}\t[]\t{officer}\t{moment}\n",
                )
            ],
        }
        if newest:
            self.rows.newest.append(
                Newest(uuid.UUID(case), uuid.UUID(assessment), uuid.UUID(decision), lines)
            )
