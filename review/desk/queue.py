"""Reads of the queue: a page by keyset, a capped count, the neighbours of a decision, the people to filter by.

The order is by due date, then by age (the id is a time), and knows nothing of the person. A supervisor's queue is made
of scopes (own office, cases of no office, what was given to them from elsewhere), each read by its own index in the
order of the page and then merged: a condition with OR over offices would read and sort the whole queue. The SQL is
written out, because composing it from models takes longer than running it.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from accounts.models import UNASSIGNED, Role, User
from assessment import workflow
from assessment.carried_codes import OF_THE_REASONS
from assessment.models import Decision
from ledger.clock import now, policy_date
from review.clocks.pauses import since_words
from review.desk.filters import MASKED, Cursor, QueueFilter

PAGE = 50
COUNTED = 1000
SCOPES = (
    "d.office_id = %(office)s",
    "d.office_id = %(unassigned)s",
    "d.assigned_to_id = %(user)s AND d.office_id NOT IN (%(office)s, %(unassigned)s)",
)
# The same decisions as `selectors.reviewable_by`, which asks it of one; a test holds the two together. A restricted
# case of another office does not exist, and nobody sees here what they wrote, signed or approved first. The case is
# asked row by row, not joined: the index of the filter then is read in its order whatever the planner guesses.
VISIBLE = """
    (SELECT NOT c.restricted OR c.office_id = %(office)s FROM cases_case c WHERE c.id = d.case_id)
    AND d.signed_by_id IS DISTINCT FROM %(user)s
    AND d.created_by_id <> %(user)s
    AND d.escalated_by_id IS DISTINCT FROM %(user)s
"""
CARRIED = """d.id, d.due_on, d.case_id, d.type, d.direction, d.state, d.urgency, d.notices, d.created_by_id,
    d.claimed_by_id, d.assigned_to_id, d.signed_at, d.signed_number"""
# Planning costs more than reading fifty rows, and joins cost most of it: names and pauses are asked row by row.
LISTED = """
    SELECT d.id, d.due_on, d.case_id, d.type, d.direction, d.state, d.urgency, d.notices,
        d.claimed_by_id, d.signed_at, d.signed_number,
        (SELECT ARRAY[p.family_name, p.given_name] FROM cases_case c JOIN cases_person p ON p.id = c.person_id
            WHERE c.id = d.case_id),
        (SELECT u.full_name FROM accounts_user u WHERE u.id = d.created_by_id),
        (SELECT u.full_name FROM accounts_user u WHERE u.id = d.claimed_by_id),
        (SELECT u.full_name FROM accounts_user u WHERE u.id = d.assigned_to_id),
        {masked},
        (SELECT u.paused_on FROM review_pause u WHERE u.decision_id = d.id AND u.ended_at IS NULL),
        (SELECT u.reason FROM review_pause u WHERE u.decision_id = d.id AND u.ended_at IS NULL)
    FROM ({first}) d
    ORDER BY d.due_on, d.id
    LIMIT %(most)s
"""
# A masked read is listed without the name too.
NAMELESS = "Masked read"
IN_ORDER = "ORDER BY d.due_on, d.id"
# Compared as a row, so that the index begins at the key itself: many decisions are due on one day.
LATER = "(d.due_on, d.id) > (%(due_on)s, %(id)s::uuid)"
EARLIER = "(d.due_on, d.id) < (%(due_on)s, %(id)s::uuid)"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One decision in review, as the queue shows it. Names of people are empty where nobody has or was given it."""

    id: uuid.UUID
    case_id: uuid.UUID
    person: str
    type: str
    direction: str
    state: str
    urgency: str
    notices: tuple[str, ...]
    officer: str
    claimed_by: str
    claimed_by_id: uuid.UUID | None
    assigned_to: str
    due_on: datetime.date
    overdue: bool
    waiting_days: int
    number: int
    # In words; empty while the clock runs.
    paused: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many, counted up to a limit, because counting a long queue costs as much as reading it."""

    number: int
    most: int = COUNTED

    def __str__(self) -> str:
        return f"{self.most:,}+" if self.number > self.most else f"{self.number:,}"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The decisions before and after one in the order of the queue; None at an end."""

    before: uuid.UUID | None
    after: uuid.UUID | None


def _scoped(user: User, asked: str, *, order: str, columns: str = "d.id, d.due_on") -> str:
    """SQL of what a filter lists: each scope stops at `most`. Cases of no office are one's own for nobody."""
    scopes = SCOPES if user.office_id != UNASSIGNED else SCOPES[1:]
    return " UNION ALL ".join(
        f"""(SELECT {columns} FROM assessment_decision d
        WHERE {scope} AND {asked} AND {VISIBLE} {order} LIMIT %(most)s)"""
        for scope in scopes
    )


def _fetch(sql: str, user: User, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    known = {"user": str(user.pk), "office": user.office_id, "unassigned": UNASSIGNED}
    with connection.cursor() as cursor:
        cursor.execute(sql, known | values)
        return list(cursor.fetchall())


def queue(
    user: User, chosen: QueueFilter, after: Cursor | None = None, most: int = PAGE
) -> tuple[list[QueueRow], Cursor | None]:
    """A page of the queue, and where the next one begins. One query."""
    if user.role != Role.SUPERVISOR:
        return [], None
    asked, values = chosen.condition(policy_date())
    values["most"] = most + 1
    if after is not None:
        asked += f" AND {LATER}"
        values |= {"due_on": after.due_on, "id": str(after.id)}
    first = _scoped(user, asked, order=IN_ORDER, columns=CARRIED)
    listed = _fetch(LISTED.format(first=first, masked=MASKED), user, values)
    today, moment = policy_date(), now()
    rows = [_row(one, today, moment) for one in listed[:most]]
    return rows, Cursor(rows[-1].due_on, rows[-1].id) if len(listed) > most else None


def _row(values: Sequence[Any], today: datetime.date, moment: datetime.datetime) -> QueueRow:
    (
        key,
        due_on,
        case_id,
        kind,
        direction,
        state,
        urgency,
        notices,
        claimed_by_id,
        signed_at,
        number,
        *rest,
    ) = values
    name, officer, claimed_by, assigned_to, masked, paused_on, why = rest
    return QueueRow(
        id=key,
        case_id=case_id,
        person=NAMELESS if masked else ", ".join(part for part in name if part) or "Name not recorded",
        type=kind,
        direction=direction,
        state=state,
        urgency=urgency,
        notices=tuple(one for one in notices if masked is None or one not in OF_THE_REASONS),
        officer=officer,
        claimed_by=claimed_by or "",
        claimed_by_id=claimed_by_id,
        assigned_to=assigned_to or "",
        due_on=due_on,
        # While the clock stands still, nothing becomes late.
        overdue=due_on < (paused_on or today),
        waiting_days=max(0, (moment - signed_at).days) if signed_at else 0,
        number=number,
        paused=since_words(paused_on, why) if paused_on else "",
    )


def count(user: User, chosen: QueueFilter, most: int = COUNTED) -> Count:
    """How many the filter lists, counted up to `most` and one more. One query."""
    if user.role != Role.SUPERVISOR:
        return Count(0)
    asked, values = chosen.condition(policy_date())
    # In the order of the page: without one the planner may gather all that the filter lists and then count a thousand.
    sql = f"SELECT count(*) FROM ({_scoped(user, asked, order=IN_ORDER)}) found"
    ((number,),) = _fetch(sql, user, values | {"most": most + 1})
    return Count(min(number, most + 1), most)


def neighbours(user: User, chosen: QueueFilter, decision: Decision) -> Neighbours:
    """What stands beside a decision under a filter, whether or not the decision is still listed. One query."""
    if user.role != Role.SUPERVISOR or decision.due_on is None:
        return Neighbours(None, None)
    asked, values = chosen.condition(policy_date())
    later = _scoped(user, f"{asked} AND {LATER}", order=IN_ORDER)
    earlier = _scoped(user, f"{asked} AND {EARLIER}", order="ORDER BY d.due_on DESC, d.id DESC")
    values |= {"most": 1, "due_on": decision.due_on, "id": str(decision.pk)}
    found = [(due_on, key) for key, due_on in _fetch(f"{later} UNION ALL {earlier}", user, values)]
    place = (decision.due_on, decision.pk)
    return Neighbours(
        before=max((one for one in found if one < place), default=(None, None))[1],
        after=min((one for one in found if one > place), default=(None, None))[1],
    )


def waiting_count(user: User, most: int = COUNTED) -> int:
    """How many decisions are in this supervisor's queue, counted up to `most`."""
    return min(count(user, QueueFilter(), most).number, most)


def state_words(row: QueueRow) -> str:
    """Where a decision in review stands, with who has it, and since when and why its clock stands still."""
    words = workflow.LABELS[row.state]
    if row.claimed_by:
        words = f"{words} by {row.claimed_by}"
    elif row.assigned_to:
        words = f"{words}, given to {row.assigned_to}"
    return f"{words}. {row.paused}" if row.paused else words
