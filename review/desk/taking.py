"""Which decision is taken next: what was given to the supervisor, or waits for nobody in particular, by due date.

What was given to somebody else is passed by, unless that person is away and this one covers, or nobody does. Rows that
somebody else is taking at this moment are skipped, so that nobody waits and nobody takes the same twice.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from accounts.models import UNASSIGNED, User
from assessment.models import Decision
from review.desk.people import away_today
from review.desk.queue import VISIBLE

SCOPES = (
    "d.assigned_to_id = ANY(%(mine)s::uuid[])",
    "d.office_id = %(office)s AND (d.assigned_to_id IS NULL OR d.assigned_to_id = ANY(%(free)s::uuid[]))",
    "d.office_id = %(unassigned)s AND d.assigned_to_id IS NULL",
)
NEXT = """
    SELECT due_on, id FROM (
        SELECT d.due_on, d.id FROM assessment_decision d
        WHERE {scope} AND d.state IN ('submitted', 'escalated') AND {visible}
        ORDER BY d.due_on, d.id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) AS first_of_scope
"""


def next_to_take(user: User) -> Decision | None:
    """The locked decision; inside a transaction. None when nothing waits that they may take. Three queries."""
    away = away_today(user)
    values: dict[str, Any] = {
        "user": str(user.pk),
        "office": user.office_id,
        "unassigned": UNASSIGNED,
        "mine": [str(user.pk), *away.covered],
        "free": list(away.uncovered),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(NEXT.format(scope=scope, visible=VISIBLE) for scope in SCOPES), values
        )
        found = cursor.fetchall()
    return Decision.objects.get(pk=min(found)[1]) if found else None


def given_to_another(user: User, decision: Decision) -> User | None:
    """The supervisor to whom a waiting decision was given, when it is not this one's to take."""
    holder = decision.assigned_to
    if holder is None or holder.pk == user.pk:
        return None
    away = away_today(user)
    return None if str(holder.pk) in away.covered | away.uncovered else holder
