"""The rows of the queue as they are shown: every cell in words, in one piece of markup."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessment.carried_codes import NOTICES, URGENCIES
from policy.services import current
from review.desk.filters import QueueFilter
from review.desk.queue import QueueRow, state_words
from review.desk.slots import fill

NOBODY = uuid.UUID(int=0)
OVERDUE = format_html(' <span class="tot-tag tot-tag--work">{}</span>', "Overdue")


def title(kind: str, direction: str) -> str:
    """What is being considered, in the edition's words; an unknown code is shown as it is."""
    edition, _ = current()
    try:
        return edition.decision_type(kind).label(direction)
    except KeyError:
        return kind


def notices(row: QueueRow) -> str:
    """Urgency and what to notice, in words; a dash when there is nothing."""
    words = [URGENCIES[row.urgency]] if row.urgency else []
    return "; ".join([*words, *(label for code, label in NOTICES.items() if code in row.notices)]) or "–"


def table_rows(rows: Sequence[QueueRow], chosen: QueueFilter) -> SafeString:
    """The rows of the table. Each link carries the filter, so that the review page knows what comes next."""
    before, after = reverse("review:detail", args=[NOBODY]).split(str(NOBODY))
    after = f"{after}?{chosen.address(queue='1')}"
    titles = {key: title(*key) for key in {(row.type, row.direction) for row in rows}}
    return fill(
        "review/_queue_row.html",
        (
            {
                "id": str(row.id),
                "due": SafeString(f"{row.due_on}{OVERDUE}") if row.overdue else row.due_on.isoformat(),
                "waited": str(row.waiting_days),
                "url": f"{before}{row.id}{after}",
                "person": row.person,
                "title": titles[row.type, row.direction],
                "officer": row.officer,
                "notices": notices(row),
                "state": state_words(row),
            }
            for row in rows
        ),
    )
